import { ActionFailed } from '../platform/errors.ts';
import type { Permission } from './contract.ts';

/** STS takes no longer session policy; a step that needs more has to be split. */
const sessionPolicyLimit = 2048;

/**
 * The session policy for one action on one target: compact JSON that allows these permissions and nothing else, actions
 * on the same resources in one statement; of none, one that allows nothing. Throws ActionFailed above 2,048 characters.
 */
export function sessionPolicy(permissions: readonly Permission[]): string {
  const policy = policyText(permissions);
  if (policy.length > sessionPolicyLimit) {
    throw new ActionFailed(
      `The session policy has ${policy.length} characters, and STS takes ${sessionPolicyLimit}: the step must be split`,
      { evidence: { actions: permissions.map(({ action }) => action) } },
    );
  }
  return policy;
}

/** Whether a session policy holds them all. */
export const fitsSession = (permissions: readonly Permission[]): boolean =>
  policyText(permissions).length <= sessionPolicyLimit;

function policyText(permissions: readonly Permission[]): string {
  const Statement = grantsByResources(permissions).map(({ actions, resources, condition }) => ({
    Effect: 'Allow',
    Action: oneOrMany(actions),
    Resource: oneOrMany(resources),
    ...(condition === undefined ? {} : { Condition: condition }),
  }));
  // A policy needs a statement; without a policy, a session may do all that its role may.
  const nothing = { Effect: 'Deny', Action: '*', Resource: '*' };
  return JSON.stringify({ Version: '2012-10-17', Statement: Statement.length === 0 ? [nothing] : Statement });
}

export interface Grant {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: Permission['condition'];
}

/**
 * Permissions grouped so that actions which need exactly the same resources, under the same condition, stand together; sorted,
 * for a stable text.
 */
export function grantsByResources(permissions: readonly Permission[]): readonly Grant[] {
  const byAction = new Map<
    string,
    { readonly action: string; condition: Permission['condition']; resources: Set<string> }
  >();
  for (const { action, resource, condition } of permissions) {
    const key = `${action} ${JSON.stringify(condition ?? null)}`;
    const known = byAction.get(key) ?? { action, condition, resources: new Set() };
    known.resources.add(resource);
    byAction.set(key, known);
  }
  const grants = new Map<string, Grant & { readonly actions: string[] }>();
  for (const [, { action, condition, resources: some }] of [...byAction].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const resources = [...some].sort();
    const key = [JSON.stringify(condition ?? null), ...resources].join('\n');
    const grant = grants.get(key) ?? { actions: [], resources, ...(condition === undefined ? {} : { condition }) };
    grant.actions.push(action);
    grants.set(key, grant);
  }
  return [...grants.values()];
}

const oneOrMany = (items: readonly string[]): string | readonly string[] =>
  items.length === 1 ? (items[0] ?? '') : items;
