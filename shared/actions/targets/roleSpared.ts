import { shortList } from '../../account/shortList.ts';
import type { RoleTarget } from './roleTarget.ts';
import type { RoleUse } from './roleUse.ts';

/** Roles that nobody may cut off or limit by a rule, by their names; the reason, or null. */
export function neverTouched({ id, arn }: RoleTarget): string | null {
  if (/^firebreak-/i.test(id))
    return `${id} has the name of a role of Firebreak itself, which nothing touches: where it is none, deal with it by hand`;
  if (/break-?glass/i.test(id)) return `${id} is a break-glass role by its name: whoever needs it, needs it now`;
  if (arn.includes(':role/aws-service-role/') || id.startsWith('AWSServiceRoleFor'))
    return `${id} is linked to a service of AWS, and only that may change it`;
  if (arn.includes(':role/aws-reserved/') || id.startsWith('AWSReservedSSO_'))
    return `${id} belongs to IAM Identity Center, which alone may change it: end its sessions there`;
  return null;
}

/**
 * Why a role is left as it is, for all that is done about what was taken of it: it is never touched, nobody knows who else uses it, what is accused only
 * says that it has it, or more others than the rule allows would lose by it. Null where nothing spares it. Pure.
 * @param loses what becomes of those others: `lose their credentials`
 */
export function sparedFor(
  target: RoleTarget,
  { others, unread, letIn }: Pick<RoleUse, 'others' | 'unread' | 'letIn'>,
  maxOtherUsers: number,
  loses: string,
): string | null {
  const { id } = target;
  const never = neverTouched(target);
  if (never !== null) return never;
  if (unread.length > 0) return `who else uses role ${id} cannot be told: ${shortList(unread)} could not be read`;
  if (!letIn) {
    return `what is accused says that it has role ${id}, and neither that role nor an association of EKS lets it in: its users would ${loses} for a text that whoever deploys there can write`;
  }
  return others.length > maxOtherUsers
    ? `role ${id} is also used by ${shortList(others)}, and the rule lets ${maxOtherUsers} of them ${loses} (maxOtherUsers)`
    : null;
}
