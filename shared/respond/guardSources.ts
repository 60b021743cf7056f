import type { PublishedPointer } from '../incident/rulesets.ts';
import { canonicalJson } from '../platform/json.ts';
import type { Parameter } from '../platform/parameters.ts';
import type { RuleSet, RuleSource } from '../rules/rule.ts';

/** What people have written below a stage's prefix. */
export interface Edited {
  readonly sources: readonly RuleSource[];
  readonly versions: PublishedPointer['versions'];
  /** Parameters that are none of ours to read: a slip in a name would otherwise go unnoticed. */
  readonly notRead: readonly string[];
  /** When the youngest of them was written, milliseconds since the epoch; null where nobody knows. */
  readonly youngest: number | null;
}

const isRuleSource = (path: string): boolean => /^(rules|exemptions)\/[^/]+$/.test(path) || path === 'settings';
/** Written by the guard, and by the stack for the command. */
const isOurs = (path: string): boolean => path === 'status' || path === 'stack';

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

const isRule = (path: string): boolean => path.startsWith('rules/');

/** The published set when the rule parameters that it came from are all gone, which takes no rule out of force. */
export function outlived(
  prefix: string,
  { sources }: Edited,
  published: PublishedPointer | undefined,
): PublishedPointer | undefined {
  const came = Object.keys(published?.versions ?? {}).some((name) => isRule(name.slice(prefix.length)));
  return came && !sources.some(({ path }) => isRule(path)) ? published : undefined;
}

/** The last set with what is written over it: what was deleted stays, what was put there counts. */
export function writtenOver(last: RuleSet, next: RuleSet, { sources }: Edited): RuleSet {
  const exemptions = new Map([...last.exemptions, ...next.exemptions].map((exemption) => [exemption.name, exemption]));
  const { settings } = sources.some(({ path }) => path === 'settings') ? next : last;
  return { rules: last.rules, exemptions: [...exemptions.values()], settings };
}

/** What a set was made from, as one text: equal for equal sources, whatever their order. */
export const sourcesText = (sources: readonly RuleSource[]): string =>
  canonicalJson(Object.fromEntries(sources.map(({ path, text }) => [path, text])));

/** The sources that such a text says. */
export const sourcesIn = (text: string): readonly RuleSource[] =>
  Object.entries(JSON.parse(text) as { readonly [path: string]: string }).map(([path, text]) => ({ path, text }));
