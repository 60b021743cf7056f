import { expect } from 'vitest';
import { operationsByAttributes } from '../../sandbox/services/kubernetes/route.ts';
import type { ClusterPermission } from '../../shared/actions/clusterPermissions.ts';
import type { Action, Permission, Target } from '../../shared/actions/contract.ts';

/** What AWS asks IAM about with a call of another name, and which call that is; the trail has a service by its endpoint. */
const dependent: Readonly<Record<string, string>> = {
  'cloudwatch:GetMetricStatistics': 'monitoring:GetMetricStatistics',
  'ecs:TagResource': 'ecs:RegisterTaskDefinition',
  'iam:PassRole': 'ecs:RegisterTaskDefinition',
};

/** The call in which a permission is used. */
const callOf = (permission: string): string => dependent[permission] ?? permission;

/** The same of one that is for one call alone: what is made is tagged at once. */
export function callIn({ action, condition }: Permission): string {
  const made = condition?.['StringEquals']?.['ec2:CreateAction'];
  return made === undefined ? callOf(action) : `ec2:${made}`;
}

const names = (permissions: readonly Permission[]): Set<string> => new Set(permissions.map(({ action }) => action));

/** The calls to a cluster's API that it declares, as the trail names them. */
const inCluster = (some: readonly ClusterPermission[] = []): readonly string[] =>
  some.map(({ verb, group, resource }) => {
    const of = group === '' ? resource : `${group}/${resource}`;
    return `kubernetes:${operationsByAttributes[`${verb} ${of}`]}`;
  });

/** Fails when a command was sent that the action does not declare, or a changing one where only reads may be sent. */
export function expectPermitted(
  action: Action,
  target: Target,
  sent: readonly string[],
  how: 'reads only' | 'reads and changes' = 'reads and changes',
): void {
  const { read, write } = action.permissions(target);
  const its = action.inCluster;
  const allowed = new Set([
    ...names(how === 'reads only' ? read : [...read, ...write]),
    ...inCluster(its?.read),
    ...(how === 'reads only' ? [] : inCluster(its?.write)),
  ]);
  const asked = sent.map((call) => call.replace(/^monitoring:/, 'cloudwatch:'));
  expect([...new Set(asked)].filter((command) => !allowed.has(command))).toEqual([]);
}

/** Fails when the action declares a permission that a complete run had no use for. */
export function expectNoneUnused(action: Action, target: Target, sent: readonly string[]): void {
  const { read, write } = action.permissions(target);
  const declared = [...read, ...write].map(callIn);
  expect(declared.filter((command) => !sent.includes(command))).toEqual([]);
}

/** Fails when the action declares something of a cluster that none of its ways had a use for. */
export function expectNoneUnusedInCluster({ inCluster: its }: Action, sent: readonly string[]): void {
  expect([...inCluster(its?.read), ...inCluster(its?.write)].filter((call) => !sent.includes(call))).toEqual([]);
}
