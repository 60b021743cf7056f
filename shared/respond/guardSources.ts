import type { PublishedPointer } from '../incident/rulesets.ts';
import { sha256Hex } from '../platform/hash.ts';
import { canonicalJson } from '../platform/json.ts';
import type { Parameter } from '../platform/parameters.ts';
import type { RuleSource } from '../rules/rule.ts';

/** What people have written below a stage's prefix. */
export interface Edited {
  readonly sources: readonly RuleSource[];
  readonly versions: PublishedPointer['versions'];
  /** Parameters that are none of ours to read: a slip in a name would otherwise go unnoticed. */
  readonly notRead: readonly string[];
  /** When the youngest of them was written, milliseconds since the epoch; null where nobody knows. */
  readonly youngest: number | null;
}

/** Whether a parameter below a stage's prefix is a rule. */
export const isRule = (path: string): boolean => path.startsWith('rules/');

const isRuleSource = (path: string): boolean => /^(rules|exemptions)\/[^/]+$/.test(path) || path === 'settings';
/** Written by the guard, and by the stack for the command; and the channels, which are no part of the rules. */
const isOurs = (path: string): boolean => /^(status|stack|channels|channels-status)$/.test(path);

/** The rule sources among the parameters below `prefix` (which ends in a slash). */
export function edited(prefix: string, parameters: readonly Parameter[]): Edited {
  const all = parameters.map((parameter) => ({ ...parameter, path: parameter.name.slice(prefix.length) }));
  const ours = all.filter(({ path }) => isRuleSource(path));
  return {
    sources: ours.map(({ path, value }) => ({ path, text: value })),
    versions: Object.fromEntries(ours.map(({ name, version }) => [name, version])),
    youngest: ours.reduce<number | null>(
      (latest, { modifiedAt }) => Math.max(latest ?? 0, modifiedAt ?? 0) || null,
      null,
    ),
    notRead: all.filter(({ path }) => !isRuleSource(path) && !isOurs(path)).map(({ name }) => name),
  };
}

/** What a set was made from, as one text: equal for equal sources, whatever their order. */
export const sourcesText = (sources: readonly RuleSource[]): string =>
  canonicalJson(Object.fromEntries(sources.map(({ path, text }) => [path, text])));

/** What such a text says: path -> text. */
export const textsIn = (text: string): { readonly [path: string]: string } => JSON.parse(text);

/** The same as sources. */
export const sourcesIn = (text: string): readonly RuleSource[] =>
  Object.entries(textsIn(text)).map(([path, one]) => ({ path, text: one }));

/** Whether something else is written there than the set was made from: an edit that waits, was refused or is not live yet. Unknown is no. */
export const differs = (pointer: PublishedPointer | undefined, { sources }: Pick<Edited, 'sources'>): boolean =>
  pointer?.sources !== undefined && sha256Hex(sourcesText(sources)) !== pointer.sources;
