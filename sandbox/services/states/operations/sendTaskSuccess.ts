import type { SendTaskSuccessInput, SendTaskSuccessOutput } from '@aws-sdk/client-sfn';
import type { Json } from '../../../../shared/platform/json.ts';
import { AwsError, operation } from '../../../account.ts';
import { tooDeep } from '../../depth.ts';
import { MAX_PAYLOAD_BYTES, utf8Bytes } from '../limits.ts';
import { needsTask, openTask } from './openTask.ts';

export const sendTaskSuccess = operation<SendTaskSuccessInput, SendTaskSuccessOutput>(
  needsTask('SendTaskSuccess'),
  ({ taskToken, output }, { account }) => {
    const value = outputValue(output ?? '');
    openTask(account, taskToken).succeed(value);
    return {};
  },
);

function outputValue(text: string): Json {
  if (utf8Bytes(text) > MAX_PAYLOAD_BYTES) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value at 'output' failed to satisfy constraint: Member must have length less than or equal to ${MAX_PAYLOAD_BYTES}`,
    );
  }
  const invalid = new AwsError('InvalidOutput', `Invalid Output: 'Invalid JSON'`);
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    throw invalid;
  }
  if (tooDeep(value)) throw invalid;
  return value;
}
