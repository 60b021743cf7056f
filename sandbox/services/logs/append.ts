import type { Account } from '../../account.ts';
import { addEvent, createStream, groupByName } from './groups.ts';

/**
 * Writes lines as Lambda does with a function's output: one event each, now, into a stream made as needed. The group must be
 * there: `ResourceNotFoundException`.
 */
export function appendLog(account: Account, groupName: string, streamName: string, lines: readonly string[]): void {
  const group = groupByName(account, groupName);
  const stream = group.streams.get(streamName) ?? createStream(account, group, streamName);
  for (const line of lines) addEvent(account, stream, account.clock.now(), line);
}
