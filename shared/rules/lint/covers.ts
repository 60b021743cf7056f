import { isWithin } from '../pattern/compare.ts';
import type { Branch, CompiledPattern, Field } from '../pattern/compile.ts';
import type { ValueCondition } from '../pattern/condition.ts';
import { mayBeAbsent } from '../pattern/match.ts';
import type { Known } from './known.ts';

const onValues = ({ conditions }: Field): readonly ValueCondition[] =>
  conditions.filter((condition) => condition.kind === 'value');

/** Whether a field holds whatever is shown to the pattern: to ask it is to ask nothing. */
export function asksNothing(field: Field, known: Known): boolean {
  const domain = known.domain(field);
  if (domain === undefined || !known.always(field)) return false;
  const accepts = onValues(field);
  if (accepts.some(({ means }) => means.by === 'exists')) return true;
  return known.shown(field)?.every((value) => accepts.some((one) => one.accepts(value))) ?? false;
}

/** Whether whatever satisfies `narrow` satisfies `wide`, which asks about the same field. */
function fieldCovers(wide: Field, narrow: Field, known: Known): boolean {
  if (mayBeAbsent(narrow) && (!mayBeAbsent(wide) || known.inElements(wide))) return false;
  const outer = onValues(wide);
  const inner = onValues(narrow);
  if (inner.every((one) => outer.some((other) => isWithin(one, other)))) return true;
  const values = known.shown(narrow);
  if (values === undefined || known.domain(narrow)?.list === true) return false;
  return values.every((value) => !inner.some((one) => one.accepts(value)) || outer.some((one) => one.accepts(value)));
}

/**
 * Whether whatever matches the branch `narrow` surely matches `wide`: each field that `wide` asks about is asked about by `narrow` at
 * least as strictly. A structural test: it misses some, and never says so of a branch that matches something more.
 */
export const branchCovers = (wide: Branch, narrow: Branch, known: Known): boolean =>
  wide.every((field) => {
    const same = narrow.find(({ key }) => key === field.key);
    return same === undefined ? asksNothing(field, known) : fieldCovers(field, same, known);
  });

/** The same of whole patterns. */
export const patternCovers = (wide: CompiledPattern, narrow: CompiledPattern, known: Known): boolean =>
  narrow.branches.every((branch) => wide.branches.some((other) => branchCovers(other, branch, known)));
