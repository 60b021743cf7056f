import { type Account, AwsError } from '../../account.ts';
import { checkFed, LONGEST_LOOK_BACK_MS } from './metrics.ts';
import { type Alarm, type AlarmInput, cloudwatchState, type FailedAction } from './state.ts';

export { recordMetric } from './metrics.ts';
export type { Alarm, AlarmInput, FailedAction } from './state.ts';

/**
 * Makes an alarm, which begins in INSUFFICIENT_DATA and is evaluated on every full minute from now on.
 * @throws AwsError InvalidParameterValue, also for actions other than topics, which this account does not do
 */
export function createAlarm(account: Account, input: AlarmInput): Alarm {
  const { name, periodSeconds, evaluationPeriods, datapointsToAlarm = evaluationPeriods } = input;
  const { alarms } = cloudwatchState(account);
  if (name.length < 1 || name.length > 255) throw invalid(`Not the name of an alarm: ${name}`);
  if (alarms.has(name)) throw invalid(`There is an alarm ${name} already`);
  if (!(periodSeconds > 0) || periodSeconds % 60 !== 0) throw invalid(`${name}: Period must be a multiple of 60`);
  if (!(evaluationPeriods >= 1) || periodSeconds * evaluationPeriods * 1000 > LONGEST_LOOK_BACK_MS) {
    throw invalid(`${name}: EvaluationPeriods × Period must lie between one period and a day`);
  }
  if (datapointsToAlarm < 1 || datapointsToAlarm > evaluationPeriods) {
    throw invalid(`${name}: DatapointsToAlarm must lie between 1 and EvaluationPeriods`);
  }
  for (const action of [input.alarmActions, input.okActions, input.insufficientDataActions].flatMap(
    (each) => each ?? [],
  )) {
    if (!action.startsWith('arn:aws:sns:')) throw invalid(`${name}: this account does not do the action ${action}`);
  }
  checkFed(input.namespace, input.metricName);
  const alarm: Alarm = {
    input,
    createdAt: account.clock.now(),
    state: 'INSUFFICIENT_DATA',
    actionsEnabled: true,
    history: [],
  };
  alarms.set(name, alarm);
  return alarm;
}

const invalid = (message: string): AwsError => new AwsError('InvalidParameterValue', message);

/** All alarms with their state and its history. */
export const alarmsOf = (account: Account): readonly Alarm[] => [...cloudwatchState(account).alarms.values()];

/** What alarms could not tell. */
export const failedActionsOf = (account: Account): readonly FailedAction[] => cloudwatchState(account).failedActions;
