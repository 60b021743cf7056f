import type { PublishedPointer } from '../incident/rulesets.ts';
import type { Parameter } from '../platform/parameters.ts';
import type { RuleSource } from '../rules/rule.ts';

/** What people have written below a stage's prefix. */
export interface Edited {
  readonly sources: readonly RuleSource[];
  readonly versions: PublishedPointer['versions'];
  /** Parameters that are none of ours to read: a slip in a name would otherwise go unnoticed. */
  readonly notRead: readonly string[];
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
    notRead: all.filter(({ path }) => !isRuleSource(path) && !isOurs(path)).map(({ name }) => name),
  };
}

const isRule = (path: string): boolean => path.startsWith('rules/');

/**
 * What the next set is compiled from. Null: the rule parameters that the published set came from are all gone, which takes
 * no rule out of force. While nobody has put a rule there, the pack's rules stand, beside people's exemptions and settings.
 */
export function sourcesOf(
  prefix: string,
  { sources }: Edited,
  pack: readonly RuleSource[],
  published: PublishedPointer | undefined,
): readonly RuleSource[] | null {
  if (sources.some(({ path }) => isRule(path))) return sources;
  const came = Object.keys(published?.versions ?? {}).some((name) => isRule(name.slice(prefix.length)));
  if (came) return null;
  const written = new Set(sources.map(({ path }) => path));
  return [...pack.filter(({ path }) => !written.has(path)), ...sources];
}
