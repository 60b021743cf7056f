import type { Account } from '../../account.ts';
import type { Alarm, Transition } from './state.ts';

/** The Regions' names as alarm notifications spell them; a Region that is not here is shown by its id. */
const REGIONS: ReadonlyMap<string, string> = new Map([
  ['us-east-1', 'US East (N. Virginia)'],
  ['us-east-2', 'US East (Ohio)'],
  ['us-west-2', 'US West (Oregon)'],
  ['eu-west-1', 'EU (Ireland)'],
  ['eu-central-1', 'EU (Frankfurt)'],
  ['ap-southeast-2', 'Asia Pacific (Sydney)'],
]);

const regionName = (account: Account): string => REGIONS.get(account.region) ?? account.region;

/** `ALARM: "name" in EU (Ireland)`, cut to what a subject may hold. */
export const alarmSubject = (account: Account, alarm: Alarm, { to }: Transition): string =>
  `${to}: "${alarm.input.name}" in ${regionName(account)}`.slice(0, 99);

/** CloudWatch's ISO 8601: `+0000`, not `Z`. */
const timeOf = (at: number): string => new Date(at).toISOString().replace('Z', '+0000');

/** The JSON text that CloudWatch publishes for a metric alarm's change of state. */
export function alarmMessage(account: Account, { input, createdAt }: Alarm, { at, from, to, reason }: Transition) {
  return {
    AlarmName: input.name,
    AlarmDescription: input.description ?? null,
    AWSAccountId: account.id,
    AlarmConfigurationUpdatedTimestamp: timeOf(createdAt),
    NewStateValue: to,
    NewStateReason: reason,
    StateChangeTime: timeOf(at),
    Region: regionName(account),
    AlarmArn: input.arn,
    OldStateValue: from,
    OKActions: input.okActions ?? [],
    AlarmActions: input.alarmActions ?? [],
    InsufficientDataActions: input.insufficientDataActions ?? [],
    Trigger: {
      MetricName: input.metricName,
      Namespace: input.namespace,
      StatisticType: 'Statistic',
      Statistic: input.statistic.toUpperCase(),
      Unit: null,
      Dimensions: Object.entries(input.dimensions).map(([name, value]) => ({ value, name })),
      Period: input.periodSeconds,
      EvaluationPeriods: input.evaluationPeriods,
      DatapointsToAlarm: input.datapointsToAlarm ?? input.evaluationPeriods,
      ComparisonOperator: input.comparisonOperator,
      Threshold: input.threshold,
      TreatMissingData: input.treatMissingData ?? 'missing',
      EvaluateLowSampleCountPercentile: '',
    },
  };
}
