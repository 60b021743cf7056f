import { readEnv } from '../../shared/platform/env.ts';
import { lambdaHandler } from '../../shared/platform/lambda.ts';
import { machineRuns } from '../../shared/platform/runs.ts';
import { runEnded } from '../../shared/respond/runEnded.ts';
import { common, consoleOf, topicsOf } from '../effects.ts';
import { base, consoleAddress, machine, topics } from '../environment.ts';

const env = readEnv({ ...base, ...machine, ...topics, ...consoleAddress });
const effects = {
  ...common('runEnded', env),
  executions: machineRuns({ region: env.AWS_REGION, stateMachineArn: env.STATE_MACHINE }),
  publisher: topicsOf(env),
  ...consoleOf(env),
};

export const handler = lambdaHandler<{ readonly detail: unknown }, void>(effects.logger, ({ detail }) =>
  runEnded(effects, detail),
);
