import type { NetworkInterface, SecurityGroup, SecurityGroupRule } from '@aws-sdk/client-ec2';
import { namedFailure } from '../../account/awsFailure.ts';
import { everyPage, readsWith } from '../../account/reads.ts';
import { ActionFailed, TargetGone } from '../../platform/errors.ts';
import type { ReadContext, Target } from '../contract.ts';

export type GroupTarget = Target<'security-group'>;

const shape = /^arn:(aws(?:-[a-z]+)*):ec2:([a-z0-9-]+):(\d{12}):security-group\/(sg-[0-9a-f]{8,17})$/;

/** A target comes from an event, and a `*` in it would widen the policy. Throws ActionFailed for what is no ARN of the target. */
function placeOf({ arn, account, region, id }: GroupTarget): string {
  const [, partition, ofRegion, ofAccount, ofId] = shape.exec(arn) ?? [];
  if (partition !== undefined && ofRegion === region && ofAccount === account && ofId === id) {
    return `arn:${partition}:ec2:${region}:${account}`;
  }
  throw new ActionFailed('The security group has no valid ARN, so no permission is given for it', {
    evidence: { arn, id },
  });
}

/** Grants on one group. */
export const onGroup = (target: GroupTarget, ...actions: readonly string[]) => {
  const place = placeOf(target);
  return actions.map((action) => ({ action, resource: `${place}:security-group/${target.id}` }));
};

/** A rule has no id before it is made, so that its tags are granted for any, and for the call alone that makes it. */
export const tagsNewRules = (target: GroupTarget) => ({
  action: 'ec2:CreateTags',
  resource: `${placeOf(target)}:security-group-rule/*`,
  why: 'The rule that is made again has no id yet; the condition bounds it to the call that makes it',
  condition: { StringEquals: { 'ec2:CreateAction': 'AuthorizeSecurityGroupIngress' } },
});

/** A group with its name and tags. @throws TargetGone when it is not there, ActionFailed or Throttled when it cannot be read */
export async function readGroup({ id }: GroupTarget, context: ReadContext): Promise<SecurityGroup> {
  const read = readsWith(context.aws);
  try {
    const { client, DescribeSecurityGroupsCommand } = await read.aws.ec2();
    const { SecurityGroups = [] } = await client.send(new DescribeSecurityGroupsCommand({ GroupIds: [id] }), read.call);
    const found = SecurityGroups.find(({ GroupId }) => GroupId === id);
    if (found === undefined) throw new TargetGone(`${id} is not there any more`);
    return found;
  } catch (error) {
    throw namedFailure(error, `Reading security group ${id}`);
  }
}

/** What may come in, each rule by itself. @throws ActionFailed or Throttled */
export async function readIngress({ id }: GroupTarget, context: ReadContext): Promise<readonly SecurityGroupRule[]> {
  const read = readsWith(context.aws);
  const Filters = [{ Name: 'group-id', Values: [id] }];
  try {
    const { client, DescribeSecurityGroupRulesCommand } = await read.aws.ec2();
    const pages = await everyPage(
      (NextToken) =>
        client.send(new DescribeSecurityGroupRulesCommand({ Filters, MaxResults: 1000, NextToken }), read.call),
      ({ NextToken }) => NextToken,
    );
    return pages
      .flatMap(({ SecurityGroupRules = [] }) => SecurityGroupRules)
      .filter(({ IsEgress }) => IsEgress !== true);
  } catch (error) {
    throw namedFailure(error, `Reading the rules of security group ${id}`);
  }
}

/** The network interfaces that are in the group. @throws ActionFailed or Throttled */
export async function readInterfaces({ id }: GroupTarget, context: ReadContext): Promise<readonly NetworkInterface[]> {
  const read = readsWith(context.aws);
  const Filters = [{ Name: 'group-id', Values: [id] }];
  try {
    const { client, DescribeNetworkInterfacesCommand } = await read.aws.ec2();
    const pages = await everyPage(
      (NextToken) =>
        client.send(new DescribeNetworkInterfacesCommand({ Filters, MaxResults: 1000, NextToken }), read.call),
      ({ NextToken }) => NextToken,
    );
    return pages.flatMap(({ NetworkInterfaces = [] }) => NetworkInterfaces);
  } catch (error) {
    throw namedFailure(error, `Reading what is in security group ${id}`);
  }
}
