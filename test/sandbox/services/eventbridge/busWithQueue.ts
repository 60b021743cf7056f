import type { Account } from '../../../../sandbox/account.ts';
import { attachResourcePolicy } from '../../../../sandbox/iam/resourcePolicies.ts';
import { createRule, type RuleInput } from '../../../../sandbox/services/eventbridge/rules.ts';
import type { Target } from '../../../../sandbox/services/eventbridge/state.ts';
import { createQueue, receive } from '../../../../sandbox/services/sqs/queue.ts';
import { fakeAccount } from '../../fakeAccount.ts';
import { letIn } from '../throughDoor.ts';

export const RULE = 'arn:aws:events:eu-west-1:123456789012:rule/scans';
export const queueArn = (name: string) => `arn:aws:sqs:eu-west-1:123456789012:${name}`;

export interface BusWithQueue {
  /** Queues whose policy lets the rule in; default: both. */
  readonly open?: readonly string[];
  readonly rule?: Partial<RuleInput>;
  readonly target?: Partial<Target>;
}

/** A rule `scans` on `aws.ecr` whose target is the queue `scans`, with a second queue `lost` for dead letters. */
export function addBusWithQueue(
  account: Account,
  { open = ['scans', 'lost'], rule = {}, target = {} }: BusWithQueue = {},
): void {
  for (const name of ['scans', 'lost']) {
    createQueue(account, { name, arn: queueArn(name), visibilityTimeoutSeconds: 30, messageRetentionSeconds: 86_400 });
    if (open.includes(name)) {
      attachResourcePolicy(
        account,
        queueArn(name),
        letIn('events.amazonaws.com', 'sqs:SendMessage', queueArn(name), RULE),
      );
    }
  }
  const targets = [{ id: 'intake', arn: queueArn('scans'), ...target }];
  createRule(account, { name: 'scans', arn: RULE, eventPattern: { source: ['aws.ecr'] }, targets, ...rule });
}

/** The events that wait in a queue, taken out of it. */
export const eventsIn = (account: Account, name: string): readonly Record<string, unknown>[] =>
  receive(account, queueArn(name), 10).map(({ body }) => JSON.parse(body));

/** The same on an account whose clock moves only when told. */
export function busWithQueue(options: BusWithQueue = {}) {
  const fake = fakeAccount();
  const { account } = fake;
  addBusWithQueue(account, options);
  const messages = (name: string) => receive(account, queueArn(name), 10);
  return { ...fake, messages, events: (name: string) => eventsIn(account, name) };
}
