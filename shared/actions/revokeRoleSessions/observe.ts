import type { ReadContext } from '../contract.ts';
import { readRole } from '../targets/readRole.ts';
import type { RoleTarget } from '../targets/roleTarget.ts';
import { type RoleUse, readRoleUse } from '../targets/roleUse.ts';
import { documentOf } from './deny.ts';
import { charactersIn, readDeny, readOthersSize } from './role.ts';

/** What `iam.revoke-role-sessions` reads of its target. */
export type Observed = RoleUse & {
  /** What lies under our policy's name. */
  readonly policy: 'none' | 'ours' | 'other';
  /** Characters that the role's inline policies would have together. */
  readonly size: number;
};

/** Reads the role, its inline policies, and who uses it. @throws TargetGone, ActionFailed, Throttled */
export async function observeRole(target: RoleTarget, _params: object, context: ReadContext): Promise<Observed> {
  const role = await readRole(target, context);
  const deny = await readDeny(target, context);
  const size =
    (await readOthersSize(target, context)) + charactersIn(documentOf({ cutOff: sampleTime, mark: sampleMark }));
  const use = await readRoleUse(target, role, context);
  return { policy: typeof deny === 'string' ? deny : 'ours', size, ...use };
}

/** Every cut-off and mark has as many characters. */
const sampleTime = '2026-01-01T00:00:00Z';
const sampleMark = '0123456789abcdef';
