import { setTimeout } from 'node:timers/promises';
import { catalogue } from '../../shared/actions/catalogue.ts';
import { readEnv } from '../../shared/platform/env.ts';
import { lambdaHandler } from '../../shared/platform/lambda.ts';
import { storeParameters } from '../../shared/platform/parameters.ts';
import { snsTopics } from '../../shared/platform/topics.ts';
import { type GuardEffects, type Guarded, guard } from '../../shared/respond/guard.ts';
import { common, storedBodies } from '../effects.ts';
import { base, bucket, defaultMode, notice } from '../environment.ts';
import { pack } from './pack.generated.ts';

const env = readEnv({ ...base, ...bucket, ...defaultMode, ...notice });
const region = env.AWS_REGION;
const topics = snsTopics({ region, topics: { notice: env.NOTICE_TOPIC } });
const { logger, ...stored } = common('guard', env);
const effects: GuardEffects = {
  ...stored,
  log: logger,
  bodies: storedBodies(env),
  parameters: storeParameters({ region }),
  wait: (ms) => setTimeout(ms),
  actions: catalogue,
  pack,
  defaultMode: env.DEFAULT_MODE === 'enforce' ? 'enforce' : 'observe',
  notify: (subject, body) => topics.publish('notice', subject, body),
  rests: {},
};

export const handler = lambdaHandler<unknown, Guarded>(logger, () => guard(effects));
