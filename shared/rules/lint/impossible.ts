import { isIP } from 'node:net';
import { closest } from '../closest.ts';
import type { ProblemCode } from '../codes.ts';
import { ADDRESSES, type Domain, KNOWN_TYPES } from '../findingFacts.ts';
import type { Field } from '../pattern/compile.ts';
import { quote, type Scalar, type ValueCondition } from '../pattern/condition.ts';
import type { Known } from './known.ts';

/** What is wrong with one condition of a field, whatever stands beside it. */
export interface Impossible {
  readonly code: ProblemCode;
  readonly message: string;
  readonly suggestion: string;
}

type Type = Domain['type'] | null;

const typeOf = (value: Scalar): Type =>
  value === null ? null : typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'boolean';

/** The type of what a condition accepts; null where it may be any. */
function typeAsked({ means }: ValueCondition): Type {
  if (means.by === 'exactly') return typeOf(means.value);
  if (means.by === 'numeric') return 'number';
  return 'text' in means ? 'text' : null;
}

function wrongType(name: string, condition: ValueCondition, { type, values }: Domain): Impossible {
  const is = { text: 'a text', number: 'a number', boolean: 'true or false' }[type];
  const { means } = condition;
  const one = values?.find((value) => typeof value === 'string') ?? null;
  const suggestion =
    means.by !== 'exactly'
      ? type === 'number'
        ? 'write { numeric: [">=", 7] }'
        : one === null
          ? `write ${type === 'text' ? 'a text, or { prefix: … }' : 'true or false, without quotes'}`
          : `one of ${(values ?? []).join(', ')}`
      : asMeant(means.value, type);
  const asked =
    means.by === 'exactly' ? quote(means.value) : { text: 'text', number: 'numeric' }[typeOfText(condition)];
  return { code: 'wrong-type', message: `"${name}" is ${is}, and ${asked} never fits`, suggestion };
}

/** A number's text is not known any more here: 1.10 was read as 1.1, and 012 as 12. */
function asMeant(value: Scalar, type: Domain['type']): string {
  if (type === 'text') return 'in quotes, as it is written';
  if (type === 'boolean') return 'true or false, without quotes';
  const isNumber = typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value));
  return isNumber ? 'without quotes' : 'a number, or { numeric: [">=", 7] }';
}

const typeOfText = (condition: ValueCondition): 'text' | 'number' =>
  typeAsked(condition) === 'number' ? 'number' : 'text';

/** The letters that a condition on a text wants to see; empty where it wants none. */
function literal({ means }: ValueCondition): string {
  if (means.by === 'exactly') return typeof means.value === 'string' ? means.value : '';
  if (!('text' in means)) return '';
  if (means.by.endsWith('ignore-case')) return means.text.toLowerCase();
  return means.by === 'wildcard' ? means.text.replace(/[*\\]/g, '') : means.text;
}

function offForm({ means }: ValueCondition, condition: ValueCondition, { form }: Domain): boolean {
  if (form === undefined) return false;
  if (means.by === 'exactly') return typeof means.value === 'string' && !form.whole.test(means.value);
  return means.by === 'cidr' || !form.part.test(literal(condition));
}

function outOfRange(
  { means }: ValueCondition,
  { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY }: Domain,
) {
  if (means.by === 'exactly') return typeof means.value === 'number' && (means.value < least || means.value > most);
  if (means.by !== 'numeric') return false;
  const { least: from, most: to } = means;
  return to.at < least || (to.at === least && !to.inclusive) || from.at > most || (from.at === most && !from.inclusive);
}

const rangeSaid = ({ least, most }: Domain): string =>
  most === undefined ? `never below ${least}` : `from ${least} to ${most}`;

