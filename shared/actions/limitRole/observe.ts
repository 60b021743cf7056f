import type { ReadContext } from '../contract.ts';
import { readRole } from '../targets/readRole.ts';
import type { RoleTarget } from '../targets/roleTarget.ts';
import { readRoleUse } from '../targets/roleUse.ts';
import { boundaryArn, readBoundary } from './boundary.ts';
import type { Observed, Params } from './types.ts';

/** Reads the role, the policy that the rule names, and who uses the role. @throws TargetGone, ActionFailed, Throttled */
export async function observeLimit(
  target: RoleTarget,
  { boundary: name }: Params,
  context: ReadContext,
): Promise<Observed> {
  const role = await readRole(target, context);
  const policy = await readBoundary(boundaryArn(target, name), context);
  const use = await readRoleUse(target, role, context);
  const boundary = role.PermissionsBoundary?.PermissionsBoundaryArn ?? null;
  return {
    ...use,
    boundary,
    version: policy?.version ?? null,
    limits: policy?.limits === 'something',
    seen: [
      ...use.seen,
      `role ${target.id} has ${boundary === null ? 'no permissions boundary' : `the boundary ${boundary}`}`,
    ],
  };
}
