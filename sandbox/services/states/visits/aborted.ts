import type { HistoryEventType } from '@aws-sdk/client-sfn';
import type { StateType } from '../definition/types.ts';
import { type Recorder, recordAfter } from '../engine/history.ts';
import type { Line } from '../engine/visit.ts';

/** The states that AWS reports as aborted when their Map or Parallel fails. */
const ABORTED: { readonly [type in StateType]?: HistoryEventType } = {
  Task: 'TaskStateAborted',
  Wait: 'WaitStateAborted',
  Map: 'MapStateAborted',
  Parallel: 'ParallelStateAborted',
};

export function recordStateAborted(recorder: Recorder, previousEventId: number, line: Line | undefined): void {
  const type = line?.current === undefined ? undefined : ABORTED[line.current];
  if (type) recordAfter(recorder, previousEventId, type);
}