/** Why a condition can hold for no value of the field; null where it can, or where that is not known. */
function never(name: string, condition: ValueCondition, domain: Domain): Impossible | null {
  const { means } = condition;
  const asked = typeAsked(condition);
  if (domain.values !== undefined) {
    if (domain.values.some((value) => condition.accepts(value))) return null;
    if (asked !== null && asked !== domain.type) return wrongType(name, condition, domain);
    const suggestion = closest(literal(condition), domain.values.map(String));
    return { code: 'unknown-value', message: `no "${name}" ${condition.is}`, suggestion };
  }
  if (means.by === 'exactly' && means.value === null) {
    return domain.nullable === true
      ? null
      : { code: 'unknown-value', message: `"${name}" is never null`, suggestion: 'ask with { exists: false }' };
  }
  if (asked !== null && asked !== domain.type) return wrongType(name, condition, domain);
  if (outOfRange(condition, domain)) {
    const message = `no "${name}" ${condition.is}`;
    return { code: 'unknown-value', message, suggestion: `it is ${rangeSaid(domain)}` };
  }
  if (!offForm(condition, condition, domain)) return null;
  return {
    code: 'unknown-value',
    message: `no "${name}" ${condition.is}`,
    suggestion: `it is ${domain.form?.like}`,
  };
}

/** A CIDR block, where one address was written: alone, or among those that are left out. */
function blockIn({ means }: ValueCondition): string | null {
  if (means.by === 'anything-but') return means.excluded.flatMap((one) => blockIn(one) ?? [])[0] ?? null;
  if (means.by !== 'exactly' || typeof means.value !== 'string') return null;
  const [, address = ''] = /^([\da-f.:]+)\/\d{1,3}$/i.exec(means.value) ?? [];
  return isIP(address) === 0 ? null : means.value;
}

/** EventBridge compares text by text: a block in the place of an address takes nothing, and leaves nothing out. */
function blockAsAddress(name: string, path: string, condition: ValueCondition): Impossible | null {
  const block = ADDRESSES.some((one) => one === path) ? blockIn(condition) : null;
  if (block === null) return null;
  const message = `"${name}" is one address, and ${quote(block)} is a CIDR block, which no address equals`;
  const isLeftOut = condition.means.by === 'anything-but';
  const suggestion = isLeftOut
    ? 'anything-but takes no cidr: write the blocks that are meant, or an exemption for this one'
    : `write { cidr: ${quote(block)} }`;
  return { code: 'unknown-value', message, suggestion };
}

/** A registry's host is no part of a repository's name. */
const host = /^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\./;

/** What could hold, and is surely not meant: almost the name of a type, a repository with its registry. */
function odd(path: string, condition: ValueCondition): Impossible | null {
  const wanted = literal(condition);
  const code = 'odd-value';
  if (path === 'resource.repository' && host.test(wanted)) {
    const suggestion = `write ${wanted.slice(wanted.indexOf('/') + 1).replace(/[:@].*/, '')}`;
    return { code, message: 'a repository is named without its registry', suggestion };
  }
  if (path !== 'type' || condition.means.by !== 'exactly' || KNOWN_TYPES.includes(wanted)) return null;
  const suggestion = closest(wanted, KNOWN_TYPES);
  if (suggestion.startsWith('one of')) return null;
  return { code, message: `no source is known to give the type ${quote(wanted)}`, suggestion };
}

export interface ConditionProblem extends Impossible {
  /** Within the pattern: `severity[0]`. */
  readonly path: string;
}

/** What is wrong with each condition of a field by itself. */
export function impossibleIn(field: Field, known: Known): readonly ConditionProblem[] {
  const domain = known.domain(field);
  if (domain === undefined) return [];
  const name = field.steps.join('.');
  const problems = field.conditions.flatMap((condition, at): readonly ConditionProblem[] => {
    if (condition.kind === 'absent') return [];
    const path = known.pathOf(field);
    const problem = never(name, condition, domain) ?? blockAsAddress(name, path, condition) ?? odd(path, condition);
    return problem === null ? [] : [{ ...problem, path: `${field.path}[${at}]` }];
  });
  return problems.length > 0 ? problems : neverShown(field, name, domain, known);
}

/** A field whose values there are, but in nothing that is shown to the pattern. */
function neverShown(field: Field, name: string, { values }: Domain, known: Known): readonly ConditionProblem[] {
  const shown = known.shown(field);
  if (shown === undefined || shown === values) return [];
  const holds = field.conditions.some(
    (condition) => condition.kind === 'value' && shown.some((value) => condition.accepts(value)),
  );
  if (holds) return [];
  const message = `rules are asked about findings with "${name}" ${shown.map(quote).join(', ')} alone; the others are only recorded`;
  return [{ code: 'never-asked', path: field.path, message, suggestion: `write [${shown.join(', ')}]` }];
}
