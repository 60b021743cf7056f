import type { LookupAttribute, LookupEventsRequest } from '@aws-sdk/client-cloudtrail';
import { type Account, AwsError, operation } from '../../account.ts';
import { pageOf } from '../paging.ts';
import { eventHistory, type KeptEvent, keptMs, shownAfterMs } from './state.ts';

/** Two a second for an account and Region (CloudTrail API Reference, LookupEvents). */
const perSecond = 2;

const most = 50;

/** On the wire times are seconds. */
type Asked = Omit<LookupEventsRequest, 'StartTime' | 'EndTime'> & {
  readonly StartTime?: number;
  readonly EndTime?: number;
};

/** Newest first, of 90 days, once they are five minutes old. */
export const lookupEvents = operation<Asked, object>(
  () => [{ action: 'cloudtrail:LookupEvents', resource: '*' }],
  ({ LookupAttributes = [], StartTime, EndTime, MaxResults = most, NextToken, EventCategory }, { account }) => {
    count(account);
    if (LookupAttributes.length > 1) {
      throw new AwsError('InvalidLookupAttributesException', 'Exactly one lookup attribute can be given.');
    }
    if (EventCategory !== undefined && EventCategory !== 'insight') {
      throw new AwsError('InvalidEventCategoryException', `Event category ${EventCategory} is not supported.`);
    }
    if (!Number.isInteger(MaxResults) || MaxResults < 1 || MaxResults > most) {
      throw new AwsError('InvalidMaxResultsException', `MaxResults must be a value between 1 and ${most}.`);
    }
    const from = StartTime === undefined ? 0 : StartTime * 1000;
    const to = EndTime === undefined ? Number.POSITIVE_INFINITY : EndTime * 1000;
    if (from > to) throw new AwsError('InvalidTimeRangeException', 'The start time must be before the end time.');
    const now = account.clock.now();
    // "The time range is outside the range of possible values."
    if (from !== 0 && from < now - keptMs) {
      throw new AwsError('InvalidTimeRangeException', 'The start time must be within the last 90 days.');
    }
    const isAsked = LookupAttributes[0] === undefined ? () => true : filterOf(LookupAttributes[0]);
    const found = eventHistory(account)
      .events.filter(({ at }) => at > now - keptMs && at <= now - shownAfterMs && at >= from && at <= to)
      // Insights are of trails that were told to have them: there is none here.
      .filter((event) => EventCategory === undefined && isAsked(event))
      .toReversed();
    const page = pageOf(found, MaxResults, NextToken, 'InvalidNextTokenException');
    return {
      Events: page.items.map(inAnswer),
      ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
    };
  },
);

/** Any two within one second; the next is refused, and does not count. */
function count(account: Account): void {
  const { lookedUpAt } = eventHistory(account);
  const now = account.clock.now();
  lookedUpAt.splice(0, lookedUpAt.length, ...lookedUpAt.filter((at) => at > now - 1000));
  if (lookedUpAt.length >= perSecond) throw new AwsError('ThrottlingException', 'Rate exceeded');
  lookedUpAt.push(now);
}

const byAttribute: Readonly<Record<string, (event: KeptEvent) => string | undefined>> = {
  AccessKeyId: ({ accessKeyId }) => accessKeyId,
  EventId: ({ id }) => id,
  EventName: ({ name }) => name,
  EventSource: ({ source }) => source,
  ReadOnly: () => 'false',
  // Which calls of which service name their resources is documented nowhere: none does here.
  ResourceName: () => undefined,
  ResourceType: () => undefined,
  Username: ({ username }) => username,
};

function filterOf({
  AttributeKey = 'EventId',
  AttributeValue,
}: Partial<LookupAttribute>): (event: KeptEvent) => boolean {
  const read = Object.hasOwn(byAttribute, AttributeKey) ? byAttribute[AttributeKey] : undefined;
  if (read === undefined || AttributeValue === undefined || AttributeValue === '') {
    throw new AwsError('InvalidLookupAttributesException', `Lookup attribute ${AttributeKey} is not valid.`);
  }
  return (event) => read(event) === AttributeValue;
}

const inAnswer = ({ id, name, at, source, accessKeyId, username, record }: KeptEvent): object => ({
  EventId: id,
  EventName: name,
  ReadOnly: 'false',
  AccessKeyId: accessKeyId,
  EventTime: new Date(at - (at % 1000)),
  EventSource: source,
  Username: username,
  Resources: [],
  CloudTrailEvent: record,
});
