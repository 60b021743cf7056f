import { type Account, slice } from '../../account.ts';
import { evaluateAll } from './evaluate.ts';
import type { Dimensions, Statistic } from './metrics.ts';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

type Comparison =
  | 'GreaterThanThreshold'
  | 'GreaterThanOrEqualToThreshold'
  | 'LessThanThreshold'
  | 'LessThanOrEqualToThreshold';

type MissingData = 'missing' | 'notBreaching' | 'breaching' | 'ignore';

export interface AlarmInput {
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Dimensions;
  readonly statistic: Statistic;
  /** 60 or a multiple of it. */
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
  /** How many of these must breach; all, unless it is said. */
  readonly datapointsToAlarm?: number;
  readonly threshold: number;
  readonly comparisonOperator: Comparison;
  /** `missing` unless it is said. */
  readonly treatMissingData?: MissingData;
  /** Topics told when it goes to ALARM. */
  readonly alarmActions?: readonly string[];
  readonly okActions?: readonly string[];
  readonly insufficientDataActions?: readonly string[];
}

export interface Transition {
  readonly at: number;
  readonly from: AlarmState;
  readonly to: AlarmState;
  readonly reason: string;
}

export interface Alarm {
  readonly input: AlarmInput;
  readonly createdAt: number;
  state: AlarmState;
  /** Off, it moves and tells nobody (DisableAlarmActions). */
  actionsEnabled: boolean;
  readonly history: Transition[];
}

/** An action that could not be done, and why; CloudWatch keeps it in the alarm's history and says nothing else. */
export interface FailedAction {
  readonly at: number;
  readonly alarm: string;
  readonly topicArn: string;
  readonly reason: string;
}

export interface CloudwatchState {
  readonly alarms: Map<string, Alarm>;
  readonly failedActions: FailedAction[];
}

const MINUTE = 60_000;

export const cloudwatchState = slice('cloudwatch', (account: Account): CloudwatchState => {
  const state: CloudwatchState = { alarms: new Map(), failedActions: [] };
  const nextMinute = (): void => {
    const now = account.clock.now();
    account.clock.after(MINUTE - (now % MINUTE), 'cloudwatch.evaluate', null, { background: true });
  };
  account.clock.on('cloudwatch.evaluate', () => {
    nextMinute();
    evaluateAll(account, state);
  });
  nextMinute();
  return state;
});
