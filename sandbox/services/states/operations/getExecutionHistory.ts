import type { GetExecutionHistoryInput, GetExecutionHistoryOutput, HistoryEvent } from '@aws-sdk/client-sfn';
import { operation } from '../../../account.ts';
import { executionByArn } from '../store.ts';
import { statesPage } from './page.ts';

export const getExecutionHistory = operation<GetExecutionHistoryInput, GetExecutionHistoryOutput>(
  ({ executionArn }) => [{ action: 'states:GetExecutionHistory', resource: executionArn ?? '' }],
  ({ executionArn, reverseOrder, includeExecutionData, maxResults, nextToken }, { account }) => {
    const { history } = executionByArn(account, executionArn ?? '');
    const page = statesPage(reverseOrder ? history.toReversed() : history, maxResults, nextToken);
    const events = includeExecutionData === false ? page.items.map(withoutData) : [...page.items];
    return { events, nextToken: page.nextToken };
  },
);

const DATA = new Set(['input', 'output', 'parameters', 'error', 'cause']);

function withoutData(event: HistoryEvent): HistoryEvent {
  const entries = Object.entries(event).map(([name, value]: [string, unknown]) =>
    name.endsWith('EventDetails') && typeof value === 'object' && value !== null
      ? [name, Object.fromEntries(Object.entries(value).filter(([member]) => !DATA.has(member)))]
      : [name, value],
  );
  return Object.fromEntries(entries);
}
