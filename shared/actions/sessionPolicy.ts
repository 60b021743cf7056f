import { ActionFailed } from '../platform/errors.ts';
import type { Permission } from './contract.ts';

/** STS takes no longer session policy; a step that needs more has to be split. */
const sessionPolicyLimit = 2048;

/**
 * The session policy for one action on one target: compact JSON that allows these permissions and nothing else, actions
 * on the same resources in one statement. Throws ActionFailed above 2,048 characters.
 */
export function sessionPolicy(permissions: readonly Permission[]): string {
  const Statement = grantsByResources(permissions).map(({ actions, resources }) => ({
    Effect: 'Allow',
    Action: oneOrMany(actions),
    Resource: oneOrMany(resources),
  }));
  const policy = JSON.stringify({ Version: '2012-10-17', Statement });
  if (policy.length > sessionPolicyLimit) {
    throw new ActionFailed(
      `The session policy has ${policy.length} characters, and STS takes ${sessionPolicyLimit}: the step must be split`,
      { evidence: { actions: permissions.map(({ action }) => action) } },
    );
  }
  return policy;
}

export interface Grant {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** Permissions grouped so that actions which need exactly the same resources stand together; sorted, for a stable text. */
export function grantsByResources(permissions: readonly Permission[]): readonly Grant[] {
  const resourcesOf = new Map<string, Set<string>>();
  for (const { action, resource } of permissions) {
    resourcesOf.set(action, (resourcesOf.get(action) ?? new Set()).add(resource));
  }
  const grants = new Map<string, { readonly actions: string[]; readonly resources: readonly string[] }>();
  for (const action of [...resourcesOf.keys()].sort()) {
    const resources = [...(resourcesOf.get(action) ?? [])].sort();
    const key = resources.join('\n');
    const grant = grants.get(key) ?? { actions: [], resources };
    grant.actions.push(action);
    grants.set(key, grant);
  }
  return [...grants.values()];
}

const oneOrMany = (items: readonly string[]): string | readonly string[] =>
  items.length === 1 ? (items[0] ?? '') : items;
