import { type Account, AwsError } from '../account.ts';
import { denied, implicitly } from '../iam/denied.ts';
import { type Asked, faultFor } from './faults.ts';

/** A call that a service makes for a resource, past the door. */
export type ServiceCall = Pick<Asked, 'service' | 'operation' | 'target'> & {
  /** Whom a refusal names. */
  readonly by: string;
};

/** What a call meets: an error before it is made, or after, or a late answer. What hits a worker alone meets none of these. */
interface Disturbance {
  readonly before?: AwsError;
  readonly after?: AwsError;
  readonly lateMs?: number;
}

const lost = (): AwsError =>
  new AwsError('SdkClientException', 'Unable to execute HTTP request: Connection reset', 500);

/** Asks the account's faults about one call. */
export function disturbance(account: Account, { by, ...asked }: ServiceCall): Disturbance {
  const fault = faultFor(account, { ...asked, functionName: undefined, nth: 0, invocation: 0 });
  if (fault instanceof AwsError) return { before: fault };
  if (fault === 'denied') return { before: deniedTo(by, asked) };
  if (fault === 'lost-before') return { before: lost() };
  if (fault === 'lost-after') return { after: lost() };
  return typeof fault === 'object' && fault.kind === 'slow' ? { lateMs: fault.ms } : {};
}

/**
 * Makes a call under the faults that it meets.
 * @throws AwsError as the fault says; `SdkClientException` where the connection broke
 */
export async function disturbed<T>(account: Account, asked: ServiceCall, call: () => T | Promise<T>): Promise<T> {
  const { before, after, lateMs } = disturbance(account, asked);
  if (before) throw before;
  const answer = await call();
  if (after) throw after;
  if (lateMs !== undefined) await account.clock.sleep(lateMs);
  return answer;
}

/** A fault's refusal, in AWS's words: nobody's policy is behind it. */
export function deniedTo(who: string, { service, operation, target }: Omit<ServiceCall, 'by'>): AwsError {
  const action = `${service}:${operation}`;
  return denied(who, { action, resource: target }, implicitly('identity-based', action));
}
