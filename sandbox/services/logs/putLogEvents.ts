import type { InputLogEvent, PutLogEventsRequest, PutLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs';
import { type Account, AwsError, operation } from '../../account.ts';
import { addEvent, groupByName, streamByName } from './groups.ts';
import { groupNameOf, onStream } from './needs.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Bytes that each event counts beside its text. */
const OVERHEAD = 26;

/** Events in order of time; those more than 14 days old or 2 hours ahead are left out, and said so. */
export const putLogEvents = operation<PutLogEventsRequest, PutLogEventsResponse>(
  onStream('PutLogEvents'),
  (input, { account }) => {
    const events = input.logEvents ?? [];
    const group = groupByName(account, groupNameOf(input));
    const stream = streamByName(group, input.logStreamName ?? '');
    check(events);
    const oldest = account.clock.now() - Math.min(14, group.retentionDays ?? 14) * DAY;
    const newest = account.clock.now() + 2 * HOUR;
    for (const event of events) {
      const at = event.timestamp ?? 0;
      if (at >= oldest && at <= newest) addEvent(account, stream, at, event.message ?? '');
    }
    const rejectedLogEventsInfo = rejected(events, oldest, newest);
    return {
      nextSequenceToken: sequenceToken(account),
      ...(Object.keys(rejectedLogEventsInfo).length === 0 ? {} : { rejectedLogEventsInfo }),
    };
  },
);

function check(events: readonly InputLogEvent[]): void {
  const refused = (message: string): AwsError => new AwsError('InvalidParameterException', message);
  if (events.length === 0 || events.length > 10_000) throw refused('A batch holds between 1 and 10,000 log events.');
  const bytes = events.reduce((sum, event) => sum + Buffer.byteLength(event.message ?? '') + OVERHEAD, 0);
  if (bytes > 1_048_576) throw refused('Upload too large: a batch holds at most 1,048,576 bytes.');
  const times = events.map((event) => event.timestamp ?? 0);
  if (times.some((time, index) => time < (times[index - 1] ?? 0))) {
    throw refused('Log events in a single PutLogEvents request must be in chronological order.');
  }
  if ((times.at(-1) ?? 0) - (times[0] ?? 0) > DAY) {
    throw refused('The batch of log events in a single PutLogEvents request cannot span more than 24 hours.');
  }
}

function rejected(events: readonly InputLogEvent[], oldest: number, newest: number): Record<string, number> {
  const tooOld = events.filter((event) => (event.timestamp ?? 0) < oldest).length;
  const tooNew = events.findIndex((event) => (event.timestamp ?? 0) > newest);
  return {
    ...(tooOld > 0 ? { tooOldLogEventEndIndex: tooOld } : {}),
    ...(tooNew >= 0 ? { tooNewLogEventStartIndex: tooNew } : {}),
  };
}

/** No longer asked for, still answered. */
const sequenceToken = (account: Account): string => account.random.hex(56);
