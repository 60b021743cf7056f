import { type Account, AwsError } from '../../account.ts';
import { depth } from '../sqs/queue.ts';
import { recordMetric } from './metrics.ts';
import type { Alarm } from './state.ts';

/** SQS reports a queue's depth once a minute. Here it is read for the queues that an alarm watches. */
export function sampleQueues(account: Account, alarms: readonly Alarm[]): void {
  const watched = alarms
    .filter(({ input }) => input.namespace === 'AWS/SQS')
    .map(({ input }) => input.dimensions['QueueName']);
  // A gauge read on the full minute is the last of the minute that ends.
  const at = account.clock.now() - 1;
  for (const name of new Set(watched)) {
    const now = name === undefined ? undefined : depthOf(account, name);
    if (name === undefined || !now) continue;
    recordMetric(account, 'AWS/SQS', 'ApproximateNumberOfMessagesVisible', { QueueName: name }, now.visible, at);
    recordMetric(account, 'AWS/SQS', 'ApproximateNumberOfMessagesNotVisible', { QueueName: name }, now.inFlight, at);
  }
}

/** A queue that does not exist reports nothing, and an alarm on it goes by its missing data. */
function depthOf(account: Account, name: string): ReturnType<typeof depth> | undefined {
  try {
    return depth(account, `arn:aws:sqs:${account.region}:${account.id}:${name}`);
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}
