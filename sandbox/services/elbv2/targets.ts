import { isIPv4 } from 'node:net';
import type { TargetDescription, TargetHealth } from '@aws-sdk/client-elastic-load-balancing-v2';
import { type Account, AwsError, slice } from '../../account.ts';
import { hosts, interfaces } from '../ec2/interfaces.ts';
import { leavingTargets, serviceTargets, type TargetAddress } from '../ecs/targets.ts';
import { secondsFor } from '../ecs/timing.ts';
import { kindOfGroup } from './groups.ts';

/** In seconds: "The default is 300 seconds" (Application Load Balancers, deregistration delay). */
export const DEREGISTRATION_DELAY = 300;

/** What somebody did to a target by a call. Times are milliseconds since the epoch. */
type Change =
  | { readonly kind: 'registered'; readonly checkedAt: number; readonly taskArn?: string }
  /** It drains until then, and is no target afterwards. */
  | { readonly kind: 'deregistered'; readonly until: number };

/** By name of the target group, and by address and port. */
const changes = slice('elbv2.changes', () => new Map<string, Map<string, Change>>());

const INITIAL: TargetHealth = {
  State: 'initial',
  Reason: 'Elb.InitialHealthChecking',
  Description: 'Initial health checks in progress',
};
const DRAINING: TargetHealth = {
  State: 'draining',
  Reason: 'Target.DeregistrationInProgress',
  Description: 'Target deregistration is in progress',
};
const TIMEOUT: TargetHealth = { State: 'unhealthy', Reason: 'Target.Timeout', Description: 'Request timed out' };

const keyOf = ({ id, port }: TargetAddress): string => `${id}:${port}`;

/** An address and its port, of a key. */
export function addressIn(key: string): TargetAddress {
  const at = key.lastIndexOf(':');
  return { id: key.slice(0, at), port: Number(key.slice(at + 1)) };
}

/** A target that was named as a key: without a port, it has the one of its group. */
export const asked = (account: Account, group: string, { Id = '', Port }: TargetDescription): string =>
  keyOf({ id: Id, port: Port === undefined ? kindOfGroup(account, group).port : Number(Port) });

/** The targets of a group by address and port: what services put there, and what calls changed of that. */
export function targetsOf(account: Account, group: string): ReadonlyMap<string, TargetHealth> {
  const now = account.clock.now();
  const isIn = ({ targetGroup }: { readonly targetGroup: string }): boolean => targetGroup === group;
  const running = serviceTargets(account).filter(isIn);
  const leaving = leavingTargets(account).filter(isIn);
  const all = new Map<string, TargetHealth>([
    ...running.map((one) => [keyOf(one), one.healthy ? { State: 'healthy' as const } : INITIAL] as const),
    ...leaving.map((one) => [keyOf(one), DRAINING] as const),
  ]);
  for (const [key, change] of changes(account).get(group) ?? []) {
    if (leaving.some((each) => keyOf(each) === key)) continue;
    const health = healthAfter(account, key, change, now);
    if (health === undefined) all.delete(key);
    else all.set(key, health);
  }
  return all;
}

/** Undefined for what is no target any more. */
function healthAfter(account: Account, key: string, change: Change, now: number): TargetHealth | undefined {
  if (change.kind === 'deregistered') return now < change.until ? DRAINING : undefined;
  // ECS takes the target of a task out when it stops the task.
  const { taskArn } = change;
  const isServed = serviceTargets(account).some((each) => each.taskArn === taskArn);
  if (taskArn !== undefined && !isServed) return undefined;
  if (now < change.checkedAt) return INITIAL;
  const { id } = addressIn(key);
  return isServed || interfaces(account).some(({ privateIp }) => privateIp === id) ? { State: 'healthy' } : TIMEOUT;
}

/** Puts targets into a group; those that are in it already stay as they are. Throws AwsError ValidationError or InvalidTarget. */
export function register(account: Account, group: string, targets: readonly TargetDescription[]): void {
  for (const target of targets) refuseStrange(account, group, target);
  const there = targetsOf(account, group);
  const keys = targets.map((target) => asked(account, group, target));
  for (const key of keys.filter((each) => (there.get(each)?.State ?? 'draining') === 'draining')) {
    const checkedAt = account.clock.now() + secondsFor(account, 'targetHealth');
    const task = serviceTargets(account).find((each) => each.targetGroup === group && keyOf(each) === key);
    const change: Change = { kind: 'registered', checkedAt, ...(task === undefined ? {} : { taskArn: task.taskArn }) };
    changesOf(account, group).set(key, change);
  }
}

/** Takes targets out of a group, which goes on with the connections that there are for a while. Throws AwsError ValidationError. */
export function deregister(account: Account, group: string, targets: readonly TargetDescription[]): void {
  const there = targetsOf(account, group);
  // "If the specified target does not exist, the action returns successfully" (API reference).
  for (const key of targets.map((target) => asked(account, group, target))) {
    const state = there.get(key)?.State;
    if (state === undefined || state === 'draining') continue;
    const own = serviceTargets(account).find((each) => each.targetGroup === group && keyOf(each) === key);
    if (own?.registersAgain === true) {
      const checkedAt = account.clock.now() + secondsFor(account, 'targetHealth');
      changesOf(account, group).set(key, { kind: 'registered', checkedAt, taskArn: own.taskArn });
      continue;
    }
    changesOf(account, group).set(key, {
      kind: 'deregistered',
      until: account.clock.now() + DEREGISTRATION_DELAY * 1000,
    });
  }
}

function changesOf(account: Account, group: string): Map<string, Change> {
  const all = changes(account);
  const its = all.get(group) ?? new Map<string, Change>();
  all.set(group, its);
  return its;
}

function refuseStrange(account: Account, group: string, { Id = '' }: TargetDescription): void {
  if (kindOfGroup(account, group).type === 'instance') {
    if (hosts(account).some(({ ec2InstanceId }) => ec2InstanceId === Id)) return;
    throw new AwsError(
      'InvalidTarget',
      `The following targets are not in a running state and cannot be registered: '${Id}'`,
    );
  }
  if (!isIPv4(Id)) throw new AwsError('ValidationError', `The IP address '${Id}' is not a valid IPv4 address`);
  if (Id.startsWith('10.0.')) return;
  throw new AwsError('InvalidTarget', `The IP address '${Id}' is not in the VPC of the target group`);
}
