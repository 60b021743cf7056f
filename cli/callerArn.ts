import { type AwsConfig, clientConfig } from '../shared/platform/sdk/config.ts';

/** Whoever pauses in an emergency does not wait for this. */
const longestMs = 2_000;

/**
 * Who AWS says that the command's credentials are: `--by` is what somebody typed. Needs no permission (AWS STS, GetCallerIdentity).
 * Undefined where it does not answer; nothing depends on it.
 */
export async function callerArn(config: AwsConfig): Promise<string | undefined> {
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts');
  const patience = { connectionTimeout: longestMs, requestTimeout: longestMs, throwOnRequestTimeout: true };
  const client = new STSClient({ ...clientConfig(config), maxAttempts: 1, requestHandler: patience });
  try {
    return (await client.send(new GetCallerIdentityCommand({}))).Arn;
  } catch {
    return undefined;
  } finally {
    client.destroy();
  }
}

/** The same as a field of what is recorded, beside who it says that it was. */
export async function calledBy(config: AwsConfig): Promise<{ readonly caller?: string }> {
  const caller = await callerArn(config);
  return caller === undefined ? {} : { caller };
}
