import { everyPage, inPartsOf, type Reads } from '../../account/reads.ts';
import { ActionFailed } from '../../platform/errors.ts';
import { lastName } from '../changingCall.ts';
import { describeHosts, type Host, mostDescribed, tasksOn } from './containerInstance.ts';

/**
 * As which hosts of ECS an instance is registered. It is one host of one cluster, as a rule; but an agent that was given another cluster, or has lost
 * its state, registers the instance anew and leaves the registration before as it was, and whoever has the role of the instance may make one of any
 * cluster that it names. What is drained by one of them leaves the tasks of another where they are.
 */

const arnOf = ({ instance: { containerInstanceArn = '' } }: Host): string => containerInstanceArn;

/** Every registration of an instance that is not INACTIVE, of whatever cluster, in the order of their ARNs; where there is no other, one that is. */
export async function findHosts(read: Reads, id: string): Promise<readonly Host[]> {
  const { client, ListClustersCommand } = await read.aws.ecs();
  const pages = await everyPage(
    (nextToken) =>
      client.send(new ListClustersCommand({ ...(nextToken === undefined ? {} : { nextToken }) }), read.call),
    ({ nextToken }) => nextToken,
  );
  const found: Host[] = [];
  for (const arn of pages.flatMap(({ clusterArns = [] }) => clusterArns)) {
    found.push(...(await registeredIn(read, arn.slice(arn.lastIndexOf('/') + 1), id)));
  }
  const live = found.filter(({ instance }) => instance.status !== 'INACTIVE');
  return live.length === 0 ? found.slice(0, 1) : live.toSorted((a, b) => arnOf(a).localeCompare(arnOf(b)));
}

async function registeredIn(read: Reads, cluster: string, id: string): Promise<readonly Host[]> {
  const { client, ListContainerInstancesCommand } = await read.aws.ecs();
  const listed = await everyPage(
    (nextToken) =>
      client.send(
        new ListContainerInstancesCommand({
          cluster,
          // Cluster query language: one of thousands of hosts is found without describing them.
          filter: `ec2InstanceId in ['${id}']`,
          ...(nextToken === undefined ? {} : { nextToken }),
        }),
        read.call,
      ),
    ({ nextToken }) => nextToken,
  );
  const arns = listed.flatMap(({ containerInstanceArns = [] }) => containerInstanceArns);
  const found: Host[] = [];
  for (const some of inPartsOf(mostDescribed, arns)) {
    const described = await describeHosts(read, cluster, some);
    found.push(
      ...described.filter(({ ec2InstanceId }) => ec2InstanceId === id).map((instance) => ({ cluster, instance })),
    );
  }
  return found;
}

/** What an action reads of the registrations of its host. */
export interface Registered {
  /** The one that a step has chosen, while it is there; else the first; undefined for a host of no cluster. */
  readonly host: Host | undefined;
  /** The ARNs of all of them. */
  readonly registrations: readonly string[];
  /** Why none of them may be drained, and what to do about it; null where there are not several. */
  readonly ambiguous: string | null;
}

export async function readRegistered(
  read: Reads,
  id: string,
  container: string | null | undefined,
): Promise<Registered> {
  const hosts = await findHosts(read, id);
  return {
    host: hosts.find((one) => arnOf(one) === container) ?? hosts[0],
    registrations: hosts.map(arnOf),
    ambiguous: hosts.length > 1 ? ambiguousText(id, hosts) : null,
  };
}

const registrationText = ({ cluster, instance }: Host): string => {
  const { status = 'unknown', agentConnected, containerInstanceArn = '' } = instance;
  const agent = `agent ${agentConnected === true ? '' : 'not '}connected`;
  return `in cluster ${cluster} as ${lastName(containerInstanceArn)} (${status}, ${agent}, ${tasksOn(instance)} tasks)`;
};

const ambiguousText = (id: string, hosts: readonly Host[]): string =>
  `${id} is registered with ECS ${hosts.length} times, ${hosts.map(registrationText).join(' and ')}, and to drain one of them would leave the tasks of the others on it: deregister what is stale (aws ecs deregister-container-instance)`;

/** Before what may reboot an instance. Throws ActionFailed where it is registered as something else than what was drained for it. */
export async function refuseRegisteredElse(read: Reads, id: string, container: string | null): Promise<void> {
  const hosts = await findHosts(read, id);
  const others = hosts.filter((one) => arnOf(one) !== container && one.instance.status !== 'INACTIVE');
  if (others.length === 0) return;
  throw new ActionFailed(
    `${id} is registered ${others.map(registrationText).join(' and ')} as well, which was not drained: deregister what is stale (aws ecs deregister-container-instance)`,
  );
}
