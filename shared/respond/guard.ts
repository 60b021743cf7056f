import type { Action } from '../actions/contract.ts';
import type { Bodies } from '../incident/bodies.ts';
import { type PublishedPointer, publishSet, readPointer } from '../incident/rulesets.ts';
import type { Table } from '../incident/table.ts';
import type { Clock } from '../platform/clock.ts';
import { sha256Hex } from '../platform/hash.ts';
import { canonicalJson } from '../platform/json.ts';
import type { Log } from '../platform/log.ts';
import type { Parameter, Parameters } from '../platform/parameters.ts';
import { compileRuleSet } from '../rules/compile.ts';
import type { Mode, Problem, RuleSource } from '../rules/rule.ts';

export interface GuardEffects {
  readonly table: Table;
  readonly bodies: Bodies;
  readonly parameters: Parameters;
  readonly clock: Clock;
  readonly log: Log;
  readonly stage: string;
  readonly actions: readonly Action[];
  /** The shipped rule pack, published while nobody has put a rule into Parameter Store. */
  readonly pack: readonly RuleSource[];
  /** For rules and settings that say no mode. */
  readonly defaultMode: Mode;
}

export type Guarded =
  | { readonly result: 'published'; readonly number: number }
  | { readonly result: 'unchanged' }
  | { readonly result: 'refused'; readonly problems: readonly Problem[] };

interface Edited {
  readonly sources: readonly RuleSource[];
  readonly versions: PublishedPointer['versions'];
}

const isRuleSource = (path: string): boolean => /^(rules|exemptions)\/[^/]+$/.test(path) || path === 'settings';

function edited(prefix: string, parameters: readonly Parameter[]): Edited {
  const ours = parameters.filter(({ name }) => isRuleSource(name.slice(prefix.length)));
  return {
    sources: ours.map(({ name, value }) => ({ path: name.slice(prefix.length), text: value })),
    versions: Object.fromEntries(ours.map(({ name, version }) => [name, version])),
  };
}

const place = ({ file, line, column, message, suggestion }: Problem): string =>
  `${file}:${line}:${column} ${message}${suggestion === '' ? '' : ` ${suggestion}`}`;

/** What the `status` parameter says: where things stand, within the 4 KB of a standard parameter. */
function statusText(guarded: Guarded, pointer: PublishedPointer | undefined): string {
  if (guarded.result !== 'refused') {
    return `Rule set ${pointer?.number ?? 0} decides (${pointer?.hash.slice(0, 12) ?? 'none'}), published ${pointer?.publishedAt ?? 'never'}.`;
  }
  const stands =
    pointer === undefined ? 'No rule set decides: incidents are held.' : `Rule set ${pointer.number} still decides.`;
  const lines = guarded.problems.filter(({ level }) => level === 'error').map(place);
  // A parameter's value may not hold `{{`: Parameter Store takes that for a reference.
  return `The last edit was not published. ${stands}\n${lines.join('\n')}`.replaceAll('{{', '{ {').slice(0, 3500);
}

/**
 * Compiles what is in Parameter Store and publishes it when it differs from the set that decides. A set that does not
 * compile never replaces one that did; two guards at once publish once.
 */
export async function guard(effects: GuardEffects): Promise<Guarded> {
  const prefix = `/firebreak/${effects.stage}/`;
  const parameters = await effects.parameters.below(prefix.slice(0, -1));
  const { sources, versions } = edited(prefix, parameters);
  const before = await readPointer(effects.table);
  const guarded = await publishIfNew(effects, { sources, versions }, before);
  const status = statusText(guarded, await readPointer(effects.table));
  const known = parameters.find(({ name }) => name === `${prefix}status`)?.value;
  if (status !== known) await effects.parameters.put(`${prefix}status`, status);
  return guarded;
}

async function publishIfNew(
  effects: GuardEffects,
  { sources, versions }: Edited,
  before: PublishedPointer | undefined,
): Promise<Guarded> {
  // Parameters that were all deleted change nothing: the last set goes on deciding.
  if (sources.length === 0 && before !== undefined) return { result: 'unchanged' };
  const compiled = compileRuleSet(sources.length === 0 ? effects.pack : sources, effects.actions, {
    defaultMode: effects.defaultMode,
  });
  if (compiled.set === null) {
    effects.log.error('rule set refused', { problems: compiled.problems.map(place) });
    return { result: 'refused', problems: compiled.problems };
  }
  const text = canonicalJson(compiled.set);
  if (sha256Hex(text) === before?.hash) return { result: 'unchanged' };
  const at = effects.clock.now().toISOString();
  const published = await publishSet(effects, { text, versions, after: before, at });
  if (published === undefined) return { result: 'unchanged' };
  effects.log.info('rule set published', { number: published.number, hash: published.hash });
  return { result: 'published', number: published.number };
}
