import type { Context } from './context.ts';
import { arnMatches, wildcardMatches } from './matching.ts';

/** One line of a Condition block: it holds when one of the values compares. */
export interface Condition {
  readonly operator: Operator;
  readonly negated: boolean;
  /** `…IfExists`: holds when the key is not there. */
  readonly ifExists: boolean;
  readonly key: string;
  readonly values: readonly string[];
}

/** ArnEquals and ArnLike behave alike, as documented. */
const compare = {
  StringEquals: (value: string, wanted: string) => value === wanted,
  StringEqualsIgnoreCase: (value: string, wanted: string) => value.toLowerCase() === wanted.toLowerCase(),
  StringLike: (value: string, wanted: string) => wildcardMatches(wanted, value),
  ArnEquals: (value: string, wanted: string) => arnMatches(wanted, value),
  ArnLike: (value: string, wanted: string) => arnMatches(wanted, value),
  DateEquals: (value: string, wanted: string) => timeOf(value) === timeOf(wanted),
  DateLessThan: (value: string, wanted: string) => timeOf(value) < timeOf(wanted),
  DateLessThanEquals: (value: string, wanted: string) => timeOf(value) <= timeOf(wanted),
  DateGreaterThan: (value: string, wanted: string) => timeOf(value) > timeOf(wanted),
  DateGreaterThanEquals: (value: string, wanted: string) => timeOf(value) >= timeOf(wanted),
  Bool: (value: string, wanted: string) => value.toLowerCase() === wanted.toLowerCase(),
  /** `Null: true` asks that the key is absent; handled before any comparison. */
  Null: () => false,
} as const;

type Operator = keyof typeof compare;

const NEGATED: ReadonlyMap<string, Operator> = new Map([
  ['StringNotEquals', 'StringEquals'],
  ['StringNotEqualsIgnoreCase', 'StringEqualsIgnoreCase'],
  ['StringNotLike', 'StringLike'],
  ['ArnNotEquals', 'ArnEquals'],
  ['ArnNotLike', 'ArnLike'],
  ['DateNotEquals', 'DateEquals'],
]);

/** A date of ISO 8601 as W3C profiles it, or seconds since the epoch (IAM user guide, "Date condition operators"). */
const dateShape = /^(?:\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?|\d+)$/;

function timeOf(text: string): number {
  if (!dateShape.test(text)) return Number.NaN;
  return /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}

/** Whether an operator that compares dates could not compare with this: IAM refuses the policy. */
export const isNoDate = (operator: Operator, value: string): boolean =>
  operator.startsWith('Date') && Number.isNaN(timeOf(value));

/** Answers with the operator behind its written name, or undefined when this account does not evaluate it. */
export function operatorOf(written: string): Pick<Condition, 'operator' | 'negated' | 'ifExists'> | undefined {
  const ifExists = written.endsWith('IfExists');
  const name = ifExists ? written.slice(0, -'IfExists'.length) : written;
  const positive = NEGATED.get(name);
  if (positive) return { operator: positive, negated: true, ifExists };
  if (!Object.hasOwn(compare, name) || (name === 'Null' && ifExists)) return undefined;
  return { operator: name as Operator, negated: false, ifExists };
}

/** A missing key fails a positive operator and satisfies a negated one, as IAM documents. */
export function conditionHolds(condition: Condition, context: Context): boolean {
  const value = context.get(condition.key);
  if (condition.operator === 'Null')
    return condition.values.some((wanted) => (wanted.toLowerCase() === 'true') === (value === undefined));
  if (value === undefined) return condition.ifExists || condition.negated;
  const some = condition.values.some((wanted) => compare[condition.operator](value, expand(wanted, context)));
  return condition.negated ? !some : some;
}

/** Puts the context's values for `${…}`; a variable without a value leaves its text, which then matches nothing. */
export const expand = (text: string, context: Context): string =>
  text.replaceAll(/\$\{([^}]*)\}/g, (whole, name: string) => context.get(name.toLowerCase()) ?? whole);
