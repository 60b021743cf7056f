import type { Account } from '../../account.ts';
import { serviceMay } from '../../iam/resourcePolicies.ts';
import type { MessageAttributes } from '../sqs/queue.ts';
import { sendToQueue } from '../sqs/queue.ts';
import type { Due } from './queueDelivery.ts';
import type { Dropped, Rule, Target } from './state.ts';
import type { Failure } from './target/failure.ts';
import { EVENTS } from './target/send.ts';

/**
 * Puts an event that could not be delivered into the target's dead-letter queue, with the reason as message attributes.
 * @returns what is lost for good, when there is no such queue or its policy keeps EventBridge out
 */
export function deadLetter(
  account: Account,
  rule: Rule,
  target: Target,
  due: Due,
  failure: Failure,
  exhausted: string | undefined,
): Dropped | undefined {
  const { code, message } = failure;
  const lost = {
    at: account.clock.now(),
    rule: rule.name,
    targetId: target.id,
    eventId: String(due.envelope['id']),
    code,
    message,
  };
  const queue = target.deadLetterArn;
  if (queue === undefined) return lost;
  const call = { service: EVENTS, sourceArn: rule.arn, action: 'sqs:SendMessage', resourceArn: queue };
  if (!serviceMay(account, call)) return lost;
  const attributes: MessageAttributes = {
    RULE_ARN: { DataType: 'String', StringValue: rule.arn },
    TARGET_ARN: { DataType: 'String', StringValue: target.arn },
    ERROR_CODE: { DataType: 'String', StringValue: code },
    ERROR_MESSAGE: { DataType: 'String', StringValue: message },
    RETRY_ATTEMPTS: { DataType: 'Number', StringValue: String(due.retries) },
    ...(exhausted === undefined ? {} : { EXHAUSTED_RETRY_CONDITION: { DataType: 'String', StringValue: exhausted } }),
  };
  sendToQueue(account, queue, JSON.stringify(due.envelope), attributes);
  return undefined;
}
