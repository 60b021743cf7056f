import { indexPatterns, type PatternIndex } from './pattern/patternIndex.ts';
import { compiledOf } from './patterns.ts';
import type { Exemption, Rule, RuleSet } from './rule.ts';

/** A set, ready to be asked: exemptions first, then the rules in the order in which they decide. */
export interface IndexedSet {
  readonly exemptions: readonly Exemption[];
  readonly rules: readonly Rule[];
  /** Of both, in that order. */
  readonly index: PatternIndex;
}

/** Kept beside the sets, as patterns are: a set never changes, and is read again only when another is published. */
const known = new WeakMap<RuleSet, IndexedSet>();

/** In which order rules are asked. */
export const inOrder = (a: Rule, b: Rule): number =>
  a.order - b.order || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

/** Made once for each set object. Throws PatternError. */
export function indexed(set: RuleSet): IndexedSet {
  const made = known.get(set);
  if (made !== undefined) return made;
  const { exemptions } = set;
  const rules = set.rules.toSorted(inOrder);
  const index = indexPatterns([...exemptions, ...rules].map(({ when }) => compiledOf(when)));
  const one = { exemptions, rules, index };
  known.set(set, one);
  return one;
}
