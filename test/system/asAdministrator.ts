import { rootCredentials } from '../../sandbox/iam/credentials.ts';
import type { Stage } from './stage.ts';

/** How a client of the SDK calls the account as its administrator. */
export const administrator = ({ account, sandbox }: Pick<Stage, 'account' | 'sandbox'>) => ({
  region: account.region,
  endpoint: sandbox.door.endpoint,
  credentials: rootCredentials(account),
  maxAttempts: 1,
});

/** Somebody calls a service by hand, as the administrator. */
export async function asAdministrator<C extends { destroy(): void }>(
  stage: Stage,
  Client: new (config: ReturnType<typeof administrator>) => C,
  call: (client: C) => Promise<unknown>,
): Promise<void> {
  const client = new Client(administrator(stage));
  try {
    await call(client);
  } finally {
    client.destroy();
  }
}
