import type { AuthorizeSecurityGroupIngressRequest, AuthorizeSecurityGroupIngressResult } from '@aws-sdk/client-ec2';
import { type Account, AwsError, type Operation, operation } from '../../account.ts';
import { refuseDryRun } from './dryRun.ts';
import { groupAsked } from './groups.ts';
import { type AskedRule, isSame, rulesAsked } from './permissions.ts';
import { describedRule } from './rules.ts';
import { onGroup, tagging, tagsFrom } from './tagging.ts';
import { refuseOthers } from './unsupported.ts';
import { ec2Arn, type StoredGroup } from './vpc.ts';

/** "60 inbound and 60 outbound rules per security group" (VPC quotas). */
const MOST = 60;
const KNOWN = ['GroupId', 'IpPermissions', 'IpProtocol', 'FromPort', 'ToPort', 'CidrIp', 'TagSpecifications', 'DryRun'];

/** New rules of a group, in one direction: all of a call, or none. */
export const authorize = (isEgress: boolean): Operation => {
  const name = isEgress ? 'AuthorizeSecurityGroupEgress' : 'AuthorizeSecurityGroupIngress';
  return operation<AuthorizeSecurityGroupIngressRequest, AuthorizeSecurityGroupIngressResult>(
    (input, account) => [
      onGroup(account, `ec2:${name}`, input.GroupId),
      ...tagging(input.TagSpecifications, name, ec2Arn(account, 'security-group-rule/*')),
    ],
    (input, { account }) => {
      refuseDryRun(input);
      refuseOthers(input, KNOWN);
      const group = groupAsked(account, input);
      const asked = rulesAsked(account, input);
      if (asked === undefined || asked.length === 0) {
        throw new AwsError('MissingParameter', 'Either "ipPermissions" or a protocol and a range must be given.');
      }
      const tags = tagsFrom(input.TagSpecifications, 'security-group-rule');
      refuseRepeated(group, isEgress, asked);
      const made = asked.map((rule) => ({ ...rule, id: newRuleId(account), isEgress, tags }));
      group.rules = [...group.rules, ...made];
      return { Return: true, SecurityGroupRules: made.map((rule) => describedRule(account, group, rule)) };
    },
  );
};

const newRuleId = (account: Account): string => `sgr-${account.random.hex(17)}`;

/** Throws AwsError InvalidPermission.Duplicate or RulesPerSecurityGroupLimitExceeded. */
function refuseRepeated({ rules }: StoredGroup, isEgress: boolean, asked: readonly AskedRule[]): void {
  const there = rules.filter((rule) => rule.isEgress === isEgress);
  const again = asked.find((rule, at) => [...there, ...asked.slice(0, at)].some((other) => isSame(rule, other)));
  if (again !== undefined) {
    throw new AwsError('InvalidPermission.Duplicate', `the specified rule "${worded(again)}" already exists`);
  }
  if (there.length + asked.length <= MOST) return;
  throw new AwsError(
    'RulesPerSecurityGroupLimitExceeded',
    'The maximum number of rules per security group has been reached.',
  );
}

const worded = ({ peer, protocol, fromPort, toPort }: AskedRule): string =>
  protocol === '-1'
    ? `peer: ${peer.value}, ALL, ALLOW`
    : `peer: ${peer.value}, ${protocol.toUpperCase()}, from port: ${fromPort}, to port: ${toPort}, ALLOW`;
