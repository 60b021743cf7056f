import { catalogue } from '../../shared/actions/catalogue.ts';
import { remembering } from '../../shared/incident/bodies.ts';
import type { StepAddress } from '../../shared/incident/receipts.ts';
import { readEnv } from '../../shared/platform/env.ts';
import { lambdaHandler } from '../../shared/platform/lambda.ts';
import { type StepOutcome, verify } from '../../shared/respond/verify.ts';
import { common, responderSessions, storedBodies, storedEvidence } from '../effects.ts';
import { base, bucket, responder } from '../environment.ts';

const env = readEnv({ ...base, ...bucket, ...responder });
const effects = {
  ...common('verify', env),
  catalogue,
  // A run is looked at up to some dozens of times, and few of them by one environment at once.
  bodies: remembering(storedBodies(env), 4),
  evidence: storedEvidence(env),
  sessions: responderSessions(env),
};

export const handler = lambdaHandler<StepAddress, StepOutcome>(effects.logger, (input) => verify(effects, input));
