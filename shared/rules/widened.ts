import { asksNothing } from './lint/covers.ts';
import { everything } from './lint/everything.ts';
import { findings } from './lint/known.ts';
import type { Branch, Field } from './pattern/compile.ts';
import type { Condition, Scalar, ValueCondition } from './pattern/condition.ts';
import type { Pattern } from './pattern/pattern.ts';
import { compiledOf } from './patterns.ts';

/** How two comparisons differ shows at their bounds and right beside them; EventBridge compares six decimals. */
const besideBound = 0.000001;

const boundsIn = ({ is }: ValueCondition): readonly number[] => (is.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);

/** Numbers at which the conditions may differ. */
const probesOf = (conditions: readonly ValueCondition[]): readonly number[] =>
  conditions.flatMap(boundsIn).flatMap((bound) => [bound - besideBound, bound, bound + besideBound]);

const isNumeric = (condition: ValueCondition): boolean => /^is (not )?[<>=]/.test(condition.is);

function coversNumbers(wide: readonly ValueCondition[], narrow: ValueCondition): boolean {
  const accepted = (value: number): boolean => wide.some(({ accepts }) => accepts(value));
  const probes = [...probesOf([...wide, narrow]), -5e9, 5e9];
  return isNumeric(narrow) && probes.filter((value) => narrow.accepts(value)).every(accepted);
}

function coversOne(wide: readonly Condition[], narrow: Condition): boolean {
  if (narrow.kind === 'absent') return wide.some(({ kind }) => kind === 'absent');
  const values = wide.filter((condition) => condition.kind === 'value');
  if (values.some((one) => one.is === narrow.is || one.is === anything || excludesNoMore(one, narrow))) return true;
  const { lookup } = narrow;
  if (lookup !== undefined && 'exactly' in lookup) return values.some(({ accepts }) => accepts(lookup.exactly));
  if (lookup !== undefined) return values.some((condition) => beginsWithin(condition, lookup.beginsWith));
  return coversNumbers(values, narrow);
}

/** Of what is said by what it is not: whoever leaves out more takes less. */
function excludesNoMore(wide: ValueCondition, narrow: ValueCondition): boolean {
  const clauses = wide.is.split(' and ');
  const left = new Set(narrow.is.split(' and '));
  return clauses.every((clause) => /^(is|does|ends|starts) not /.test(clause) && left.has(clause));
}

/** As `exists: true` says itself. */
const anything = 'is there';

const beginsWithin = ({ is, lookup }: ValueCondition, text: string): boolean =>
  lookup !== undefined && 'beginsWith' in lookup && is.startsWith('starts with') && text.startsWith(lookup.beginsWith);

const isLiteral = (condition: Condition): boolean =>
  condition.kind === 'value' && condition.lookup !== undefined && 'exactly' in condition.lookup;

/** What a field asks for no longer, in words; null where it asks for as much, but for single values that were added. */
function widenedField(before: Field, after: Branch): string | null {
  const name = before.steps.join('.');
  const same = after.find(({ key }) => key === before.key);
  if (same === undefined) return `${name} is not asked for any more`;
  const isOpened = same.conditions.every(isLiteral) && asksNothing(same, findings) && !asksNothing(before, findings);
  if (isOpened) return `${name} takes every value that there is`;
  const wider = same.conditions.find((one) => !coversOne(before.conditions, one) && !isLiteral(one));
  return wider === undefined ? null : `${name} takes whatever ${wider.kind === 'absent' ? 'has none' : wider.is}`;
}

const widenedBranch = (before: Branch, after: Branch): readonly string[] =>
  before.flatMap((field) => widenedField(field, after) ?? []);

/**
 * How a pattern takes much more than an earlier one did: a condition that is gone, or is looser than by single values. Null where it
 * takes as much, less, or a few named values more. Says so rather once too often: a person looks at it then. Pure.
 */
export function widened(before: Pattern, after: Pattern): string | null {
  const known = compiledOf(before).branches;
  for (const branch of compiledOf(after).branches) {
    const ways = known.map((one) => widenedBranch(one, branch));
    const [least] = ways.toSorted((a, b) => a.length - b.length);
    if (least !== undefined && least.length > 0) return least.join(', ');
  }
  return null;
}

const nothingSpecial: readonly Scalar[] = ['\u0001', 0, 0.1];

/** Whoever is asked has one account, and all ARNs begin alike. */
function everybodyHas(field: Field): boolean {
  const name = field.steps.join('.');
  if (name === 'account' || name === 'region') return true;
  const special = name === 'resource.arn' ? [...nothingSpecial, 'arn:aws:\u0001'] : nothingSpecial;
  return field.conditions.some((one) => one.kind === 'value' && special.some((value) => one.accepts(value)));
}

/**
 * Whether a pattern asks for nothing but that something is there, or for what all that is shown to it has (an open status, one of all
 * sources, the account): it takes whatever has these fields. Pure.
 */
export function takesAnything(pattern: Pattern): boolean {
  const compiled = compiledOf(pattern);
  const branch = compiled.branches.some((fields) =>
    fields.every((field) => asksNothing(field, findings) || everybodyHas(field)),
  );
  return branch || everything(compiled, findings);
}
