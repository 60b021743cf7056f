import { DescribeContainerInstancesCommand, ECSClient, ListContainerInstancesCommand } from '@aws-sdk/client-ecs';
import { clientOf } from '../client.ts';
import type { Theatre } from '../theatre.ts';
import type { Layer } from './layer.ts';

const [cluster, host] = ['hosts', 'i-0b77c1d2e3f405162'] as const;

/** What ECS says of the host, and of the one beside it. */
async function look(theatre: Theatre): Promise<string> {
  const ecs = new ECSClient(clientOf(theatre));
  const { containerInstanceArns = [] } = await ecs.send(new ListContainerInstancesCommand({ cluster }));
  const { containerInstances = [] } = await ecs.send(
    new DescribeContainerInstancesCommand({ cluster, containerInstances: containerInstanceArns }),
  );
  const tasks = (own: boolean): number =>
    containerInstances
      .filter(({ ec2InstanceId }) => (ec2InstanceId === host) === own)
      .reduce((all, { runningTasksCount = 0 }) => all + runningTasksCount, 0);
  const status = containerInstances.find(({ ec2InstanceId }) => ec2InstanceId === host)?.status;
  return `host ${host} of cluster ${cluster} is ${status}: ${tasks(true)} tasks there, ${tasks(false)} beside it`;
}

export const drainedHost: Layer = {
  name: 'drained-host',
  title:
    'A container host has a weakness with a known exploit: it is drained by approval, its services run elsewhere, to be replaced',
  finding: 'Amazon Inspector `PACKAGE_VULNERABILITY`, critical and with a known exploit, of a host',
  sample: 'inspector-finding-instance',
  named: () => ({ 'i-0a1b2c3d4e5f60718': host }),
  rule: 'host-drained',
  action: 'ecs.drain-host',
  look,
  outcome: 'observed',
  asked: 'notice',
  told: 'notice',
  // Tasks that were moved run elsewhere.
  staysAs: /is ACTIVE: 0 tasks there, 2 beside it$/,
};
