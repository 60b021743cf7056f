import type { Service } from '../../account.ts';
import { describeAlarms } from './describeAlarms.ts';

/** Alarms are made by the template; this tells how they stand. */
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
  operations: { DescribeAlarms: describeAlarms },
};
