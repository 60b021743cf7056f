import { readEnv } from '../../shared/platform/env.ts';
import { lambdaHandler } from '../../shared/platform/lambda.ts';
import { machineTokens } from '../../shared/platform/runs.ts';
import { wakeToken } from '../../shared/respond/wakeToken.ts';
import { common } from '../effects.ts';
import { base } from '../environment.ts';

const env = readEnv(base);
const effects = { ...common('wake', env), tokens: machineTokens({ region: env.AWS_REGION }) };

export const handler = lambdaHandler<unknown, void>(effects.logger, (event) => wakeToken(effects, event));
