import type { FindingPath } from '../rules/fields.ts';
import { DOMAINS } from '../rules/findingFacts.ts';
import type { Field } from '../rules/pattern/compile.ts';
import type { Scalar, ValueCondition } from '../rules/pattern/condition.ts';
import { mayBeAbsent } from '../rules/pattern/match.ts';

const pathOf = ({ steps }: Field): FindingPath => steps.join('.') as FindingPath;

const valuesOf = ({ conditions }: Field): readonly ValueCondition[] =>
  conditions.filter((condition) => condition.kind === 'value');

/** Whether one of a field's alternatives accepts a value. */
export const accepts = (field: Field, value: Scalar): boolean => valuesOf(field).some((one) => one.accepts(value));

/** Texts that begin and end otherwise than one another, for conditions that name none: `exists`, `anything-but`. */
const anyTexts = ['any-value', '/any/value', 'x', '0'];
/** Those set aside for examples (RFC 5737, RFC 3849). */
const anyAddresses = ['198.51.100.7', '203.0.113.7', '2001:db8::7'];

const madeUp: { readonly [path in FindingPath]?: readonly Scalar[] } = {
  account: ['999988887777', '444455556666'],
  region: ['eu-north-1', 'ap-south-1'],
  'threat.remote': [...anyAddresses, 'any.example'],
  'threat.from': anyAddresses,
  'threat.inside.address': ['10.0.0.7', ...anyAddresses],
};

/** Values of a field's type that nobody has named. */
function anyOf(field: Field): readonly Scalar[] {
  const domain = DOMAINS[pathOf(field)];
  if (domain?.values !== undefined) return domain.values;
  const own = madeUp[pathOf(field)];
  if (own !== undefined) return own;
  return domain?.type === 'number' ? [domain.least ?? 0, domain.most ?? 1_000_000] : anyTexts;
}

/** A value that a condition accepts, as it is written or made up for its field; undefined where none is at hand. */
function valueFor(condition: ValueCondition, field: Field): Scalar | undefined {
  const { means } = condition;
  const made = ((): Scalar | undefined => {
    switch (means.by) {
      case 'exactly':
        return means.value;
      case 'numeric':
        return [means.least.at, means.most.at, means.least.at + 1].find((value) => condition.accepts(value));
      case 'wildcard':
        return means.text.replaceAll('*', 'x');
      case 'suffix':
      case 'suffix-ignore-case':
        return `x${means.text}`;
      case 'prefix':
      case 'prefix-ignore-case':
        return `${means.text}x`;
      case 'equals-ignore-case':
        return means.text;
      case 'cidr':
        // The address that a block is written by lies in it.
        return means.text.split('/')[0];
      case 'anything-but':
      case 'exists':
        return anyOf(field).find((value) => value !== null && condition.accepts(value));
    }
  })();
  return made !== undefined && condition.accepts(made) ? made : undefined;
}

/** So many values of a field's list are looked at. */
const mostValues = 8;

/** Values that a field accepts, undefined for none at all: one for each of its conditions, as far as they can be written out. */
export function takenBy(field: Field): readonly (Scalar | undefined)[] {
  const values = valuesOf(field).flatMap((one) => valueFor(one, field) ?? []);
  return [...values, ...(mayBeAbsent(field) ? [undefined] : [])].slice(0, mostValues);
}

/** What a condition names by leaving it out, and what lies right outside of it. */
function leftOutBy({ means }: ValueCondition, field: Field): readonly Scalar[] {
  if (means.by === 'anything-but') return means.excluded.flatMap((one) => valueFor(one, field) ?? []);
  return means.by === 'numeric' ? [means.least.at, means.most.at, means.least.at - 1, means.most.at + 1] : [];
}

/** Of those that no condition names, so many are looked at. */
const mostMadeUp = 2;

/**
 * Values that a field does not accept, undefined for none at all: each that it excludes by name, and some that nobody has named. What a rule took
 * before it was narrowed is among them.
 */
export function leftBy(field: Field): readonly (Scalar | undefined)[] {
  const refused = (values: readonly Scalar[]) =>
    values.filter((value) => !accepts(field, value) && (typeof value !== 'number' || Number.isFinite(value)));
  const named = refused(valuesOf(field).flatMap((one) => leftOutBy(one, field))).slice(0, mostValues);
  const others = refused(anyOf(field)).filter((value) => !named.includes(value));
  return [...named, ...others.slice(0, mostMadeUp)];
}
