import type { Account } from '../../account.ts';
import type { LogEvent, LogGroup, LogStream } from './groups.ts';

const DAY = 86_400_000;

/** Events of a stream that the group's retention has not taken, from `startTime` up to, not including, `endTime`, oldest first. */
export function eventsKept(
  account: Account,
  group: LogGroup,
  stream: LogStream,
  range: { readonly startTime?: number | undefined; readonly endTime?: number | undefined },
): readonly LogEvent[] {
  const oldest = group.retentionDays === undefined ? 0 : account.clock.now() - group.retentionDays * DAY;
  const from = Math.max(oldest, range.startTime ?? 0);
  const until = range.endTime ?? Number.POSITIVE_INFINITY;
  return stream.events
    .filter(({ timestamp }) => timestamp >= from && timestamp < until)
    .sort((a, b) => a.timestamp - b.timestamp || a.number - b.number);
}
