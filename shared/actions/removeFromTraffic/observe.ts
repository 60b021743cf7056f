import type { Task } from '@aws-sdk/client-ecs';
import { namedFailure } from '../../account/awsFailure.ts';
import { clusterProtection, ecsOwnership, taskOwnership } from '../../account/ecsOwner.ts';
import { describeLive } from '../../account/ecsService.ts';
import { ownerText } from '../../account/owner.ts';
import { type Reads, readsWith } from '../../account/reads.ts';
import { TargetGone } from '../../platform/errors.ts';
import type { ReadContext } from '../contract.ts';
import {
  addressesOf,
  groupName,
  groupsOf,
  isAt,
  isRegistered,
  nameOf,
  reachedBy,
  readDrainSeconds,
  readHealth,
  readHosts,
  readTasks,
} from './reads.ts';
import type { Address, Observed, TaskTarget } from './types.ts';

/**
 * Reads the task, as what its service may register it, and what its target groups say. Throws TargetGone when ECS does not show it any more, and, of
 * one that was taken out, when it does not run any more: ECS has taken it out for good then. Throws Throttled or ActionFailed.
 */
export async function observeTask(target: TaskTarget, _params: unknown, context: ReadContext): Promise<Observed> {
  const read = readsWith(context.aws);
  try {
    const { cluster, arn, id } = target;
    const known = await readTasks(read, cluster, [arn, ...context.accusation.tasks.filter(isIn(target))]);
    const task = known.find(({ taskArn }) => taskArn === arn);
    if (task === undefined) throw new TargetGone(`${id} is not there any more`);
    const state = stateOf(task);
    if (context.before !== undefined && state !== 'running') throw new TargetGone(`${id} does not run any more`);
    const own = taskOwnership(task.tags);
    const seen = [`task ${id} is ${task.lastStatus ?? 'unknown'}, group ${task.group ?? 'unknown'}`];
    const name = serviceIn(task.group);
    if (name === null || state !== 'running') {
      return { ...nowhere, service: name, state, protectedBy: own.protectedBy, owner: ownerText(own), seen };
    }
    const service = await describeLive(read, cluster, name);
    const ownership = ecsOwnership(service.tags);
    const siblings = known.filter((one) => one.group === task.group);
    const hosts = await readHosts(read, cluster, siblings);
    const groups = groupsOf(service);
    const addresses = addressesOf(task, groups, hosts);
    const accused = siblings.filter((one) => one !== task).flatMap((one) => addressesOf(one, groups, hosts));
    const { targets, others, said } = await readTargets(read, addresses, accused);
    return {
      service: name,
      state,
      protectedBy: own.protectedBy ?? ownership.protectedBy ?? (await clusterProtection(read, cluster)),
      targets,
      addresses: Object.fromEntries(addresses.map((one) => [nameOf(one), one])),
      drainSeconds: await readDelays(read, addresses),
      reachedBy: reachedBy(service),
      others,
      desired: service.desiredCount ?? 0,
      owner: ownerText(ownership),
      seen: [...seen, ...said],
    };
  } catch (error) {
    throw namedFailure(error, `Reading task ${target.id}`);
  }
}

const nowhere = { targets: {}, addresses: {}, drainSeconds: {}, reachedBy: [], others: 0, desired: 0 } as const;

/** Whether a task is in the same cluster, by their ARNs. */
const isIn =
  ({ arn }: TaskTarget) =>
  (other: string): boolean =>
    other.slice(0, other.lastIndexOf('/')) === arn.slice(0, arn.lastIndexOf('/'));

/** ECS calls the group of a service's tasks `service:NAME`. */
const serviceIn = (group: string | undefined): string | null =>
  group?.startsWith('service:') === true ? group.slice('service:'.length) : null;

/** As ECS describes a task now. */
export function stateOf({ lastStatus, desiredStatus }: Task): Observed['state'] {
  if (lastStatus === 'STOPPED') return 'stopped';
  return desiredStatus === 'STOPPED' ? 'stopping' : 'running';
}

async function readTargets(read: Reads, addresses: readonly Address[], accused: readonly Address[]) {
  const targets: { [name: string]: boolean } = {};
  const said: string[] = [];
  const left: number[] = [];
  for (const group of new Set(addresses.map((one) => one.group))) {
    const all = await readHealth(read, group);
    const its = addresses.filter((one) => one.group === group);
    for (const address of its) {
      const found = all.find((one) => isAt(one, address));
      targets[nameOf(address)] = found !== undefined && isRegistered(found);
      if (found !== undefined) said.push(`${nameOf(address)} is ${found.TargetHealth?.State ?? 'unknown'}`);
    }
    const counted = all.filter((one) => ![...its, ...accused].some((address) => isAt(one, address)));
    const healthy = counted.filter(({ TargetHealth }) => TargetHealth?.State === 'healthy').length;
    if (its.some((address) => targets[nameOf(address)])) left.push(healthy);
    said.push(`target group ${groupName(group)} has ${healthy} other healthy targets that nothing accuses`);
  }
  return { targets, others: left.length === 0 ? 0 : Math.min(...left), said };
}

async function readDelays(read: Reads, addresses: readonly Address[]): Promise<Observed['drainSeconds']> {
  const delays: { [group: string]: number } = {};
  for (const group of new Set(addresses.map((one) => one.group))) {
    delays[groupName(group)] = await readDrainSeconds(read, group);
  }
  return delays;
}
