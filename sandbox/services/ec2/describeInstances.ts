import type { DescribeInstancesRequest, DescribeInstancesResult, Instance } from '@aws-sdk/client-ec2';
import { type Account, operation } from '../../account.ts';
import { type ContainerInstance, clusters } from '../ecs/state.ts';
import { refuseDryRun } from './dryRun.ts';
import { matcherOf } from './filters.ts';
import { named } from './ids.ts';
import { page } from './page.ts';

const kind = { code: 'InvalidInstanceID', noun: 'instance', prefix: 'i' };
const idOf = ({ ec2InstanceId }: ContainerInstance): string => ec2InstanceId;

const hosts = (account: Account): readonly ContainerInstance[] =>
  [...clusters(account).values()].flatMap(({ instances }) => [...instances.values()]);

/** Launched when ECS got to know it: nothing earlier is known. */
const described = ({ ec2InstanceId, registeredAt }: ContainerInstance): Instance => ({
  InstanceId: ec2InstanceId,
  State: { Code: 16, Name: 'running' },
  LaunchTime: new Date(registeredAt),
});

/** The hosts of ECS, each running and in a reservation of its own. IAM does not scope it. */
export const describeInstances = operation<DescribeInstancesRequest, DescribeInstancesResult>(
  () => [{ action: 'ec2:DescribeInstances', resource: '*' }],
  (input, { account }) => {
    refuseDryRun(input);
    const { InstanceIds: ids } = input;
    const isWanted = matcherOf<ContainerInstance>(input.Filters ?? [], {
      'instance-id': idOf,
      'instance-state-code': () => '16',
      'instance-state-name': () => 'running',
    });
    const all = hosts(account);
    const found = (ids === undefined ? all : named(all, ids, idOf, kind)).filter(isWanted);
    const { items, rest } = page(found, input, ids && 'InstanceIds');
    return {
      Reservations: items.map((host) => ({ OwnerId: account.id, Instances: [described(host)] })),
      ...rest,
    };
  },
);
