import { catalogue } from '../../shared/actions/catalogue.ts';
import { oneOf, readEnv } from '../../shared/platform/env.ts';
import { lambdaHandler } from '../../shared/platform/lambda.ts';
import { storeParameters } from '../../shared/platform/parameters.ts';
import { type Guarded, guard } from '../../shared/respond/guard.ts';
import { common, storedBodies } from '../effects.ts';
import { base, bucket, defaultMode } from '../environment.ts';
import { pack } from './pack.generated.ts';

const env = readEnv([...base, ...bucket, ...defaultMode]);
const { logger, ...stored } = common('guard', env);
const effects = {
  ...stored,
  log: logger,
  bodies: storedBodies(env),
  parameters: storeParameters({ region: env.AWS_REGION }),
  actions: catalogue,
  pack,
  defaultMode: oneOf('DEFAULT_MODE', env.DEFAULT_MODE, ['enforce', 'observe']),
};

export const handler = lambdaHandler<unknown, Guarded>(logger, () => guard(effects));
