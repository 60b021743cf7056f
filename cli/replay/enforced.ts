import type { RuleSet } from '../../shared/rules/rule.ts';
import { type ReplayOptions, replay } from './replay.ts';
import { type ReplayResult, resultOf } from './result.ts';
import type { Batch } from './stream.ts';

/** The same set with these rules in `enforce`; where the settings say `observeOnly`, they observe all the same. */
export const withEnforced = (set: RuleSet, names: readonly string[]): RuleSet => ({
  ...set,
  rules: set.rules.map((rule) => (names.includes(rule.name) ? { ...rule, mode: 'enforce' } : rule)),
});

/**
 * What these rules would have done over a recording had they enforced (`b`), beside what they did as they are (`a`): for whoever is about to
 * let them. A name that the set does not have changes nothing. Throws UsageError and WorldError.
 */
export async function replayEnforced(
  batches: AsyncIterable<Batch>,
  set: RuleSet,
  names: readonly string[],
  options: Omit<ReplayOptions, 'sets'>,
): Promise<ReplayResult & { readonly b: NonNullable<ReplayResult['b']> }> {
  const replayed = await replay(batches, { ...options, sets: [set, withEnforced(set, names)] });
  const { b, ...result } = resultOf(replayed, { zone: options.zone.zone, account: options.account !== undefined });
  if (b === undefined) throw new Error('Only one side was replayed');
  return { ...result, b };
}
