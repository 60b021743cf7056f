import type { Account } from '../../account.ts';
import { serviceCredentials } from '../../iam/trust.ts';
import { kernelOf } from '../../kernel/kernel.ts';
import { sessionOf } from './functions.ts';
import type { Environment, FunctionSettings, LambdaFunction } from './state.ts';

/** A warm environment, the one used last first, or a new one: a cold start. */
export function takeEnvironment(account: Account, fn: LambdaFunction): Environment {
  const lastsUntil = account.clock.now() + fn.settings.timeoutSeconds * 1000;
  for (let warm = fn.warm.pop(); warm; warm = fn.warm.pop()) {
    if (!warm.worker.ended() && warm.usableUntil > lastsUntil) return warm;
    warm.worker.end({ ok: false, errorType: 'Runtime.ExitError', errorMessage: 'recycled', trace: [] });
  }
  fn.figures.coldStarts += 1;
  return startEnvironment(account, fn.settings);
}

/** Starts a new one: a cold start. */
export function startEnvironment(account: Account, settings: FunctionSettings): Environment {
  const credentials = serviceCredentials(account, sessionOf(settings));
  const logStream = logStreamName(account);
  const worker = kernelOf(account).pool.start({
    name: settings.name,
    taskRoot: settings.codeDir,
    handler: settings.handler,
    memoryMb: settings.memoryMb,
    environment: {
      ...settings.environment,
      // Lambda's defined runtime environment variables; the reserved ones win over the template's.
      AWS_REGION: account.region,
      AWS_DEFAULT_REGION: account.region,
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_FUNCTION_NAME: settings.name,
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.memoryMb),
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_LOG_GROUP_NAME: logGroupName(settings),
      AWS_LAMBDA_LOG_STREAM_NAME: logStream,
      LAMBDA_TASK_ROOT: settings.codeDir,
      _HANDLER: settings.handler,
      TZ: ':UTC',
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken,
      AWS_ENDPOINT_URL: account.endpoint,
    },
  });
  return { worker, logStream, accessKeyId: credentials.accessKeyId, usableUntil: credentials.expiration };
}

export const logGroupName = ({ name }: Pick<FunctionSettings, 'name'>): string => `/aws/lambda/${name}`;

/** Of an environment that starts now. */
export function logStreamName(account: Account): string {
  const day = new Date(account.clock.now()).toISOString().slice(0, 10).replaceAll('-', '/');
  return `${day}/[$LATEST]${account.random.hex(32)}`;
}
