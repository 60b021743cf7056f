import type { ListRulesRequest, ListRulesResponse } from '@aws-sdk/client-eventbridge';
import { operation } from '../../../account.ts';
import { eventsState } from '../state.ts';
import { onDefaultBus } from './onRule.ts';
import { pageOf } from './page.ts';
import { shown } from './shown.ts';

/** By name; IAM does not scope it. */
export const listRules = operation<ListRulesRequest, ListRulesResponse>(
  () => [{ action: 'events:ListRules', resource: '*' }],
  (input, { account }) => {
    onDefaultBus(input.EventBusName);
    const prefix = input.NamePrefix ?? '';
    const rules = [...eventsState(account).rules.values()]
      .filter((rule) => rule.name.startsWith(prefix))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const { items, next } = pageOf(rules, input);
    return { Rules: items.map(shown), ...next };
  },
);
