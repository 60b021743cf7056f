import { canonicalJson, type Json } from '../platform/json.ts';
import type { RuleSet } from './rule.ts';

/** One rule, exemption or the settings, and what is different about it. */
export interface SetChange {
  readonly what: 'rule' | 'exemption' | 'settings';
  /** Empty for the settings. */
  readonly name: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** Sentences without a full stop: `rule x: mode is "enforce", was "observe"`. */
  readonly sentences: readonly string[];
}

/** A value in a sentence: as JSON, cut where it is long, on both sides of where it begins to differ from `other`. */
const longest = 160;
const shownBefore = 40;
function shown(value: Json | undefined, other?: Json): string {
  if (value === undefined) return 'not said';
  const text = JSON.stringify(value);
  if (text.length <= longest) return text;
  const [letters, others] = [[...text], [...(JSON.stringify(other) ?? '')]];
  const differs = others.length === 0 ? 0 : letters.findIndex((letter, at) => letter !== others[at]);
  const from = Math.max(0, (differs < 0 ? others.length : differs) - shownBefore);
  const part = letters.slice(from, from + longest - 2).join('');
  return `${from === 0 ? '' : '…'}${part}${from + longest - 2 < letters.length ? '…' : ''}`;
}

/** Of two lists what was added to and taken out of, each once; undefined where that is not all that differs. */
function listChange(was: Json | undefined, is: Json | undefined): string | undefined {
  if (!Array.isArray(was) || !Array.isArray(is) || was.length + is.length <= shortList) return undefined;
  const without = (some: readonly Json[], others: readonly Json[]): readonly Json[] => {
    const known = new Set(others.map(canonicalJson));
    return some.filter((one) => !known.has(canonicalJson(one)));
  };
  const [added, taken] = [without(is, was), without(was, is)];
  if (added.length + taken.length === 0) return undefined;
  return [
    ...(added.length > 0 ? [`has ${listed(added)} added`] : []),
    ...(taken.length > 0 ? [`has ${listed(taken)} taken out`] : []),
  ].join(' and ');
}

/** Two lists with no more members together are shown whole. */
const shortList = 8;
const mostListed = 10;
const listed = (some: readonly Json[]): string => {
  const more = some.length > mostListed ? ` and ${some.length - mostListed} more` : '';
  return `${some
    .slice(0, mostListed)
    .map((one) => shown(one))
    .join(', ')}${more}`;
};

type Fields = { readonly [key: string]: Json };

/** A field of a pattern is a change of its own, and so is one action: the rest is shown whole. */
function flat(value: Json, path: string, levels: number): Fields {
  const deeper = value !== null && typeof value === 'object' && !Array.isArray(value) && levels > 0;
  if (!deeper) return { [path]: value };
  return Object.assign({}, ...Object.entries(value).map(([key, one]) => flat(one, `${path}.${key}`, levels - 1)));
}

const patternLevels = 3;

interface Part {
  readonly name: string;
  readonly fields: Fields;
}

/** What people write of a part, by key. Actions by their names: their order says nothing. */
function partOf(part: object & { readonly name?: string }): Part {
  const { name = '', ...rest } = JSON.parse(canonicalJson(part)) as Fields & { readonly name?: string };
  const fields = Object.entries(rest).flatMap(([key, value]): readonly (readonly [string, Json])[] => {
    if (key === 'when' || key === 'limits' || key === 'page') return Object.entries(flat(value, key, patternLevels));
    if (key === 'do' && Array.isArray(value)) {
      return value.map((entry) => {
        const { action, params } = entry as Fields;
        return [`do ${String(action)}`, params ?? {}];
      });
    }
    return [[key, value]];
  });
  return { name, fields: Object.fromEntries(fields) };
}

const labelOf = (what: SetChange['what'], name: string): string => (name === '' ? what : `${what} ${name}`);

function sentencesOf(label: string, before: Fields, after: Fields): readonly string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => {
    const [was, is] = [before[key], after[key]];
    if (was !== undefined && is !== undefined && canonicalJson(was) === canonicalJson(is)) return [];
    if (key.startsWith('do ') && was === undefined) return [`${label}: does ${key.slice(3)} as well (${shown(is)})`];
    if (key.startsWith('do ') && is === undefined) return [`${label}: does not do ${key.slice(3)} any more`];
    return [`${label}: ${key} ${listChange(was, is) ?? `is ${shown(is, was)}, was ${shown(was, is)}`}`];
  });
}

function changesOf(
  what: SetChange['what'],
  before: ReadonlyMap<string, Part>,
  after: ReadonlyMap<string, Part>,
): readonly SetChange[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.flatMap((name): readonly SetChange[] => {
    const [was, is] = [before.get(name), after.get(name)];
    const label = labelOf(what, name);
    if (is === undefined) return [{ what, name, kind: 'removed', sentences: [`${label} is gone`] }];
    if (was === undefined) return [{ what, name, kind: 'added', sentences: [`${label} is new`] }];
    const sentences = sentencesOf(label, was.fields, is.fields);
    return sentences.length === 0 ? [] : [{ what, name, kind: 'changed', sentences }];
  });
}

const byName = (parts: readonly (object & { readonly name?: string })[]): ReadonlyMap<string, Part> =>
  new Map(parts.map(partOf).map((part) => [part.name, part]));

/** What is different between two sets, settings and exemptions first, which concern all rules, then rules; by name. Pure. */
export const changesBetween = (before: RuleSet, after: RuleSet): readonly SetChange[] => [
  ...changesOf('settings', byName([before.settings]), byName([after.settings])),
  ...changesOf('exemption', byName(before.exemptions), byName(after.exemptions)),
  ...changesOf('rule', byName(before.rules), byName(after.rules)),
];

/** The same as sentences. */
export const sentencesBetween = (before: RuleSet, after: RuleSet): readonly string[] =>
  changesBetween(before, after).flatMap(({ sentences }) => sentences);

/** So many sentences are kept of a publication, or shown of what waits. */
const mostSentences = 40;

/** Whether a sentence says that a rule or an exemption is not there any more. */
export const saysGone = (sentence: string): boolean => sentence.endsWith(' is gone');

const rest = /^and (\d+) more(?:, (\d+) of which say that one is gone)?$/;

/**
 * The first of many sentences, and how many there are beside them; of a list that was shortened before, too. What is gone comes before the
 * rest is cut: it is told by itself.
 */
export function shortened(sentences: readonly string[], most = mostSentences): readonly string[] {
  const [, beside, goneBeside] = rest.exec(sentences.at(-1) ?? '') ?? [];
  const all = beside === undefined ? sentences : sentences.slice(0, -1);
  if (all.length <= most) return sentences;
  const ordered = [...all.filter(saysGone), ...all.filter((one) => !saysGone(one))];
  const left = ordered.slice(most);
  const gone = left.filter(saysGone).length + Number(goneBeside ?? 0);
  const more = `and ${left.length + Number(beside ?? 0)} more`;
  return [...ordered.slice(0, most), gone === 0 ? more : `${more}, ${gone} of which say that one is gone`];
}
