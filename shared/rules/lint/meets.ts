import { areApart } from '../pattern/compare.ts';
import type { Branch, CompiledPattern, Field } from '../pattern/compile.ts';
import { mayBeAbsent } from '../pattern/match.ts';
import { conflictIn } from './conflicts.ts';
import type { Known } from './known.ts';

/** Whether there is surely no value, nor absence, that satisfies both. */
function fieldsApart(a: Field, b: Field, known: Known): boolean {
  const domain = known.domain(a);
  // Of a list, one element may satisfy the one and another the other.
  if (domain === undefined || domain.list === true || (mayBeAbsent(a) && mayBeAbsent(b))) return false;
  const apart = a.conditions.every((one) =>
    b.conditions.every((other) => one.kind === 'absent' || other.kind === 'absent' || areApart(one, other)),
  );
  if (apart) return true;
  const accepts = (field: Field, value: null | boolean | number | string): boolean =>
    field.conditions.some((condition) => condition.kind === 'value' && condition.accepts(value));
  return known.shown(a)?.every((value) => !accepts(a, value) || !accepts(b, value)) ?? false;
}

function branchesMeet(a: Branch, b: Branch, known: Known): boolean {
  for (const field of a) {
    const same = b.find(({ key }) => key === field.key);
    if (same !== undefined && fieldsApart(field, same, known)) return false;
  }
  const besides = (fields: Branch, other: Branch) => other.filter(({ key }) => !fields.some((one) => one.key === key));
  return conflictIn([...a, ...besides(a, b)], known) === null && conflictIn([...b, ...besides(b, a)], known) === null;
}

/** How many pairs of alternatives may still be looked at for one set. */
export interface Budget {
  pairs: number;
}

/** Each of 500 exemptions with each of 500 rules, and a pattern of a thousand alternatives with a thousand others. */
export const fullBudget = (): Budget => ({ pairs: 1_000_000 });

/** Whether something may match both; false only where surely nothing does. Once the budget is spent, everything may. */
export function mayMeet(a: CompiledPattern, b: CompiledPattern, known: Known, budget: Budget): boolean {
  for (const branch of a.branches) {
    for (const other of b.branches) {
      budget.pairs -= 1;
      if (budget.pairs < 0 || branchesMeet(branch, other, known)) return true;
    }
  }
  return false;
}
