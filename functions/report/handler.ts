import { readEnv } from '../../shared/platform/env.ts';
import { lambdaHandler } from '../../shared/platform/lambda.ts';
import { embeddedMetrics } from '../../shared/platform/metric.ts';
import { machineRuns } from '../../shared/platform/runs.ts';
import { noteCanary } from '../../shared/respond/canary.ts';
import { type Reported, type ReportInput, report } from '../../shared/respond/report.ts';
import { common, consoleOf, storedBodies, topicsOf } from '../effects.ts';
import { base, bucket, consoleAddress, machine, topics } from '../environment.ts';

const env = readEnv({ ...base, ...bucket, ...machine, ...topics, ...consoleAddress });
const effects = {
  ...common('report', env),
  bodies: storedBodies(env),
  executions: machineRuns({ region: env.AWS_REGION, stateMachineArn: env.STATE_MACHINE }),
  publisher: topicsOf(env),
  ...consoleOf(env),
};

const metric = embeddedMetrics(effects);

export const handler = lambdaHandler<ReportInput, Reported>(effects.logger, async (input) => {
  const reported = await report(effects, input);
  noteCanary(metric, reported);
  return reported;
});
