import type { Json } from '../../../../shared/platform/json.ts';
import type { Block, MapState } from '../definition/types.ts';
import { inputOf, readField, templateApplied } from '../engine/dataFlow.ts';
import type { Fiber } from '../engine/fiber.ts';
import { guarded } from '../engine/guard.ts';
import { record, recordAfter } from '../engine/history.ts';
import type { RunLine } from '../engine/line.ts';
import { runTogether } from '../engine/together.ts';
import type { Line, Onward, Visit } from '../engine/visit.ts';
import { RuntimeFailure } from '../failure.ts';
import { MAX_INLINE_CONCURRENCY } from '../limits.ts';
import { isArray } from '../path/read.ts';
import { recordStateAborted } from './aborted.ts';

export function visitMap(visit: Visit<MapState>, runLine: RunLine): Fiber<Onward> {
  return guarded(visit, () => iterate(visit, runLine));
}

function* iterate(visit: Visit<MapState>, runLine: RunLine): Fiber<Json> {
  const { state, line, name } = visit;
  const input = inputOf(visit);
  const items = itemsOf(visit, input);
  const limit = concurrency(visit, input);
  const block = state.ItemProcessor ?? state.Iterator;
  if (!block) throw new Error(`the definition was checked, yet ${name} has no ItemProcessor`);

  const started = record(visit, line, 'MapStateStarted', { mapStateStartedEventDetails: { length: items.length } });
  const lines: Line[] = [];
  const iteration = (index: number): Fiber<Json> => {
    const Value = items[index] ?? null;
    const own: Line = { previous: started, item: { Index: index, Value } };
    lines[index] = own;
    return runIteration(visit, runLine, own, block, input);
  };
  const end = yield* runTogether(items.length, limit, iteration);

  if (end.ok) {
    line.previous = lines[end.last ?? -1]?.previous ?? started;
    record(visit, line, 'MapStateSucceeded');
    return end.values;
  }
  line.previous = lines[end.failed]?.previous ?? started;
  const at = line.previous;
  recordAfter(visit, at, 'MapIterationFailed', { mapIterationFailedEventDetails: { name, index: end.failed } });
  recordStateAborted(visit, at, lines[end.failed]);
  for (const index of end.stopped) {
    recordAfter(visit, at, 'MapIterationAborted', { mapIterationAbortedEventDetails: { name, index } });
    recordStateAborted(visit, at, lines[index]);
  }
  record(visit, line, 'MapStateFailed');
  throw end.error;
}

/** The item's input is made when its turn has come: the selector may read the time. */
function* runIteration(visit: Visit<MapState>, runLine: RunLine, own: Line, block: Block, input: Json): Fiber<Json> {
  const { state, account, execution, name } = visit;
  const details = { name, index: own.item?.Index };
  record(visit, own, 'MapIterationStarted', { mapIterationStartedEventDetails: details });
  const selector = state.ItemSelector ?? state.Parameters;
  const selected =
    selector === undefined ? (own.item?.Value ?? null) : templateApplied({ ...visit, line: own }, selector, input);
  const output = yield* runLine({ account, execution }, own, block, selected);
  record(visit, own, 'MapIterationSucceeded', { mapIterationSucceededEventDetails: details });
  return output;
}

function itemsOf(visit: Visit<MapState>, input: Json): readonly Json[] {
  const path = visit.state.ItemsPath ?? '$';
  const items = readField(visit, path, input);
  if (isArray(items)) return items;
  throw new RuntimeFailure(`Reference path "${path}" must point to array.`);
}

function concurrency(visit: Visit<MapState>, input: Json): number {
  const { MaxConcurrency, MaxConcurrencyPath } = visit.state;
  const given = MaxConcurrencyPath === undefined ? (MaxConcurrency ?? 0) : readField(visit, MaxConcurrencyPath, input);
  if (typeof given !== 'number' || !Number.isInteger(given) || given < 0) {
    throw new RuntimeFailure('The MaxConcurrencyPath field must reference a non-negative integer');
  }
  return given === 0 ? MAX_INLINE_CONCURRENCY : Math.min(given, MAX_INLINE_CONCURRENCY);
}
