import type { IpPermission, RevokedSecurityGroupRule, SecurityGroupRule } from '@aws-sdk/client-ec2';
import type { Account } from '../../account.ts';
import { shown } from './tagging.ts';
import { ec2Arn, type Peer, type StoredGroup, type StoredRule, VPC } from './vpc.ts';

const common = (group: StoredGroup, { id, isEgress, protocol, fromPort, toPort, description }: StoredRule) => ({
  SecurityGroupRuleId: id,
  GroupId: group.id,
  IsEgress: isEgress,
  IpProtocol: protocol,
  FromPort: fromPort,
  ToPort: toPort,
  ...(description === undefined ? {} : { Description: description }),
});

/** A rule as DescribeSecurityGroupRules and the calls that make one show it. */
export const describedRule = (account: Account, group: StoredGroup, rule: StoredRule): SecurityGroupRule => ({
  ...common(group, rule),
  GroupOwnerId: account.id,
  ...peerOf(rule.peer, (GroupId) => ({ ReferencedGroupInfo: { GroupId, UserId: account.id, VpcId: VPC } })),
  Tags: shown(rule.tags),
  SecurityGroupRuleArn: ec2Arn(account, `security-group-rule/${rule.id}`),
});

/** A rule as the calls that take one away show it. */
export const revokedRule = (group: StoredGroup, rule: StoredRule): RevokedSecurityGroupRule => ({
  ...common(group, rule),
  ...peerOf(rule.peer, (ReferencedGroupId) => ({ ReferencedGroupId })),
});

const peerOf = <T extends object>({ kind, value }: Peer, group: (id: string) => T) =>
  kind === 'GroupId' ? group(value) : { [kind]: value };

/** Rules as DescribeSecurityGroups shows them: those of one protocol and range together. */
export function permissionsOf(account: Account, rules: readonly StoredRule[]): IpPermission[] {
  const isTogether = (one: StoredRule, other: StoredRule): boolean =>
    one.protocol === other.protocol && one.fromPort === other.fromPort && one.toPort === other.toPort;
  return rules
    .filter((rule, at) => rules.findIndex((other) => isTogether(rule, other)) === at)
    .map((first) =>
      permission(
        account,
        first,
        rules.filter((other) => isTogether(first, other)),
      ),
    );
}

function permission({ id }: Account, first: StoredRule, some: readonly StoredRule[]): IpPermission {
  const of = <T>(kind: Peer['kind'], show: (value: string) => T) =>
    some
      .filter(({ peer }) => peer.kind === kind)
      .map(({ peer, description }) => ({
        ...show(peer.value),
        ...(description === undefined ? {} : { Description: description }),
      }));
  return {
    IpProtocol: first.protocol,
    ...(first.protocol === '-1' ? {} : { FromPort: first.fromPort, ToPort: first.toPort }),
    IpRanges: of('CidrIpv4', (CidrIp) => ({ CidrIp })),
    Ipv6Ranges: of('CidrIpv6', (CidrIpv6) => ({ CidrIpv6 })),
    PrefixListIds: of('PrefixListId', (PrefixListId) => ({ PrefixListId })),
    UserIdGroupPairs: of('GroupId', (GroupId) => ({ GroupId, UserId: id })),
  };
}
