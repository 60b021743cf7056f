import type { ListTargetsByRuleRequest, ListTargetsByRuleResponse } from '@aws-sdk/client-eventbridge';
import { operation } from '../../../account.ts';
import { ruleNamed } from '../rules.ts';
import { onDefaultBus, onRule } from './onRule.ts';
import { pageOf } from './page.ts';
import { shownTarget } from './shown.ts';

export const listTargetsByRule = operation<ListTargetsByRuleRequest, ListTargetsByRuleResponse>(
  onRule('ListTargetsByRule'),
  (input, { account }) => {
    onDefaultBus(input.EventBusName);
    const { items, next } = pageOf(ruleNamed(account, input.Rule ?? '').targets, input);
    return { Targets: items.map(shownTarget), ...next };
  },
);
