import { failureOf, namedFailure } from '../../account/awsFailure.ts';
import { everyPage, type Reads, readsWith } from '../../account/reads.ts';
import type { ReadContext } from '../contract.ts';
import { readRole } from '../targets/readRole.ts';
import type { RoleTarget } from '../targets/roleTarget.ts';
import { type Deny, denyIn, policyName } from './deny.ts';

/** What lies under our policy's name: nothing, ours, or what somebody else has put there. */
export type Found = Deny | 'none' | 'other';

/** IAM answers in the same way for a role and for a policy that is not there: then the role is asked for. @throws TargetGone */
export async function readDeny(target: RoleTarget, context: ReadContext): Promise<Found> {
  try {
    return denyIn(await policyText(readsWith(context.aws), target.id, policyName)) ?? 'other';
  } catch (error) {
    if (failureOf(error)?.kind !== 'gone')
      throw namedFailure(error, `Reading policy ${policyName} of role ${target.id}`);
    await readRole(target, context);
    return 'none';
  }
}

async function policyText(read: Reads, RoleName: string, PolicyName: string): Promise<string> {
  const { client, GetRolePolicyCommand } = await read.aws.iam();
  const { PolicyDocument = '' } = await client.send(new GetRolePolicyCommand({ RoleName, PolicyName }), read.call);
  return decodeURIComponent(PolicyDocument);
}

/** Without white space, which IAM does not count. */
export const charactersIn = (document: string): number => document.replaceAll(/\s/g, '').length;

/** How many characters the role's other inline policies have together. One that went away meanwhile has none. */
export async function readOthersSize(target: RoleTarget, context: ReadContext): Promise<number> {
  const read = readsWith(context.aws);
  try {
    const { client, ListRolePoliciesCommand } = await read.aws.iam();
    const pages = await everyPage(
      (Marker) => client.send(new ListRolePoliciesCommand({ RoleName: target.id, Marker }), read.call),
      (page) => page.Marker,
    );
    let size = 0;
    for (const name of pages.flatMap((page) => page.PolicyNames ?? [])) {
      if (name !== policyName) size += charactersIn(await unlessGone(policyText(read, target.id, name)));
    }
    return size;
  } catch (error) {
    throw namedFailure(error, `Reading the policies of role ${target.id}`);
  }
}

async function unlessGone(text: Promise<string>): Promise<string> {
  try {
    return await text;
  } catch (error) {
    if (failureOf(error)?.kind === 'gone') return '';
    throw error;
  }
}
