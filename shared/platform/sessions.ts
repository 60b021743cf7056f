import { ActionFailed } from './errors.ts';
import { once } from './once.ts';
import { type Aws, awsFor } from './sdk/aws.ts';
import { type AwsConfig, clientConfig } from './sdk/config.ts';
import { throttled } from './throttling.ts';

export interface SessionRequest {
  readonly account: string;
  readonly region: string;
  /** An IAM policy document of at most 2,048 characters: what these credentials may do at the most. */
  readonly policy: string;
  /** Shown in CloudTrail: [A-Za-z0-9+=,.@-]{2,64}. */
  readonly name: string;
}

/** Clients on short-lived credentials: the responder role of the target's account, cut down to one policy. */
export interface ScopedSessions {
  open(request: SessionRequest): Promise<Aws>;
}

const durationSeconds = 900;

/**
 * STS is loaded when the first session is opened. `responderRole` is the role's ARN with `{account}` in the place of the
 * account, so that another partition or a member account needs nothing else. Opening throws ActionFailed when STS answers
 * without credentials or finds the policy too large, Throttled, and what AWS refuses as AWS named it.
 */
export function scopedSessions(config: AwsConfig & { readonly responderRole: string }): ScopedSessions {
  const ready = once(async () => {
    const sts = await import('./sdk/sts.ts');
    return { sts, client: new sts.STSClient(clientConfig(config)) };
  });
  return {
    open: async (request) => {
      const { sts, client } = await ready();
      const { Credentials: credentials } = await throttled(() =>
        client.send(
          new sts.AssumeRoleCommand({
            RoleArn: config.responderRole.replace('{account}', () => request.account),
            RoleSessionName: request.name,
            Policy: request.policy,
            DurationSeconds: durationSeconds,
          }),
        ),
      ).catch((error: unknown) => {
        throw tooLarge(error, request) ?? error;
      });
      const {
        AccessKeyId: accessKeyId,
        SecretAccessKey: secretAccessKey,
        SessionToken: sessionToken,
      } = credentials ?? {};
      if (accessKeyId === undefined || secretAccessKey === undefined || sessionToken === undefined) {
        throw new ActionFailed(`STS answered without credentials for the responder role of account ${request.account}`);
      }
      return awsFor({ region: request.region, credentials: { accessKeyId, secretAccessKey, sessionToken } });
    },
  };
}

/**
 * Besides the characters of a policy STS limits what it packs it into, by a method that it does not publish: the characters can be
 * counted before, this cannot.
 */
function tooLarge(cause: unknown, { policy }: SessionRequest): ActionFailed | undefined {
  if (!(cause instanceof Error) || cause.name !== 'PackedPolicyTooLargeException') return undefined;
  const text = `STS packs the session policy of ${policy.length} characters into more than it takes (${cause.name}): the step must be split`;
  return new ActionFailed(text, { cause });
}
