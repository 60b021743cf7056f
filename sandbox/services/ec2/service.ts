import type { Service } from '../../account.ts';
import { describeInstances } from './describeInstances.ts';
import { describeNetworkInterfaces } from './describeNetworkInterfaces.ts';
import { modifyNetworkInterfaceAttribute } from './modifyNetworkInterfaceAttribute.ts';

/** The network interfaces of tasks, and the hosts of ECS. */
export const ec2Service: Service = {
  name: 'ec2',
  protocol: 'ec2',
  target: 'http://ec2.amazonaws.com/doc/2016-11-15/',
  operations: {
    DescribeInstances: describeInstances,
    DescribeNetworkInterfaces: describeNetworkInterfaces,
    ModifyNetworkInterfaceAttribute: modifyNetworkInterfaceAttribute,
  },
};
