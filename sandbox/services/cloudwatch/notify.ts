import { type Account, AwsError } from '../../account.ts';
import { serviceMay } from '../../iam/resourcePolicies.ts';
import { publish } from '../sns/topics.ts';
import { alarmMessage, alarmSubject } from './message.ts';
import type { Alarm, AlarmState, FailedAction, Transition } from './state.ts';

const CLOUDWATCH = 'cloudwatch.amazonaws.com';

/**
 * Publishes a transition to the topics of its new state, where the topic's policy lets CloudWatch in. (AWS's default topic policy
 * lets alarms of the same account in; a topic here has only the policy that the template gives it.)
 * @returns what could not be published
 */
export function notify(account: Account, alarm: Alarm, transition: Transition): readonly FailedAction[] {
  if (!alarm.actionsEnabled) return [];
  const { input } = alarm;
  const actions: Readonly<Record<AlarmState, readonly string[] | undefined>> = {
    ALARM: input.alarmActions,
    OK: input.okActions,
    INSUFFICIENT_DATA: input.insufficientDataActions,
  };
  return (actions[transition.to] ?? []).flatMap((topicArn) => {
    const reason = publishTo(account, alarm, transition, topicArn);
    return reason === undefined ? [] : [{ at: transition.at, alarm: input.name, topicArn, reason }];
  });
}

function publishTo(account: Account, alarm: Alarm, transition: Transition, topicArn: string): string | undefined {
  const call = { service: CLOUDWATCH, sourceArn: alarm.input.arn, action: 'sns:Publish', resourceArn: topicArn };
  if (!serviceMay(account, call))
    return `${CLOUDWATCH} is not authorized to perform: sns:Publish on resource: ${topicArn}`;
  const subject = alarmSubject(account, alarm, transition);
  try {
    publish(account, { topicArn, subject, message: JSON.stringify(alarmMessage(account, alarm, transition)) });
    return undefined;
  } catch (error) {
    if (error instanceof AwsError) return `${error.code}: ${error.message}`;
    throw error;
  }
}
