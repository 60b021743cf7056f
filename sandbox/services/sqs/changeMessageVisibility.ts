import type { ChangeMessageVisibilityRequest } from '@aws-sdk/client-sqs';
import { AwsError, operation } from '../../account.ts';
import { arnOfUrl, onQueue } from './queueUrl.ts';
import { makeVisible } from './receive.ts';

export const changeMessageVisibility = operation<ChangeMessageVisibilityRequest, object>(
  onQueue('ChangeMessageVisibility'),
  (input, { account }) => {
    const seconds = input.VisibilityTimeout ?? -1;
    if (seconds < 0 || seconds > 43_200) {
      throw new AwsError('InvalidParameterValue', `Value ${seconds} for parameter VisibilityTimeout is invalid.`);
    }
    makeVisible(account, arnOfUrl(account, input.QueueUrl), input.ReceiptHandle ?? '', seconds);
    return {};
  },
);
