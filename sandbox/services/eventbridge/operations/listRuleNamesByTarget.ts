import type { ListRuleNamesByTargetRequest, ListRuleNamesByTargetResponse } from '@aws-sdk/client-eventbridge';
import { operation } from '../../../account.ts';
import { eventsState } from '../state.ts';
import { onDefaultBus } from './onRule.ts';
import { pageOf } from './page.ts';

/** Names of the rules that have this target, sorted; IAM does not scope it. */
export const listRuleNamesByTarget = operation<ListRuleNamesByTargetRequest, ListRuleNamesByTargetResponse>(
  () => [{ action: 'events:ListRuleNamesByTarget', resource: '*' }],
  (input, { account }) => {
    onDefaultBus(input.EventBusName);
    const names = [...eventsState(account).rules.values()]
      .filter(({ targets }) => targets.some(({ arn }) => arn === input.TargetArn))
      .map(({ name }) => name)
      .toSorted();
    const { items, next } = pageOf(names, input);
    return { RuleNames: [...items], ...next };
  },
);
