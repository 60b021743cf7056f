import type { Random } from '../../../kernel/random.ts';
import type { Catcher, Retrier } from '../definition/types.ts';
import type { StateFailure } from '../failure.ts';

/**
 * Does a list of ErrorEquals name this failure? `States.TaskFailed` stands for all but time-outs, `States.ALL` for all but
 * States.DataLimitExceeded; nothing stands for States.Runtime.
 */
function matches(failure: StateFailure, names: readonly string[]): boolean {
  if (failure.error === 'States.Runtime') return false;
  return names.some((name) => {
    if (name === 'States.ALL') return failure.error !== 'States.DataLimitExceeded';
    if (name === 'States.TaskFailed' && failure.error !== 'States.Timeout') return true;
    return name === failure.error || failure.alsoKnownAs.includes(name);
  });
}

/** The retriers of one state, and how often each has been used during this visit. */
export class Retries {
  readonly #retriers: readonly Retrier[];
  readonly #used: number[];

  constructor(retriers: readonly Retrier[] | undefined) {
    this.#retriers = retriers ?? [];
    this.#used = this.#retriers.map(() => 0);
  }

  /**
   * Milliseconds until the next attempt, or undefined when there is none: the first retrier that names the failure
   * decides, also when it is used up.
   */
  nextDelay(failure: StateFailure, random: Random): number | undefined {
    const index = this.#retriers.findIndex((retrier) => matches(failure, retrier.ErrorEquals));
    const retrier = this.#retriers[index];
    const used = this.#used[index];
    if (!retrier || used === undefined || used >= (retrier.MaxAttempts ?? 3)) return undefined;
    this.#used[index] = used + 1;
    return delayMs(retrier, used, random);
  }
}

function delayMs(retrier: Retrier, used: number, random: Random): number {
  const grown = (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** used;
  const capped = Math.min(grown, retrier.MaxDelaySeconds ?? Number.POSITIVE_INFINITY);
  const seconds = retrier.JitterStrategy === 'FULL' ? random.next() * capped : capped;
  return Math.round(seconds * 1000);
}

export const catcherFor = (failure: StateFailure, catchers: readonly Catcher[] | undefined): Catcher | undefined =>
  catchers?.find((catcher) => matches(failure, catcher.ErrorEquals));
