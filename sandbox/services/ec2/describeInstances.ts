import type { DescribeInstancesRequest, DescribeInstancesResult } from '@aws-sdk/client-ec2';
import { operation } from '../../account.ts';
import type { Ec2Instance } from '../ecs/state.ts';
import { refuseDryRun } from './dryRun.ts';
import { matcherOf } from './filters.ts';
import { profileOf } from './instanceProfiles.ts';
import { describedInstance, hostsNamed, idOf } from './instances.ts';
import { hosts, interfaceOf } from './interfaces.ts';
import { page } from './page.ts';
import { SUBNET, VPC } from './vpc.ts';

/** Hosts of ECS and others, each running and in a reservation of its own. IAM does not scope it. */
export const describeInstances = operation<DescribeInstancesRequest, DescribeInstancesResult>(
  () => [{ action: 'ec2:DescribeInstances', resource: '*' }],
  (input, { account }) => {
    refuseDryRun(input);
    const { InstanceIds: ids } = input;
    const isWanted = matcherOf<Ec2Instance>(input.Filters ?? [], {
      'iam-instance-profile.arn': ({ roleArn }) => (roleArn === undefined ? [] : profileOf(account, roleArn).arn),
      'instance-id': idOf,
      'instance-state-code': () => '16',
      'instance-state-name': () => 'running',
      'instance.group-id': ({ securityGroups }) => securityGroups,
      'network-interface.network-interface-id': (host) => interfaceOf(host).eniId,
      'private-ip-address': ({ privateIp }) => privateIp,
      'subnet-id': () => SUBNET,
      'vpc-id': () => VPC,
    });
    const found = (ids === undefined ? hosts(account) : hostsNamed(account, ids)).filter(isWanted);
    const { items, rest } = page(found, input, ids && 'InstanceIds');
    return {
      Reservations: items.map((host) => ({ OwnerId: account.id, Instances: [describedInstance(account, host)] })),
      ...rest,
    };
  },
);
