import { catalogue } from '../../shared/actions/catalogue.ts';
import { readEnv } from '../../shared/platform/env.ts';
import { lambdaHandler } from '../../shared/platform/lambda.ts';
import { type Decided, type DecideInput, decide } from '../../shared/respond/decide.ts';
import { common, publishedRules, responderSessions, storedBodies, storedEvidence } from '../effects.ts';
import { base, bucket, responder } from '../environment.ts';

const env = readEnv({ ...base, ...bucket, ...responder });
const stored = { ...common('decide', env), catalogue, bodies: storedBodies(env) };
const effects = {
  ...stored,
  evidence: storedEvidence(env),
  ruleSets: publishedRules(stored),
  sessions: responderSessions(env),
};

export const handler = lambdaHandler<DecideInput, Decided>(effects.logger, (input) => decide(effects, input));
