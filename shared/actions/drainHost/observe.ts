import type { ContainerInstance, Service, Task } from '@aws-sdk/client-ecs';
import { ownershipFrom, ownerText } from '../../account/owner.ts';
import { readsWith } from '../../account/reads.ts';
import type { ReadContext } from '../contract.ts';
import { readRegistered } from '../targets/hostRegistrations.ts';
import { operatorOf, readInstance, scalingGroupOf } from '../targets/instanceTarget.ts';
import { readHosts, readServices, readTasksOn, sortedTasks } from './reads.ts';
import { roomlessOn, stuckLimits } from './room.ts';
import { chosenShape, type HostTarget, type Observed, type OnHost } from './types.ts';

const none = { services: [], alone: [], others: 0, hosts: 0, provider: null };

const takesTasks = ({ status, agentConnected }: ContainerInstance): boolean =>
  status === 'ACTIVE' && agentConnected === true;

/** Reads of EC2 and ECS what there is to know of a host. Throws TargetGone. */
export async function observeHost({ id }: HostTarget, { aws, chosen }: ReadContext): Promise<Observed> {
  const read = readsWith(aws);
  const instance = await readInstance(read, id);
  const its = chosenShape.safeParse(chosen).data?.container;
  const { host: found, registrations, ambiguous } = await readRegistered(read, id, its);
  const [operator, group] = [operatorOf(instance), scalingGroupOf(instance)];
  if (found === undefined) {
    const own = ownershipFrom(instance.Tags ?? []);
    return {
      ...{ status: null, cluster: null, container: null, operator, protectedBy: own.protectedBy, connected: false },
      ...{ registrations, ambiguous },
      ...{ ...none, group, owner: ownerText(own), seen: [`${id}: host of no cluster`] },
    };
  }
  const { cluster, instance: host } = found;
  const { containerInstanceArn: container = '', status = 'unknown', capacityProviderName, tags = [] } = host;
  const connected = host.agentConnected === true;
  const own = ownershipFrom([...tags.map(({ key, value }) => ({ Key: key, Value: value })), ...(instance.Tags ?? [])]);
  const { services, alone } = sortedTasks(await readTasksOn(read, { cluster, container }));
  const described = await readServices(read, cluster, [...services.keys()].toSorted());
  const hosts = await readHosts(read, cluster);
  const others = hosts.filter((one) => one.containerInstanceArn !== container && takesTasks(one));
  const onHost = [...services]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([name, tasks]) => shown(name, tasks, described, others));
  const state = `${status}, agent ${connected ? '' : 'not '}connected`;
  return {
    ...{ status, cluster, container, operator, protectedBy: own.protectedBy, connected, alone, group },
    ...{ services: onHost, others: others.length, hosts: hosts.length, provider: capacityProviderName ?? null },
    ...{ registrations, ambiguous, owner: ownerText(own) },
    seen: [
      `${id}: host of cluster ${cluster}, ${state}; ${others.length} other hosts take tasks`,
      ...onHost.map(({ name, tasks, daemon }) => `service ${name}: ${tasks} tasks there${daemon ? ', a daemon' : ''}`),
      ...alone.map((task) => `task ${task}, of no service`),
    ],
  };
}

function shown(
  name: string,
  tasks: readonly Task[],
  described: readonly Service[],
  others: readonly ContainerInstance[],
): OnHost {
  const service = described.find(({ serviceName }) => serviceName === name);
  const daemon = service?.schedulingStrategy === 'DAEMON';
  return {
    ...{ name, tasks: tasks.length, daemon },
    // A daemon's is started nowhere else.
    stuck: daemon || service === undefined ? null : stuckLimits(service),
    roomless: daemon ? null : roomlessOn(others, tasks),
  };
}
