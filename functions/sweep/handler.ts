import { catalogue } from '../../shared/actions/catalogue.ts';
import { readEnv } from '../../shared/platform/env.ts';
import { lambdaHandler } from '../../shared/platform/lambda.ts';
import { machineRuns } from '../../shared/platform/runs.ts';
import { sweep, sweepOne } from '../../shared/respond/sweep.ts';
import { common, consoleOf, publishedRules, storedBodies, topicsOf } from '../effects.ts';
import { base, bucket, consoleAddress, machine, topics } from '../environment.ts';

const env = readEnv({ ...base, ...bucket, ...machine, ...topics, ...consoleAddress });
const stored = { ...common('sweep', env), catalogue, bodies: storedBodies(env) };
const effects = {
  ...stored,
  ruleSets: publishedRules(stored),
  executions: machineRuns({ region: env.AWS_REGION, stateMachineArn: env.STATE_MACHINE }),
  publisher: topicsOf(env),
  ...consoleOf(env),
};

/** The schedule's event names no incident; the state machine's does. */
interface SweepEvent {
  readonly incident?: string;
  readonly run?: string;
}

/** Of one incident: until when it waits on, ISO; null where it does not. */
interface Swept extends SweepEvent {
  readonly until: string | null;
}

export const handler = lambdaHandler<SweepEvent, Swept>(effects.logger, async ({ incident, run }) => {
  if (incident !== undefined && run !== undefined)
    return { incident, run, until: await sweepOne(effects, { incident, run }) };
  await sweep(effects);
  return { until: null };
});
