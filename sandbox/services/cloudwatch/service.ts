import type { Service } from '../../account.ts';
import { describeAlarms } from './describeAlarms.ts';
import { getMetricStatistics } from './getMetricStatistics.ts';

/** Alarms are made by the template; this tells how they stand, and what was counted. */
export const monitoringService: Service = {
  name: 'monitoring',
  protocol: 'json-1.0',
  target: 'GraniteServiceVersion20100801',
  cbor: true,
  // From the SDK's model of CloudWatch (aws.protocols#awsQueryError), but for the first, which is no error of that model.
  queryErrors: new Map([
    ['AccessDeniedException', 'AccessDenied'],
    ['ValidationException', 'ValidationError'],
  ]),
  operations: { DescribeAlarms: describeAlarms, GetMetricStatistics: getMetricStatistics },
};
