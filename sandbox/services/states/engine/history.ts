import type { HistoryEvent, HistoryEventType } from '@aws-sdk/client-sfn';
import type { Account } from '../../../account.ts';
import { RuntimeFailure } from '../failure.ts';
import { MAX_HISTORY_EVENTS } from '../limits.ts';
import type { Execution } from '../store.ts';
import type { Line } from './visit.ts';

type Details = Omit<HistoryEvent, 'id' | 'type' | 'timestamp' | 'previousEventId'>;

/** Where an event is recorded: a visit, or an execution as a whole. */
export interface Recorder {
  readonly account: Account;
  readonly execution: Execution;
}

/** Nothing here is shortened: the quota of a history event is the one of a payload. */
export const whole = { truncated: false } as const;

/** Records an event as the next one on a line. @throws RuntimeFailure when the history is full */
export function record(recorder: Recorder, line: Line, type: HistoryEventType, details: Details = {}): number {
  const id = recordAfter(recorder, line.previous, type, details);
  line.previous = id;
  return id;
}

/** Records an event that does not become the previous one of its line. */
export function recordAfter(
  { account, execution }: Recorder,
  previousEventId: number,
  type: HistoryEventType,
  details: Details = {},
): number {
  // The last place is kept for the end of the execution.
  if (execution.history.length >= MAX_HISTORY_EVENTS - 1) {
    const first = !execution.full;
    execution.full = true;
    if (first)
      throw new RuntimeFailure(`The execution reached the maximum number of history events (${MAX_HISTORY_EVENTS}).`);
    return previousEventId;
  }
  return append(account, execution, previousEventId, type, details);
}

/** Records how the execution ended, however full the history is. */
export function recordEnd(
  { account, execution }: Recorder,
  line: Line,
  type: HistoryEventType,
  details: Details,
): void {
  append(account, execution, line.previous, type, details);
}

function append(
  account: Account,
  execution: Execution,
  previousEventId: number,
  type: HistoryEventType,
  details: Details,
) {
  const id = execution.history.length + 1;
  execution.history.push({ id, previousEventId, timestamp: new Date(account.clock.now()), type, ...details });
  return id;
}
