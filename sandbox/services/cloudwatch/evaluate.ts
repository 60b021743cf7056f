import type { Account } from '../../account.ts';
import { statisticOf } from './metrics.ts';
import { notify } from './notify.ts';
import { sampleQueues } from './queues.ts';
import type { Alarm, AlarmState, CloudwatchState } from './state.ts';

/** Once a minute: reads the gauges, then moves each alarm to where its data points put it. */
export function evaluateAll(account: Account, state: CloudwatchState): void {
  const alarms = [...state.alarms.values()];
  sampleQueues(account, alarms);
  for (const alarm of alarms) {
    const { to, reason } = judge(account, alarm);
    if (to === alarm.state) continue;
    const transition = { at: account.clock.now(), from: alarm.state, to, reason };
    alarm.state = to;
    alarm.history.push(transition);
    state.failedActions.push(...notify(account, alarm, transition));
  }
}

interface Judged {
  readonly to: AlarmState;
  readonly reason: string;
}

/**
 * Looks at the last EvaluationPeriods periods that end now. (AWS looks back a little further when data points are late; here
 * none is.) A missing data point counts as TreatMissingData says.
 */
function judge(account: Account, alarm: Alarm): Judged {
  const { input } = alarm;
  const { evaluationPeriods, datapointsToAlarm = evaluationPeriods, treatMissingData = 'missing' } = input;
  const period = input.periodSeconds * 1000;
  const now = account.clock.now();
  const points = Array.from({ length: evaluationPeriods }, (_, back) => {
    const to = now - back * period;
    return statisticOf(account, input, input.statistic, to - period, to);
  });
  const known = points.filter((point) => point !== undefined);
  const missing = points.length - known.length;
  const breaching =
    known.filter((value) => breaches(alarm, value)).length + (treatMissingData === 'breaching' ? missing : 0);
  if (breaching >= datapointsToAlarm) return { to: 'ALARM', reason: crossed(alarm, known) };
  if (known.length === 0 && treatMissingData === 'ignore') return { to: alarm.state, reason: '' };
  if (known.length === 0 && treatMissingData === 'missing') {
    return { to: 'INSUFFICIENT_DATA', reason: `Insufficient Data: ${evaluationPeriods} datapoints were unknown.` };
  }
  return { to: 'OK', reason: crossed(alarm, known) };
}

function breaches({ input: { comparisonOperator, threshold } }: Alarm, value: number): boolean {
  switch (comparisonOperator) {
    case 'GreaterThanThreshold':
      return value > threshold;
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold;
    case 'LessThanThreshold':
      return value < threshold;
    case 'LessThanOrEqualToThreshold':
      return value <= threshold;
  }
}

const WORDS = {
  GreaterThanThreshold: 'greater than',
  GreaterThanOrEqualToThreshold: 'greater than or equal to',
  LessThanThreshold: 'less than',
  LessThanOrEqualToThreshold: 'less than or equal to',
} as const;

/** In CloudWatch's words, whether or not it was crossed. */
function crossed(alarm: Alarm, known: readonly number[]): string {
  const { comparisonOperator, threshold, evaluationPeriods, treatMissingData } = alarm.input;
  const last = known[0];
  if (last === undefined) {
    const treated = treatMissingData === 'breaching' ? 'Breaching' : 'NonBreaching';
    return `Threshold Crossed: no datapoints were received for ${evaluationPeriods} period(s) and ${evaluationPeriods} missing datapoint(s) were treated as [${treated}].`;
  }
  const not = breaches(alarm, last) ? '' : 'not ';
  return `Threshold Crossed: ${known.length} datapoint(s) [${known.join(', ')}] was ${not}${WORDS[comparisonOperator]} the threshold (${threshold}).`;
}
