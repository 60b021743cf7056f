import { type Account, AwsError } from '../../../account.ts';
import { MAX_TOKEN_LENGTH } from '../limits.ts';
import { type OpenTask, statesOf } from '../store.ts';
import { isTokenShaped } from '../visits/taskToken.ts';

/**
 * The task that waits for a token. AWS does not scope SendTask* permissions: whoever may answer one may answer any.
 * @throws AwsError InvalidToken (never a token), TaskDoesNotExist (never given out), TaskTimedOut (its task is over)
 */
export function openTask(account: Account, token: string | undefined): OpenTask {
  if (!token || token.length > MAX_TOKEN_LENGTH || !isTokenShaped(token)) {
    throw new AwsError('InvalidToken', `Invalid Token: 'Invalid token'`);
  }
  const { tokens } = statesOf(account);
  if (!tokens.has(token)) throw new AwsError('TaskDoesNotExist', `Task does not exist: '${token}'`);
  const task = tokens.get(token);
  if (!task) throw new AwsError('TaskTimedOut', `Task Timed Out: 'Provided task does not exist anymore'`);
  return task;
}

export const needsTask = (action: string) => () => [{ action: `states:${action}`, resource: '*' }];
