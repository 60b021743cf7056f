import { LambdaClient } from '@aws-sdk/client-lambda';
import { rootCredentials } from '../../sandbox/iam/credentials.ts';
import type { Stage } from './stage.ts';

/** Somebody calls Lambda by hand, as the administrator. */
export async function changeLambda({ account, sandbox }: Stage, call: (lambda: LambdaClient) => Promise<unknown>) {
  const { endpoint } = sandbox.door;
  const credentials = rootCredentials(account);
  const lambda = new LambdaClient({ region: account.region, endpoint, credentials, maxAttempts: 1 });
  try {
    await call(lambda);
  } finally {
    lambda.destroy();
  }
}
