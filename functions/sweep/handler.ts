import { catalogue } from '../../shared/actions/catalogue.ts';
import { readEnv } from '../../shared/platform/env.ts';
import { lambdaHandler } from '../../shared/platform/lambda.ts';
import { machineRuns } from '../../shared/platform/runs.ts';
import { sweep } from '../../shared/respond/sweep.ts';
import { common, publishedRules, storedBodies, topicsOf } from '../effects.ts';
import { base, bucket, machine, topics } from '../environment.ts';

const env = readEnv({ ...base, ...bucket, ...machine, ...topics });
const stored = { ...common('sweep', env), catalogue, bodies: storedBodies(env) };
const effects = {
  ...stored,
  ruleSets: publishedRules(stored),
  executions: machineRuns({ region: env.AWS_REGION, stateMachineArn: env.STATE_MACHINE }),
  publisher: topicsOf(env),
};

export const handler = lambdaHandler<unknown, void>(effects.logger, () => sweep(effects));
