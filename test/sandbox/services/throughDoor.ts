import type { Account, Service } from '../../../sandbox/account.ts';
import { openDoor } from '../../../sandbox/door/door.ts';
import { type Credentials, rootCredentials } from '../../../sandbox/iam/credentials.ts';
import { createAccount, type RunningAccount } from '../../../sandbox/kernel/kernel.ts';

/** What an SDK client needs to call the account's door. */
export function clientOptions(account: Account, session?: Credentials) {
  const { accessKeyId, secretAccessKey } = session ?? rootCredentials(account);
  // Without its end: the client would compare a virtual time with the machine's.
  const token = session && { sessionToken: session.sessionToken };
  const credentials = { accessKeyId, secretAccessKey, ...token };
  return { endpoint: account.endpoint, region: account.region, credentials, maxAttempts: 1 };
}

/** Runs `use` on an account whose door serves these services, and closes it. */
export async function throughDoor(
  services: readonly Service[],
  use: (running: RunningAccount) => Promise<void>,
): Promise<void> {
  const running = createAccount({
    id: '123456789012',
    region: 'eu-west-1',
    seed: 1,
    startAtMs: Date.parse('2026-11-24T08:00:00.000Z'),
  });
  try {
    await openDoor(running.account, services);
    await use(running);
  } finally {
    await running.close();
  }
}

/** A policy document of these statements. */
export const policyOf = (...statements: readonly Readonly<Record<string, unknown>>[]) =>
  JSON.parse(JSON.stringify({ Version: '2012-10-17', Statement: statements }));

/** Lets an AWS service in on one resource, for one source. */
export const letIn = (service: string, action: string, resource: string, sourceArn: string) =>
  policyOf({
    Effect: 'Allow',
    Principal: { Service: service },
    Action: action,
    Resource: resource,
    Condition: { ArnEquals: { 'aws:SourceArn': sourceArn } },
  });
