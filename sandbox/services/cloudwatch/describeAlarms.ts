import type { DescribeAlarmsInput, DescribeAlarmsOutput, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { AwsError, operation } from '../../account.ts';
import { pageOf, pageSize } from '../paging.ts';
import { type Alarm, cloudwatchState } from './state.ts';

const described = ({ input, createdAt, state, actionsEnabled, history }: Alarm): MetricAlarm => {
  const last = history.at(-1);
  const changed = new Date(last?.at ?? createdAt);
  return {
    AlarmName: input.name,
    AlarmArn: input.arn,
    ...(input.description === undefined ? {} : { AlarmDescription: input.description }),
    AlarmConfigurationUpdatedTimestamp: new Date(createdAt),
    ActionsEnabled: actionsEnabled,
    OKActions: [...(input.okActions ?? [])],
    AlarmActions: [...(input.alarmActions ?? [])],
    InsufficientDataActions: [...(input.insufficientDataActions ?? [])],
    StateValue: state,
    StateReason: last?.reason ?? 'Unchecked: Initial alarm creation',
    StateUpdatedTimestamp: changed,
    StateTransitionedTimestamp: changed,
    MetricName: input.metricName,
    Namespace: input.namespace,
    Statistic: input.statistic,
    Dimensions: Object.entries(input.dimensions).map(([Name, Value]) => ({ Name, Value })),
    Period: input.periodSeconds,
    EvaluationPeriods: input.evaluationPeriods,
    ...(input.datapointsToAlarm === undefined ? {} : { DatapointsToAlarm: input.datapointsToAlarm }),
    Threshold: input.threshold,
    ComparisonOperator: input.comparisonOperator,
    ...(input.treatMissingData === undefined ? {} : { TreatMissingData: input.treatMissingData }),
  };
};

/** By names or their beginning, in order of their names; there are metric alarms alone. A name that is not there is left out, as on AWS. */
export const describeAlarms = operation<DescribeAlarmsInput, DescribeAlarmsOutput>(
  ({ AlarmNames, AlarmNamePrefix = '' }, account) =>
    (AlarmNames ?? [`${AlarmNamePrefix}*`]).map((name) => ({
      action: 'cloudwatch:DescribeAlarms',
      resource: `arn:aws:cloudwatch:${account.region}:${account.id}:alarm:${name}`,
    })),
  ({ AlarmNames, AlarmNamePrefix, StateValue, ActionPrefix, MaxRecords, NextToken, ...rest }, { account }) => {
    if (AlarmNames !== undefined && AlarmNamePrefix !== undefined) {
      throw invalid('AlarmNamePrefix and AlarmNames cannot be specified together');
    }
    if ((AlarmNames ?? []).length > 100) throw invalid('At most 100 alarm names can be specified');
    if (rest.ChildrenOfAlarmName !== undefined || rest.ParentsOfAlarmName !== undefined) {
      throw invalid('This account has no composite alarms');
    }
    const found = [...cloudwatchState(account).alarms.values()]
      .filter(({ input: { name } }) => AlarmNames?.includes(name) ?? name.startsWith(AlarmNamePrefix ?? ''))
      .filter(({ state }) => StateValue === undefined || state === StateValue)
      .filter(
        ({ input: { alarmActions = [] } }) =>
          ActionPrefix === undefined || alarmActions.some((one) => one.startsWith(ActionPrefix)),
      )
      .toSorted((a, b) => (a.input.name < b.input.name ? -1 : 1));
    const page = pageOf(found, pageSize(MaxRecords, 50, 100, 'ValidationException'), NextToken, 'InvalidNextToken');
    return {
      MetricAlarms: page.items.map(described),
      CompositeAlarms: [],
      ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
    };
  },
);

const invalid = (message: string): AwsError => new AwsError('ValidationException', message);
