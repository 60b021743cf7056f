import type { IpPermission, SecurityGroup } from '@aws-sdk/client-ec2';
import { failureOf } from '../../account/awsFailure.ts';
import { readsWith } from '../../account/reads.ts';
import { ActionFailed, Throttled } from '../../platform/errors.ts';
import type { ActContext } from '../contract.ts';
import { isOurs, readOwnGroups, rulesOf } from './reads.ts';
import { cutTag, groupTag } from './types.ts';

type With = Pick<ActContext, 'aws'>;

/** Runs a call; what AWS refuses with one of these names is as good as done. */
async function unless(names: readonly string[], call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!names.includes(failureOf(error)?.name ?? '')) throw error;
  }
}

/** Another that was made a moment ago: the list will show it. */
const beingMade = (name: string): Throttled => new Throttled(`The list of security groups does not show ${name} yet`);

async function groupWithId({ aws }: With, id: string): Promise<SecurityGroup> {
  const { client, DescribeSecurityGroupsCommand } = await aws.ec2();
  try {
    const { SecurityGroups: [found] = [] } = await client.send(new DescribeSecurityGroupsCommand({ GroupIds: [id] }));
    if (found !== undefined) return found;
  } catch (error) {
    if (failureOf(error)?.name !== 'InvalidGroup.NotFound') throw error;
  }
  throw beingMade(id);
}

/**
 * The group of this name in a VPC: the one that is there, else a new one. A name is unique in its VPC, so that none is made twice. Throws
 * ActionFailed where somebody else has one of that name.
 */
export async function ownGroup(context: With, instance: string, vpc: string, name: string): Promise<SecurityGroup> {
  const isNamed = ({ VpcId, GroupName }: SecurityGroup): boolean => VpcId === vpc && GroupName === name;
  const found = (await readOwnGroups(readsWith(context.aws), instance)).find(isNamed);
  if (found !== undefined) {
    if (isOurs(found, instance)) return found;
    throw new ActionFailed(`A security group ${name} of ${vpc} is not ours: it has no tag ${groupTag}`);
  }
  const { client, CreateSecurityGroupCommand } = await context.aws.ec2();
  const Tags = [{ Key: groupTag, Value: instance }];
  try {
    const { GroupId = '' } = await client.send(
      new CreateSecurityGroupCommand({
        GroupName: name,
        Description: 'Made by Firebreak for a host that is cut off the network',
        VpcId: vpc,
        TagSpecifications: [{ ResourceType: 'security-group', Tags }],
      }),
    );
    return groupWithId(context, GroupId);
  } catch (error) {
    if (failureOf(error)?.name === 'InvalidGroup.Duplicate') throw beingMade(name);
    throw error;
  }
}

const gone = ['InvalidPermission.NotFound'];

/** Takes every rule out of a group of ours, and reads that back: a new one lets everything out. */
export async function shut(context: With, id: string): Promise<void> {
  const { client, RevokeSecurityGroupEgressCommand, RevokeSecurityGroupIngressCommand } = await context.aws.ec2();
  const { IpPermissions = [], IpPermissionsEgress = [] } = await groupWithId(context, id);
  if (IpPermissions.length > 0) {
    const asked = { GroupId: id, IpPermissions };
    await unless(gone, () => client.send(new RevokeSecurityGroupIngressCommand(asked)));
  }
  if (IpPermissionsEgress.length > 0) {
    const asked = { GroupId: id, IpPermissions: IpPermissionsEgress };
    await unless(gone, () => client.send(new RevokeSecurityGroupEgressCommand(asked)));
  }
  if (IpPermissions.length + IpPermissionsEgress.length === 0) return;
  if (rulesOf(await groupWithId(context, id)) > 0) throw new Throttled(`Security group ${id} still shows a rule`);
}

const everywhere = [{ CidrIp: '0.0.0.0/0' }, { CidrIpv6: '::/0' }] as const;

/** What a direction lacks of "everything, from and to everywhere": a rule that is there already is refused. */
function lacking(there: readonly IpPermission[]): IpPermission[] {
  const all = there.filter(({ IpProtocol }) => IpProtocol === '-1');
  const v4 = all.some(({ IpRanges = [] }) => IpRanges.some(({ CidrIp }) => CidrIp === everywhere[0].CidrIp));
  const v6 = all.some(({ Ipv6Ranges = [] }) => Ipv6Ranges.some(({ CidrIpv6 }) => CidrIpv6 === everywhere[1].CidrIpv6));
  return [
    ...(v4 ? [] : [{ IpProtocol: '-1', IpRanges: [everywhere[0]] }]),
    ...(v6 ? [] : [{ IpProtocol: '-1', Ipv6Ranges: [everywhere[1]] }]),
  ];
}

const there = ['InvalidPermission.Duplicate'];

/** Lets everything in and out of a group of ours, in which nothing is yet. */
export async function openUp(context: With, group: SecurityGroup): Promise<void> {
  const { client, AuthorizeSecurityGroupEgressCommand, AuthorizeSecurityGroupIngressCommand } = await context.aws.ec2();
  const { GroupId = '', IpPermissions = [], IpPermissionsEgress = [] } = group;
  for (const IpPermission of lacking(IpPermissions)) {
    const asked = { GroupId, IpPermissions: [IpPermission] };
    await unless(there, () => client.send(new AuthorizeSecurityGroupIngressCommand(asked)));
  }
  for (const IpPermission of lacking(IpPermissionsEgress)) {
    const asked = { GroupId, IpPermissions: [IpPermission] };
    await unless(there, () => client.send(new AuthorizeSecurityGroupEgressCommand(asked)));
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
    unless(['InvalidGroup.NotFound'], () => client.send(new DeleteSecurityGroupCommand({ GroupId: id }))),
  );
}

/** What AWS refuses or does not answer is left at that. */
async function tried(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (failureOf(error) === null && !(error instanceof Throttled)) throw error;
    return false;
  }
}
