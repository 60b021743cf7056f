import { DescribeContainerInstancesCommand, ECSClient, ListContainerInstancesCommand } from '@aws-sdk/client-ecs';
import { DescribeInstancePatchStatesCommand, SSMClient } from '@aws-sdk/client-ssm';
import { managedNodes } from '../../sandbox/services/ssm/nodes/state.ts';
import { tellCompliance } from '../../sandbox/services/ssm/patches/complianceEvent.ts';
import { clientOf } from './client.ts';
import { NotAsTold } from './scenario.ts';
import type { Theatre } from './theatre.ts';

/** A container host as AWS's own API shows it. */
export interface HostSeen {
  readonly id: string;
  /** Of the container instance: ACTIVE, DRAINING. */
  readonly status: string;
  readonly tasks: number;
  /** Patches, as the last patch operation reported them. */
  readonly missing: number;
  readonly failed: number;
}

/** Asks the embedded account for the hosts of a cluster, in the order of their ids. */
export async function hostsNow({ sandbox }: Theatre, cluster: string): Promise<readonly HostSeen[]> {
  const client = clientOf({ sandbox });
  const ecs = new ECSClient(client);
  const { containerInstanceArns } = await ecs.send(new ListContainerInstancesCommand({ cluster }));
  const { containerInstances = [] } = await ecs.send(
    new DescribeContainerInstancesCommand({ cluster, containerInstances: containerInstanceArns }),
  );
  const ids = containerInstances.map(({ ec2InstanceId = '' }) => ec2InstanceId);
  const { InstancePatchStates: states = [] } = await new SSMClient(client).send(
    new DescribeInstancePatchStatesCommand({ InstanceIds: ids }),
  );
  return containerInstances
    .map(({ ec2InstanceId: id = '', status = '', runningTasksCount = 0, pendingTasksCount = 0 }) => {
      const patches = states.find(({ InstanceId }) => InstanceId === id);
      const { MissingCount: missing = 0, FailedCount: failed = 0 } = patches ?? {};
      return { id, status, tasks: runningTasksCount + pendingTasksCount, missing, failed };
    })
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** `i-0c…: ACTIVE, 1 task, patches: 2 missing, 0 failed`. */
export const hostLine = ({ id, status, tasks, missing, failed }: HostSeen): string =>
  `${id}: ${status}, ${tasks} ${tasks === 1 ? 'task' : 'tasks'}, patches: ${missing} missing, ${failed} failed`;

/** The hosts of a cluster at one moment. */
export interface Look {
  readonly at: Date;
  readonly hosts: readonly HostSeen[];
}

const lookEverySeconds = 5;

/** Lets time pass until something is so, and looks at the hosts meanwhile. Throws NotAsTold when it never is. */
export async function watchHosts(
  theatre: Theatre,
  cluster: string,
  wanted: { readonly what: string; readonly withinSeconds: number; readonly isSo: () => Promise<boolean> },
): Promise<readonly Look[]> {
  const looks: Look[] = [];
  for (let waited = 0; waited <= wanted.withinSeconds; waited += lookEverySeconds) {
    looks.push({ at: theatre.now(), hosts: await hostsNow(theatre, cluster) });
    if (await wanted.isSo()) return looks;
    await theatre.pass(lookEverySeconds);
  }
  throw new NotAsTold(`not within ${wanted.withinSeconds} s: ${wanted.what}`);
}

/** Of each look, which hosts are not as they were at the one before. */
const changesIn = (looks: readonly Look[]): readonly { readonly at: Date; readonly host: HostSeen }[] =>
  looks.flatMap(({ at, hosts }, n) =>
    hosts
      .filter((host) => JSON.stringify(host) !== JSON.stringify(looks[n - 1]?.hosts.find(({ id }) => id === host.id)))
      .map((host) => ({ at, host })),
  );

/** Each host at the first look, and then whenever it had changed: `02:02:07  i-0c…: DRAINING, …`. */
export const changeLines = (looks: readonly Look[]): readonly string[] =>
  changesIn(looks).map(({ at, host }) => `${at.toISOString().slice(11, 19)}  ${hostLine(host)}`);

/** `Configuration Compliance State Change` of what the last patch operation on each reported, as Systems Manager sends it. */
export function complianceTold({ sandbox: { account } }: Theatre, ids: readonly string[]): void {
  for (const id of ids) {
    const node = managedNodes(account).get(id);
    if (node?.report === undefined) throw new NotAsTold(`${id} has reported no patches`);
    tellCompliance(account, node, node.report);
  }
}
