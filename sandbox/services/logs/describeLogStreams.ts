import type {
  DescribeLogStreamsRequest,
  DescribeLogStreamsResponse,
  LogStream as Shown,
} from '@aws-sdk/client-cloudwatch-logs';
import { type Account, AwsError, operation } from '../../account.ts';
import { groupByName, type LogEvent, type LogGroup, type LogStream } from './groups.ts';
import { eventsKept } from './kept.ts';
import { groupNameOf, onGroup } from './needs.ts';
import { limitOf, positionOf } from './page.ts';

const refused = (message: string): AwsError => new AwsError('InvalidParameterException', message);

/** By name, or by the time of the last event; streams without any come first then. Up to 50 per page. */
export const describeLogStreams = operation<DescribeLogStreamsRequest, DescribeLogStreamsResponse>(
  onGroup('DescribeLogStreams'),
  (input, { account }) => {
    const { orderBy = 'LogStreamName', logStreamNamePrefix, descending = false } = input;
    if (orderBy !== 'LogStreamName' && orderBy !== 'LastEventTime') throw refused(`There is no order by ${orderBy}.`);
    if (orderBy === 'LastEventTime' && logStreamNamePrefix !== undefined) {
      throw refused('Cannot order by LastEventTime with a logStreamNamePrefix.');
    }
    const limit = limitOf(input.limit, 50, 50);
    const group = groupByName(account, groupNameOf(input));
    const found = [...group.streams.values()]
      .filter(({ name }) => name.startsWith(logStreamNamePrefix ?? ''))
      .map((stream) => shown(account, group, stream))
      .sort(orderBy === 'LogStreamName' ? byName : byLastEvent);
    if (descending) found.reverse();
    const start = positionOf(input.nextToken);
    const end = start + limit;
    return { logStreams: found.slice(start, end), ...(end < found.length ? { nextToken: String(end) } : {}) };
  },
);

const byName = (a: Shown, b: Shown): number => ((a.logStreamName ?? '') < (b.logStreamName ?? '') ? -1 : 1);

const byLastEvent = (a: Shown, b: Shown): number =>
  (a.lastEventTimestamp ?? 0) - (b.lastEventTimestamp ?? 0) || byName(a, b);

function shown(account: Account, group: LogGroup, stream: LogStream): Shown {
  const events = eventsKept(account, group, stream, {});
  return {
    logStreamName: stream.name,
    creationTime: stream.createdAt,
    ...timesOf(events),
    arn: `${group.arn}:log-stream:${stream.name}`,
    // No longer counted for streams, by AWS's own page.
    storedBytes: 0,
  };
}

/** AWS lets these lag behind by up to an hour; here they do not. */
function timesOf(events: readonly LogEvent[]): Partial<Shown> {
  const [first, last] = [events[0], events.at(-1)];
  if (first === undefined || last === undefined) return {};
  return {
    firstEventTimestamp: first.timestamp,
    lastEventTimestamp: last.timestamp,
    lastIngestionTime: Math.max(...events.map(({ ingestedAt }) => ingestedAt)),
  };
}
