import { rootCredentials } from '../sandbox/iam/credentials.ts';
import { openAccount } from '../sandbox/sandbox.ts';
import { worldSchema } from '../sandbox/world/schema.ts';
import { type Answer, play, type Side } from './play.ts';
import type { Script } from './script.ts';

/** Plays a script on an account of its own. */
export async function playOurs(script: Script): Promise<readonly Answer[]> {
  const { account, clock, close } = await openAccount({
    world: worldSchema.parse(script.world ?? {}),
    startAt: new Date(),
  });
  try {
    script.sandbox?.(account);
    const connection = {
      endpoint: account.endpoint,
      region: account.region,
      credentials: rootCredentials(account),
      maxAttempts: 1,
    };
    const side: Side = { name: 'sandbox', connection, pass: (ms) => clock.advance(ms), settle: () => clock.settle() };
    return await play(script, side);
  } finally {
    await close();
  }
}
