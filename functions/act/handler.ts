import { catalogue } from '../../shared/actions/catalogue.ts';
import { readEnv } from '../../shared/platform/env.ts';
import { lambdaHandler } from '../../shared/platform/lambda.ts';
import { machineTokens } from '../../shared/platform/runs.ts';
import { type ActInput, act } from '../../shared/respond/act.ts';
import { common, responderSessions, storedBodies, storedEvidence } from '../effects.ts';
import { base, bucket, responder } from '../environment.ts';

const env = readEnv({ ...base, ...bucket, ...responder });
const effects = {
  ...common('act', env),
  catalogue,
  bodies: storedBodies(env),
  evidence: storedEvidence(env),
  sessions: responderSessions(env),
  tokens: machineTokens({ region: env.AWS_REGION }),
};

export const handler = lambdaHandler<ActInput, void>(effects.logger, (input) => act(effects, input));
