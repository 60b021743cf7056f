import { queueDeadLetters } from '../../shared/platform/deadLetters.ts';
import { readEnv } from '../../shared/platform/env.ts';
import { lambdaHandler } from '../../shared/platform/lambda.ts';
import { bucketObjects } from '../../shared/platform/objects.ts';
import { machineRuns } from '../../shared/platform/runs.ts';
import { eventArchive } from '../../shared/respond/archive.ts';
import { intake } from '../../shared/respond/intake.ts';
import { common } from '../effects.ts';
import { base, bucket, machine, source } from '../environment.ts';

const env = readEnv({ ...base, ...bucket, ...machine, ...source });
const region = env.AWS_REGION;
const effects = {
  ...common(env.SOURCE, env),
  executions: machineRuns({ region, stateMachineArn: env.STATE_MACHINE }),
  deadLetters: queueDeadLetters({ region, queueUrl: env.DEAD_LETTERS }),
};

// Once: an event that waits for S3 to come back is an event that is not taken in.
const objects = bucketObjects({ region, bucket: env.BUCKET, maxAttempts: 1 });
const archive = eventArchive({
  ...effects,
  put: (key, body, signal) => objects.put(key, body, 'application/gzip', signal),
});

interface QueueEvent {
  readonly Records: readonly {
    readonly messageId: string;
    readonly body: string;
    readonly attributes?: { readonly SentTimestamp?: string };
  }[];
}

interface Failures {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** Deployed once per source, each with its own queue: a flood from one cannot starve another. */
export const handler = lambdaHandler<QueueEvent, Failures>(effects.logger, async ({ Records }, invocation) => {
  const failed = await intake(effects, Records);
  const taken = Records.filter(({ messageId }) => !failed.includes(messageId));
  await archive(
    taken.map(({ messageId, body, attributes }) => ({ messageId, body, sentAt: Number(attributes?.SentTimestamp) })),
    invocation.getRemainingTimeInMillis(),
  );
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
});
