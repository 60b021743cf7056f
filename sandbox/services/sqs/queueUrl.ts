import { type Account, AwsError, type Needed } from '../../account.ts';
import type { Queue } from './state.ts';

/** The URL of a queue, at our own door. */
export const urlOf = (account: Account, queue: Queue): string => `${account.endpoint}/${account.id}/${queue.name}`;

/** The ARN of a queue from its URL, ours or one of sqs.REGION.amazonaws.com: only `/ACCOUNT/NAME` counts. */
export function arnOfUrl(account: Account, queueUrl: string | undefined): string {
  const [, accountId, name] = /\/([0-9]{12})\/([^/?]+)$/.exec(queueUrl ?? '') ?? [];
  if (accountId === undefined || name === undefined) {
    throw new AwsError('InvalidAddress', `The address ${queueUrl ?? ''} is not valid for this endpoint.`);
  }
  return `arn:aws:sqs:${account.region}:${accountId}:${name}`;
}

/** What IAM is asked for an operation on one queue. */
export const onQueue =
  (action: string) =>
  (input: { readonly QueueUrl?: string | undefined }, account: Account): readonly Needed[] => [
    { action: `sqs:${action}`, resource: arnOfUrl(account, input.QueueUrl) },
  ];
