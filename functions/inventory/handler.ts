import { catalogue } from '../../shared/actions/catalogue.ts';
import { readEnv } from '../../shared/platform/env.ts';
import { eventBus } from '../../shared/platform/events.ts';
import { lambdaHandler } from '../../shared/platform/lambda.ts';
import { type Aws, awsFor } from '../../shared/platform/sdk/aws.ts';
import { type Inventoried, inventory } from '../../shared/respond/inventory.ts';
import { common, publishedRules, storedBodies } from '../effects.ts';
import { base, bucket } from '../environment.ts';

const env = readEnv({ ...base, ...bucket });
const region = env.AWS_REGION;
const stored = { ...common('inventory', env), catalogue, bodies: storedBodies(env) };

/** An image may lie in a Region of its own: few do, and each client is made once. */
const clients = new Map<string, Aws>();
function aws(of: string): Aws {
  const made = clients.get(of) ?? awsFor({ region: of });
  clients.set(of, made);
  return made;
}

const effects = { ...stored, ruleSets: publishedRules(stored), bus: eventBus({ region }), region, aws };

/** Of the time that is left: the last image may be a slow one, and what was found is still to be told and noted. */
const share = 0.6;

export const handler = lambdaHandler<unknown, Inventoried>(effects.logger, (_, invocation) =>
  inventory({ ...effects, mostMs: invocation.getRemainingTimeInMillis() * share }),
);
