import type { DescribeRuleRequest, DescribeRuleResponse } from '@aws-sdk/client-eventbridge';
import { operation } from '../../../account.ts';
import { ruleNamed } from '../rules.ts';
import { onDefaultBus, onRule } from './onRule.ts';
import { shown } from './shown.ts';

export const describeRule = operation<DescribeRuleRequest, DescribeRuleResponse>(
  onRule('DescribeRule'),
  (input, { account }) => {
    onDefaultBus(input.EventBusName);
    return { ...shown(ruleNamed(account, input.Name ?? '')), CreatedBy: account.id };
  },
);
