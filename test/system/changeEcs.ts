import { ECSClient } from '@aws-sdk/client-ecs';
import { rootCredentials } from '../../sandbox/iam/credentials.ts';
import type { Stage } from './stage.ts';

/** Somebody calls ECS by hand, as the administrator. */
export async function changeEcs({ account, sandbox }: Stage, call: (ecs: ECSClient) => Promise<unknown>) {
  const { endpoint } = sandbox.door;
  const credentials = rootCredentials(account);
  const ecs = new ECSClient({ region: account.region, endpoint, credentials, maxAttempts: 1 });
  try {
    await call(ecs);
  } finally {
    ecs.destroy();
  }
}
