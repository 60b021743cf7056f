import type { Service } from '../../account.ts';
import { describeConfigurationRecorderStatus } from './describeConfigurationRecorderStatus.ts';

/** Whether AWS Config records. It evaluates nothing: a compliance change is put onto the bus by whoever plays it. */
export const configService: Service = {
  name: 'config',
  protocol: 'json-1.1',
  target: 'StarlingDoveService',
  operations: { DescribeConfigurationRecorderStatus: describeConfigurationRecorderStatus },
};
