import { AwsError } from '../../../account.ts';
import { disturbed } from '../../../faults/disturbed.ts';
import { authorise } from '../../../iam/authorise.ts';
import type { TaskCall } from '../ports.ts';

/**
 * Makes a call of the account for the machine's role: asks IAM first, and enters the call with what became of it in the trail.
 * @throws AwsError as IAM or the service refuses it
 */
export async function calling<T>(
  { account, principal }: TaskCall,
  action: string,
  resource: string,
  call: () => T | Promise<T>,
): Promise<T> {
  const enter = (result: string): void => {
    account.trail.push({ at: account.clock.now(), principal: principal.arn, action, resource, result });
  };
  try {
    authorise(account, principal, [{ action, resource }]);
    const [service = '', operation = ''] = action.replace(/Function$/, '').split(':');
    const answer = await disturbed(account, { service, operation, target: resource, by: principal.arn }, call);
    enter('ok');
    return answer;
  } catch (error) {
    if (error instanceof AwsError) enter(error.code);
    throw error;
  }
}
