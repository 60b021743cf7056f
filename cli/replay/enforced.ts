import type { RuleSet } from '../../shared/rules/rule.ts';
import { type Changed, changedBetween } from './compare.ts';
import { type ReplayOptions, replay } from './replay.ts';
import { type Totals, totalsOf } from './result.ts';
import type { Batch } from './stream.ts';

/** The same set with these rules in `enforce`; where the settings say `observeOnly`, they observe all the same. */
export const withEnforced = (set: RuleSet, names: readonly string[]): RuleSet => ({
  ...set,
  rules: set.rules.map((rule) => (names.includes(rule.name) ? { ...rule, mode: 'enforce' } : rule)),
});

export interface Enforced {
  readonly events: number;
  /** As the rules are. */
  readonly before: Totals;
  /** With the rules in `enforce`. */
  readonly after: Totals;
  readonly changed: readonly Changed[];
}

/**
 * What these rules would have done over a recording had they enforced: for whoever is about to let them. A name that the set does not have
 * changes nothing. Throws UsageError and WorldError.
 */
export async function replayEnforced(
  batches: AsyncIterable<Batch>,
  set: RuleSet,
  names: readonly string[],
  options: Omit<ReplayOptions, 'sets'>,
): Promise<Enforced> {
  const { events, sides } = await replay(batches, { ...options, sets: [set, withEnforced(set, names)] });
  const [before, after] = sides;
  if (before === undefined || after === undefined) throw new Error('Nothing was replayed');
  const changed = changedBetween(before.tally.sums, after.tally.sums);
  return { events, before: totalsOf(before), after: totalsOf(after), changed };
}
