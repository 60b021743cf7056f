import type { FilterLogEventsRequest, FilterLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs';
import { type Account, operation } from '../../account.ts';
import { messageFilter } from './filterPattern.ts';
import { groupByName, type LogEvent, type LogGroup, type LogStream } from './groups.ts';
import { eventsKept } from './kept.ts';
import { groupNameOf, onGroup } from './needs.ts';
import { limitOf, positionOf } from './page.ts';

/** Events of all streams of a group, merged by time. Which streams were searched is no longer said: the list is always empty. */
export const filterLogEvents = operation<FilterLogEventsRequest, FilterLogEventsResponse>(
  onGroup('FilterLogEvents'),
  (input, { account }) => {
    const group = groupByName(account, groupNameOf(input));
    const found = matching(account, group, input);
    const start = positionOf(input.nextToken);
    const end = start + limitOf(input.limit, 10_000, 10_000);
    return {
      events: found.slice(start, end).map(({ stream, event }) => ({
        logStreamName: stream.name,
        timestamp: event.timestamp,
        message: event.message,
        ingestionTime: event.ingestedAt,
        eventId: String(event.number).padStart(56, '0'),
      })),
      searchedLogStreams: [],
      ...(end < found.length ? { nextToken: String(end) } : {}),
    };
  },
);

function matching(
  account: Account,
  group: LogGroup,
  input: FilterLogEventsRequest,
): readonly { readonly stream: LogStream; readonly event: LogEvent }[] {
  const matches = messageFilter(input.filterPattern ?? '');
  return [...group.streams.values()]
    .filter(({ name }) => input.logStreamNames === undefined || input.logStreamNames.includes(name))
    .filter(({ name }) => name.startsWith(input.logStreamNamePrefix ?? ''))
    .flatMap((stream) => eventsKept(account, group, stream, input).map((event) => ({ stream, event })))
    .filter(({ event }) => matches(event.message))
    .sort((a, b) => a.event.timestamp - b.event.timestamp || a.event.number - b.event.number);
}
