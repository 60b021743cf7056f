import { queueDeadLetters } from '../../shared/platform/deadLetters.ts';
import { readEnv } from '../../shared/platform/env.ts';
import { lambdaHandler } from '../../shared/platform/lambda.ts';
import { machineRuns } from '../../shared/platform/runs.ts';
import { intake } from '../../shared/respond/intake.ts';
import { common } from '../effects.ts';
import { base, machine, source } from '../environment.ts';

const env = readEnv({ ...base, ...machine, ...source });
const region = env.AWS_REGION;
const effects = {
  ...common(env.SOURCE, env),
  executions: machineRuns({ region, stateMachineArn: env.STATE_MACHINE }),
  deadLetters: queueDeadLetters({ region, queueUrl: env.DEAD_LETTERS }),
};

interface QueueEvent {
  readonly Records: readonly { readonly messageId: string; readonly body: string }[];
}

interface Failures {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** Deployed once per source, each with its own queue: a flood from one cannot starve another. */
export const handler = lambdaHandler<QueueEvent, Failures>(effects.logger, async ({ Records }) => {
  const failed = await intake(effects, Records);
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
});
