import {
  CreateVpcCommand,
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  EC2Client,
  ModifyNetworkInterfaceAttributeCommand,
} from '@aws-sdk/client-ec2';
import { type Script, step, withClient } from '../script.ts';
import { CIDR, securityGroups } from './securityGroups.ts';

const nobody = 'eni-0123456789abcdef0';

/** Ids of hosts and interfaces are each side's own, so that only what names none of them is asked. */
export const ec2: Script = {
  service: 'ec2',
  client: (connection) => new EC2Client(connection),
  moto: (connection) =>
    withClient(new EC2Client(connection), (client) => client.send(new CreateVpcCommand({ CidrBlock: CIDR }))),
  fields: {
    VpcId: 'text',
    GroupId: 'id',
    SecurityGroupArn: 'text',
    SecurityGroupRuleId: 'id',
    SecurityGroupRuleArn: 'text',
    SecurityGroupRules: 'by IsEgress',
  },
  steps: [
    ...securityGroups,
    step('describes no instances', () => new DescribeInstancesCommand({})),
    step(
      'filters instances',
      () => new DescribeInstancesCommand({ Filters: [{ Name: 'instance-state-name', Values: ['running'] }] }),
    ),
    step(
      'refuses an instance that is not there',
      () => new DescribeInstancesCommand({ InstanceIds: ['i-0123456789abcdef0'] }),
      { words: true },
    ),
    step('refuses an instance id that is none', () => new DescribeInstancesCommand({ InstanceIds: ['host'] }), {
      words: true,
    }),
    step('would describe instances', () => new DescribeInstancesCommand({ DryRun: true })),
    step('describes no interfaces', () => new DescribeNetworkInterfacesCommand({})),
    step(
      'filters interfaces',
      () => new DescribeNetworkInterfacesCommand({ Filters: [{ Name: 'network-interface-id', Values: [nobody] }] }),
    ),
    step(
      'refuses an interface that is not there',
      () => new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [nobody] }),
      { words: true },
    ),
    step(
      'refuses to change an interface that is not there',
      () =>
        new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId: nobody, Groups: ['sg-0123456789abcdef0'] }),
      { words: true },
    ),
  ],
};
