import type { GetLogEventsRequest, GetLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs';
import { AwsError, operation } from '../../account.ts';
import { groupByName, streamByName } from './groups.ts';
import { eventsKept } from './kept.ts';
import { groupNameOf, onStream } from './needs.ts';
import { limitOf } from './page.ts';

/** One stream, from its end unless `startFromHead`. The end is reached when the token that comes is the one that went. */
export const getLogEvents = operation<GetLogEventsRequest, GetLogEventsResponse>(
  onStream('GetLogEvents'),
  (input, { account }) => {
    const group = groupByName(account, groupNameOf(input));
    const all = eventsKept(account, group, streamByName(group, input.logStreamName ?? ''), input);
    const limit = limitOf(input.limit, 10_000, 10_000);
    const { start, end } = window(input.nextToken, all.length, limit, input.startFromHead ?? false);
    return {
      events: all.slice(start, end).map(({ timestamp, message, ingestedAt }) => ({
        timestamp,
        message,
        ingestionTime: ingestedAt,
      })),
      nextForwardToken: `f/${end}`,
      nextBackwardToken: `b/${start}`,
    };
  },
);

function window(
  token: string | undefined,
  count: number,
  limit: number,
  fromHead: boolean,
): { readonly start: number; readonly end: number } {
  if (token === undefined) {
    return fromHead ? { start: 0, end: Math.min(limit, count) } : { start: Math.max(0, count - limit), end: count };
  }
  const [, direction, at] = /^([fb])\/(\d+)$/.exec(token) ?? [];
  if (at === undefined) throw new AwsError('InvalidParameterException', 'The specified nextToken is invalid.');
  const position = Number(at);
  return direction === 'f'
    ? { start: position, end: Math.max(position, Math.min(position + limit, count)) }
    : { start: Math.max(0, position - limit), end: position };
}
