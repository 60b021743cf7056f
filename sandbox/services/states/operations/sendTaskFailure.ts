import type { SendTaskFailureInput, SendTaskFailureOutput } from '@aws-sdk/client-sfn';
import { AwsError, operation } from '../../../account.ts';
import { MAX_CAUSE_LENGTH, MAX_ERROR_LENGTH } from '../limits.ts';
import { needsTask, openTask } from './openTask.ts';

export const sendTaskFailure = operation<SendTaskFailureInput, SendTaskFailureOutput>(
  needsTask('SendTaskFailure'),
  ({ taskToken, error, cause }, { account }) => {
    checkLength('error', error, MAX_ERROR_LENGTH);
    checkLength('cause', cause, MAX_CAUSE_LENGTH);
    openTask(account, taskToken).fail(error, cause);
    return {};
  },
);

function checkLength(member: string, text: string | undefined, limit: number): void {
  if (text === undefined || text.length <= limit) return;
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must have length less than or equal to ${limit}`,
  );
}
