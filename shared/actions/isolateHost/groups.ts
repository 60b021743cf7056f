import type { IpPermission, SecurityGroup } from '@aws-sdk/client-ec2';
import { failureOf, unlessRefused } from '../../account/awsFailure.ts';
import { readsWith } from '../../account/reads.ts';
import { ActionFailed, Throttled } from '../../platform/errors.ts';
import type { ActContext } from '../contract.ts';
import { isOurs, readOwnGroups } from './reads.ts';
import { cutTag, groupTag } from './types.ts';

type With = Pick<ActContext, 'aws'>;

/** Everything, from and to everywhere: the rules of an open group, one by one, because of several none is changed where one is missing. */
const everything: readonly IpPermission[] = [
  { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
  { IpProtocol: '-1', Ipv6Ranges: [{ CidrIpv6: '::/0' }] },
];

/**
 * The group of this name in a VPC: the one that is there, else a new one. A name is unique in its VPC, so that none is made twice; the list may
 * lag behind, the journal does not. Throws ActionFailed where somebody else has one of that name.
 */
export async function ownGroup(
  context: Pick<ActContext, 'aws' | 'journal'>,
  instance: string,
  vpc: string,
  name: string,
): Promise<SecurityGroup> {
  const isNamed = ({ VpcId, GroupName }: SecurityGroup): boolean => VpcId === vpc && GroupName === name;
  const found = (await readOwnGroups(readsWith(context.aws), instance)).find(isNamed);
  if (found !== undefined) {
    if (isOurs(found, instance)) return found;
    throw new ActionFailed(`A security group ${name} of ${vpc} is not ours: it has no tag ${groupTag}`);
  }
  const made = await context.journal.once(`${name} in ${vpc}`, () => create(context, instance, vpc, name));
  return { GroupId: String(made) };
}

/** Answers with its id. */
async function create({ aws }: With, instance: string, VpcId: string, GroupName: string): Promise<string> {
  const { client, CreateSecurityGroupCommand } = await aws.ec2();
  const Description = 'Made by Firebreak for a host that is cut off the network';
  const TagSpecifications = [{ ResourceType: 'security-group' as const, Tags: [{ Key: groupTag, Value: instance }] }];
  try {
    const asked = { GroupName, Description, VpcId, TagSpecifications };
    const { GroupId } = await client.send(new CreateSecurityGroupCommand(asked));
    if (GroupId === undefined) throw new ActionFailed('EC2 has answered without a security group');
    return GroupId;
  } catch (error) {
    if (failureOf(error)?.name !== 'InvalidGroup.Duplicate') throw error;
    throw new Throttled(`The list of security groups does not show ${GroupName} yet, which was made a moment ago`);
  }
}

/** A group as it is shown; undefined for one that was made a moment ago. */
async function shown({ aws }: With, id: string): Promise<SecurityGroup | undefined> {
  const { client, DescribeSecurityGroupsCommand } = await aws.ec2();
  try {
    return (await client.send(new DescribeSecurityGroupsCommand({ GroupIds: [id] }))).SecurityGroups?.[0];
  } catch (error) {
    if (failureOf(error)?.name !== 'InvalidGroup.NotFound') throw error;
    return undefined;
  }
}

const gone = ['InvalidPermission.NotFound'];

/**
 * Takes every rule out of a group of ours: what it shows, and what a new one and an open one have, whether they show or not. Verifying reads
 * back that none is left.
 */
export async function shut(context: With, id: string): Promise<void> {
  const { client, RevokeSecurityGroupEgressCommand, RevokeSecurityGroupIngressCommand } = await context.aws.ec2();
  const { IpPermissions = [], IpPermissionsEgress = [] } = (await shown(context, id)) ?? {};
  for (const one of [...IpPermissions, ...everything]) {
    const asked = { GroupId: id, IpPermissions: [one] };
    await unlessRefused(gone, () => client.send(new RevokeSecurityGroupIngressCommand(asked)));
  }
  for (const one of [...IpPermissionsEgress, ...everything]) {
    const asked = { GroupId: id, IpPermissions: [one] };
    await unlessRefused(gone, () => client.send(new RevokeSecurityGroupEgressCommand(asked)));
  }
}

const there = ['InvalidPermission.Duplicate'];

/** Lets everything in and out of a group of ours, in which nothing is yet. */
export async function openUp({ aws }: With, id: string): Promise<void> {
  const { client, AuthorizeSecurityGroupEgressCommand, AuthorizeSecurityGroupIngressCommand } = await aws.ec2();
  for (const one of everything) {
    const asked = { GroupId: id, IpPermissions: [one] };
    await unlessRefused(there, () => client.send(new AuthorizeSecurityGroupIngressCommand(asked)));
    await unlessRefused(there, () => client.send(new AuthorizeSecurityGroupEgressCommand(asked)));
  }
}

/** Says on the group itself that what was open has been ended: whoever comes back after a crash knows it, and so does who reads back. */
export async function noteCut(
  { aws, clock }: Pick<ActContext, 'aws' | 'clock'>,
  ids: readonly string[],
): Promise<void> {
  const { client, CreateTagsCommand } = await aws.ec2();
  const Tags = [{ Key: cutTag, Value: clock.now().toISOString() }];
  await client.send(new CreateTagsCommand({ Resources: [...ids], Tags }));
}

/** Away with a group in which nothing is any more: first with its rules, in case EC2 does not let go of it yet. Whether it is gone. */
export async function discard(context: With, id: string): Promise<boolean> {
  const { client, DeleteSecurityGroupCommand } = await context.aws.ec2();
  await tried(() => shut(context, id));
  return tried(() =>
    unlessRefused(['InvalidGroup.NotFound'], () => client.send(new DeleteSecurityGroupCommand({ GroupId: id }))),
  );
}

/** What AWS refuses or does not answer is left at that. Whether it was done. */
export async function tried(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (failureOf(error) === null && !(error instanceof Throttled)) throw error;
    return false;
  }
}
