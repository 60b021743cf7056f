import type { RevokeSecurityGroupIngressRequest, RevokeSecurityGroupIngressResult } from '@aws-sdk/client-ec2';
import { type Account, AwsError, type Operation, operation } from '../../account.ts';
import { refuseDryRun } from './dryRun.ts';
import { groupAsked } from './groups.ts';
import { isSame, rulesAsked } from './permissions.ts';
import { revokedRule } from './rules.ts';
import { onGroup } from './tagging.ts';
import { refuseOthers } from './unsupported.ts';
import type { StoredGroup, StoredRule } from './vpc.ts';

const KNOWN = [
  'GroupId',
  'IpPermissions',
  'IpProtocol',
  'FromPort',
  'ToPort',
  'CidrIp',
  'SecurityGroupRuleIds',
  'DryRun',
];

/**
 * Takes rules of a group away, in one direction, by their ids or by what they say: "for a non-default VPC, if the values you specify do
 * not match the existing rule's values, an InvalidPermission.NotFound client error is returned, and no rules are revoked" (API reference).
 */
export const revoke = (isEgress: boolean): Operation =>
  operation<RevokeSecurityGroupIngressRequest, RevokeSecurityGroupIngressResult>(
    (input, account) => [
      onGroup(account, isEgress ? 'ec2:RevokeSecurityGroupEgress' : 'ec2:RevokeSecurityGroupIngress', input.GroupId),
    ],
    (input, { account }) => {
      refuseDryRun(input);
      refuseOthers(input, KNOWN);
      const group = groupAsked(account, input);
      const gone = found(account, group, isEgress, input);
      group.rules = group.rules.filter((rule) => !gone.includes(rule));
      return { Return: true, RevokedSecurityGroupRules: gone.map((rule) => revokedRule(group, rule)) };
    },
  );

function found(
  account: Account,
  { rules }: StoredGroup,
  isEgress: boolean,
  input: RevokeSecurityGroupIngressRequest,
): readonly StoredRule[] {
  const there = rules.filter((rule) => rule.isEgress === isEgress);
  const { SecurityGroupRuleIds: ids } = input;
  if (ids !== undefined) {
    return ids.map(
      (asked) =>
        there.find(({ id }) => id === asked) ??
        missing('InvalidSecurityGroupRuleId.NotFound', `The security group rule ID '${asked}' does not exist`),
    );
  }
  const asked = rulesAsked(account, input) ?? [];
  if (asked.length === 0) {
    missing('MissingParameter', 'Either "ipPermissions" or "securityGroupRuleIds" should be provided.');
  }
  return asked.map(
    (rule) =>
      there.find((other) => isSame(rule, other)) ??
      missing('InvalidPermission.NotFound', 'The specified rule does not exist in this security group.'),
  );
}

function missing(code: string, message: string): never {
  throw new AwsError(code, message);
}
