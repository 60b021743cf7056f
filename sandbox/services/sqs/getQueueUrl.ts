import type { GetQueueUrlRequest, GetQueueUrlResult } from '@aws-sdk/client-sqs';
import { type Account, operation } from '../../account.ts';
import { urlOf } from './queueUrl.ts';
import { queueByArn } from './state.ts';

const arnOf = (input: GetQueueUrlRequest, account: Account): string =>
  `arn:aws:sqs:${account.region}:${input.QueueOwnerAWSAccountId ?? account.id}:${input.QueueName}`;

export const getQueueUrl = operation<GetQueueUrlRequest, GetQueueUrlResult>(
  (input, account) => [{ action: 'sqs:GetQueueUrl', resource: arnOf(input, account) }],
  (input, { account }) => ({ QueueUrl: urlOf(account, queueByArn(account, arnOf(input, account))) }),
);
