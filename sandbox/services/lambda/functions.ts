import { type Account, AwsError } from '../../account.ts';
import { serviceCredentials } from '../../iam/trust.ts';
import { reservations } from './concurrency.ts';
import { type FunctionSettings, type LambdaFunction, lambdaState } from './state.ts';

/**
 * Makes a function from a folder of code. Throws AwsError ResourceConflictException, or InvalidParameterValueException
 * when its role cannot be assumed by Lambda.
 */
export function createFunction(account: Account, settings: FunctionSettings): LambdaFunction {
  const { functions } = lambdaState(account);
  if (functions.has(settings.name)) {
    throw new AwsError('ResourceConflictException', `Function already exist: ${settings.name}`, 409);
  }
  try {
    serviceCredentials(account, sessionOf(settings));
  } catch (cause) {
    if (!(cause instanceof AwsError)) throw cause;
    const why = `The role defined for the function cannot be assumed by Lambda. (${cause.message})`;
    throw new AwsError('InvalidParameterValueException', why);
  }
  const made: LambdaFunction = {
    settings,
    warm: [],
    running: 0,
    figures: { invocations: 0, coldStarts: 0, failures: 0, throttles: 0 },
  };
  functions.set(settings.name, made);
  const { name, reservedConcurrency } = settings;
  if (reservedConcurrency !== undefined) reservations(account).set(name, reservedConcurrency);
  return made;
}

/** The longest that a role's credentials are handed to an environment; it is replaced before they run out. */
export const CREDENTIAL_SECONDS = 12 * 3600;

/** The session in which a function runs: `assumed-role/ROLE/FUNCTION`, as on Lambda. */
export function sessionOf(settings: FunctionSettings): Parameters<typeof serviceCredentials>[1] {
  return {
    roleName: settings.roleName,
    service: 'lambda.amazonaws.com',
    sourceArn: settings.arn,
    sessionName: settings.name,
    durationSeconds: CREDENTIAL_SECONDS,
  };
}
