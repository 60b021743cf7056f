import { type Account, AwsError } from '../../account.ts';
import { serviceMay } from '../../iam/resourcePolicies.ts';
import { invokeAsync } from '../lambda/invokeAsync.ts';
import { sendToQueue } from '../sqs/queue.ts';
import { lambdaEventOf, notificationOf } from './notification.ts';
import type { PublishedMessage, Subscription } from './state.ts';

const SERVICE = 'sns.amazonaws.com';

/** Brings one message to one subscriber. Answers with the reason when it could not. */
export function deliver(account: Account, message: PublishedMessage, subscription: Subscription): string | undefined {
  const { protocol, endpoint, topicArn } = subscription;
  if (protocol === 'email') return undefined;
  const action = protocol === 'sqs' ? 'sqs:SendMessage' : 'lambda:InvokeFunction';
  const call = { service: SERVICE, sourceArn: topicArn, action, resourceArn: endpoint };
  if (!serviceMay(account, call)) return `${endpoint} does not let ${SERVICE} in for ${topicArn}`;
  try {
    if (protocol === 'sqs') {
      sendToQueue(account, endpoint, JSON.stringify(notificationOf(account, message, subscription)));
    } else {
      invokeAsync(account, endpoint, lambdaEventOf(account, message, subscription));
    }
    return undefined;
  } catch (error) {
    if (error instanceof AwsError) return `${error.code}: ${error.message}`;
    throw error;
  }
}
