import type { Json } from '../../../../shared/platform/json.ts';
import type { ParallelState } from '../definition/types.ts';
import { inputOf, templateApplied } from '../engine/dataFlow.ts';
import type { Fiber } from '../engine/fiber.ts';
import { guarded } from '../engine/guard.ts';
import { record } from '../engine/history.ts';
import type { RunLine } from '../engine/line.ts';
import { runTogether } from '../engine/together.ts';
import type { Line, Onward, Visit } from '../engine/visit.ts';
import { recordStateAborted } from './aborted.ts';

export function visitParallel(visit: Visit<ParallelState>, runLine: RunLine): Fiber<Onward> {
  return guarded(visit, () => branchOut(visit, runLine));
}

function* branchOut(visit: Visit<ParallelState>, runLine: RunLine): Fiber<Json> {
  const { state, line, account, execution } = visit;
  const input = templateApplied(visit, state.Parameters, inputOf(visit));
  const started = record(visit, line, 'ParallelStateStarted');
  // A branch inside a Map still sees the item of that Map.
  const lines = state.Branches.map((): Line => ({ ...line, previous: started }));
  const end = yield* runTogether(lines.length, lines.length, (index) => {
    const [own, block] = [lines[index], state.Branches[index]];
    if (!own || !block) throw new Error(`there is no branch ${index}`);
    return runLine({ account, execution }, own, block, input);
  });
  if (end.ok) {
    line.previous = lines[end.last ?? -1]?.previous ?? started;
    record(visit, line, 'ParallelStateSucceeded');
    return end.values;
  }
  line.previous = lines[end.failed]?.previous ?? started;
  for (const index of [end.failed, ...end.stopped]) recordStateAborted(visit, line.previous, lines[index]);
  record(visit, line, 'ParallelStateFailed');
  throw end.error;
}
