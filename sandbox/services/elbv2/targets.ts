import { isIPv4 } from 'node:net';
import type { TargetDescription, TargetHealth } from '@aws-sdk/client-elastic-load-balancing-v2';
import { type Account, AwsError, slice } from '../../account.ts';
import { interfaces } from '../ec2/interfaces.ts';
import { leavingTargets, serviceTargets } from '../ecs/targets.ts';
import { secondsFor } from '../ecs/timing.ts';

/** "The default is 300 seconds" (Application Load Balancers, deregistration delay). */
const DELAY = 300_000;

/** What somebody did to a target by a call. Times are milliseconds since the epoch. */
type Change =
  | { readonly kind: 'registered'; readonly checkedAt: number; readonly taskArn?: string }
  /** It drains until then, and is no target afterwards. */
  | { readonly kind: 'deregistered'; readonly until: number };

/** By name of the target group and address. */
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

/** The targets of a group by address: what services put there, and what calls changed of that. */
export function targetsOf(account: Account, group: string): ReadonlyMap<string, TargetHealth> {
  const now = account.clock.now();
  const isIn = ({ targetGroup }: { readonly targetGroup: string }): boolean => targetGroup === group;
  const running = serviceTargets(account).filter(isIn);
  const leaving = leavingTargets(account).filter(isIn);
  const all = new Map<string, TargetHealth>([
    ...running.map(({ ip, healthy }) => [ip, healthy ? { State: 'healthy' as const } : INITIAL] as const),
    ...leaving.map(({ ip }) => [ip, DRAINING] as const),
  ]);
  for (const [ip, change] of changes(account).get(group) ?? []) {
    if (leaving.some((each) => each.ip === ip)) continue;
    const health = healthAfter(account, ip, change, now);
    if (health === undefined) all.delete(ip);
    else all.set(ip, health);
  }
  return all;
}

/** Undefined for what is no target any more. */
function healthAfter(account: Account, ip: string, change: Change, now: number): TargetHealth | undefined {
  if (change.kind === 'deregistered') return now < change.until ? DRAINING : undefined;
  // ECS takes the target of a task out when it stops the task.
  const { taskArn } = change;
  if (taskArn !== undefined && !serviceTargets(account).some((each) => each.taskArn === taskArn)) return undefined;
  if (now < change.checkedAt) return INITIAL;
  return interfaces(account).some(({ privateIp }) => privateIp === ip) ? { State: 'healthy' } : TIMEOUT;
}

/** Puts addresses into a group; those that are in it already stay as they are. Throws AwsError ValidationError or InvalidTarget. */
export function register(account: Account, group: string, targets: readonly TargetDescription[]): void {
  const ips = targets.map(addressOf);
  const there = targetsOf(account, group);
  for (const ip of ips.filter((each) => (there.get(each)?.State ?? 'draining') === 'draining')) {
    const checkedAt = account.clock.now() + secondsFor(account, 'targetHealth');
    const task = serviceTargets(account).find((each) => each.targetGroup === group && each.ip === ip);
    const change: Change = { kind: 'registered', checkedAt, ...(task === undefined ? {} : { taskArn: task.taskArn }) };
    changesOf(account, group).set(ip, change);
  }
}

/** Takes addresses out of a group, which goes on with the connections that there are for a while. Throws AwsError ValidationError. */
export function deregister(account: Account, group: string, targets: readonly TargetDescription[]): void {
  const there = targetsOf(account, group);
  // "If the specified target does not exist, the action returns successfully" (API reference).
  for (const ip of targets.map(({ Id = '' }) => Id)) {
    const state = there.get(ip)?.State;
    if (state === undefined || state === 'draining') continue;
    changesOf(account, group).set(ip, { kind: 'deregistered', until: account.clock.now() + DELAY });
  }
}

function changesOf(account: Account, group: string): Map<string, Change> {
  const all = changes(account);
  const its = all.get(group) ?? new Map<string, Change>();
  all.set(group, its);
  return its;
}

function addressOf({ Id = '' }: TargetDescription): string {
  if (!isIPv4(Id)) throw new AwsError('ValidationError', `The IP address '${Id}' is not a valid IPv4 address`);
  if (Id.startsWith('10.0.')) return Id;
  throw new AwsError('InvalidTarget', `The IP address '${Id}' is not in the VPC of the target group`);
}
