import type { Account, Service } from '../../../sandbox/account.ts';
import { openDoor } from '../../../sandbox/door/door.ts';
import { rootCredentials } from '../../../sandbox/iam/credentials.ts';
import { createAccount, type RunningAccount } from '../../../sandbox/kernel/kernel.ts';

export interface Wire {
  readonly account: Account;
  readonly clock: RunningAccount['clock'];
  /** What an SDK client of the account's administrator is made with. */
  readonly config: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
    readonly maxAttempts: number;
  };
  close(): Promise<void>;
}

/** An account behind its front door, for a real SDK client to talk to. Close it in `finally` or afterEach. */
export async function openWire(...services: readonly Service[]): Promise<Wire> {
  const region = 'eu-west-1';
  const startAtMs = Date.parse('2026-11-24T08:00:00.000Z');
  const { account, clock, close } = createAccount({ id: '123456789012', region, seed: 1, startAtMs });
  const { endpoint } = await openDoor(account, services);
  return {
    account,
    clock,
    config: { endpoint, region, credentials: rootCredentials(account), maxAttempts: 1 },
    close,
  };
}
