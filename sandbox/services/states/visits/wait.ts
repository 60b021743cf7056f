import type { Json } from '../../../../shared/platform/json.ts';
import { epochOf } from '../choice/timestamp.ts';
import type { WaitState } from '../definition/types.ts';
import { inputOf, outputOf, readField } from '../engine/dataFlow.ts';
import type { Fiber } from '../engine/fiber.ts';
import { sleep } from '../engine/timer.ts';
import type { Onward, Visit } from '../engine/visit.ts';
import { RuntimeFailure } from '../failure.ts';

const MAX_SECONDS = 99_999_999;

export function* visitWait(visit: Visit<WaitState>): Fiber<Onward> {
  const input = inputOf(visit);
  yield* sleep(visit.account, Math.max(0, delayMs(visit, input)));
  return { output: outputOf(visit, input), next: visit.state.Next };
}

function delayMs(visit: Visit<WaitState>, input: Json): number {
  const { Seconds, SecondsPath, Timestamp, TimestampPath } = visit.state;
  if (Seconds !== undefined) return Seconds * 1000;
  if (SecondsPath !== undefined) {
    const seconds = readField(visit, SecondsPath, input);
    if (typeof seconds === 'number' && Number.isInteger(seconds) && seconds >= 0 && seconds <= MAX_SECONDS) {
      return seconds * 1000;
    }
    throw new RuntimeFailure(`The SecondsPath parameter does not reference a valid integer value: ${SecondsPath}`);
  }
  const at = epochOf(TimestampPath === undefined ? Timestamp : readField(visit, TimestampPath, input));
  if (at !== undefined) return at - visit.account.clock.now();
  throw new RuntimeFailure(`The TimestampPath parameter does not reference a valid timestamp: ${TimestampPath}`);
}
