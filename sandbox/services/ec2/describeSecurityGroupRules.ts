import type { DescribeSecurityGroupRulesRequest, DescribeSecurityGroupRulesResult } from '@aws-sdk/client-ec2';
import { operation } from '../../account.ts';
import { refuseDryRun } from './dryRun.ts';
import { matcherOf } from './filters.ts';
import { named } from './ids.ts';
import { page } from './page.ts';
import { describedRule } from './rules.ts';
import { type StoredGroup, type StoredRule, securityGroups } from './vpc.ts';

interface OfGroup {
  readonly group: StoredGroup;
  readonly rule: StoredRule;
}

const kind = { code: 'InvalidSecurityGroupRuleId', noun: 'security group rule', prefix: 'sgr' };

/** Of all groups, each with an id of its own. IAM does not scope it. */
export const describeSecurityGroupRules = operation<
  DescribeSecurityGroupRulesRequest,
  DescribeSecurityGroupRulesResult
>(
  () => [{ action: 'ec2:DescribeSecurityGroupRules', resource: '*' }],
  (input, { account }) => {
    refuseDryRun(input);
    const { SecurityGroupRuleIds: ids } = input;
    const isWanted = matcherOf<OfGroup>(
      input.Filters ?? [],
      { 'group-id': ({ group }) => group.id, 'security-group-rule-id': ({ rule }) => rule.id },
      ({ rule }) => rule.tags,
    );
    const all = [...securityGroups(account).values()].flatMap((group) => group.rules.map((rule) => ({ group, rule })));
    const found = (ids === undefined ? all : named(all, ids, ({ rule }) => rule.id, kind)).filter(isWanted);
    const { items, rest } = page(found, input, ids && 'SecurityGroupRuleIds');
    return { SecurityGroupRules: items.map(({ group, rule }) => describedRule(account, group, rule)), ...rest };
  },
);
