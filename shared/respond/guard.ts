import type { Action } from '../actions/contract.ts';
import type { Bodies } from '../incident/bodies.ts';
import { type PublishedPointer, publishSet, readPointer } from '../incident/rulesets.ts';
import type { Table } from '../incident/table.ts';
import type { Clock } from '../platform/clock.ts';
import { sha256Hex } from '../platform/hash.ts';
import { canonicalJson } from '../platform/json.ts';
import type { Log } from '../platform/log.ts';
import type { Parameters } from '../platform/parameters.ts';
import { ascii } from '../report/text.ts';
import { compileRuleSet } from '../rules/compile.ts';
import type { Mode, Problem, RuleSource } from '../rules/rule.ts';
import { type Edited, edited, sourcesOf } from './guardSources.ts';
import { problemLine, statusText } from './guardStatus.ts';

export interface GuardEffects {
  readonly table: Table;
  readonly bodies: Bodies;
  readonly parameters: Parameters;
  readonly clock: Clock;
  readonly log: Log;
  readonly stage: string;
  readonly actions: readonly Action[];
  /** The shipped rule pack, whose rules stand while nobody has put a rule into Parameter Store. */
  readonly pack: readonly RuleSource[];
  /** For rules and settings that say no mode. */
  readonly defaultMode: Mode;
  /** Tells the owner of the rules, in working hours. */
  readonly notify: (subject: string, body: string) => Promise<void>;
}

export type Guarded =
  | { readonly result: 'published'; readonly number: number }
  | { readonly result: 'unchanged' }
  | { readonly result: 'refused'; readonly problems: readonly Problem[] };

interface Looked {
  readonly guarded: Guarded;
  readonly problems: readonly Problem[];
  readonly left: boolean;
}

/**
 * Compiles what is in Parameter Store and publishes it when it differs from the set that decides. A set that does not
 * compile never replaces one that did, and its owner is told once; two guards at once publish once. Throws what the table, S3,
 * Parameter Store or SNS answers; then nothing was changed but what is complete.
 */
export async function guard(effects: GuardEffects): Promise<Guarded> {
  const prefix = `/firebreak/${effects.stage}/`;
  // Before the parameters: whoever reads an edit and publishes meanwhile makes our write fail, and not the other way round.
  const before = await readPointer(effects.table);
  const parameters = await effects.parameters.below(prefix.slice(0, -1));
  const written = edited(prefix, parameters);
  const { guarded, problems, left } = await publishIfNew(effects, prefix, written, before);
  const pointer = await readPointer(effects.table);
  const refused = guarded.result === 'refused';
  const status = statusText({ pointer, refused, left, problems, notRead: written.notRead });
  if (status === parameters.find(({ name }) => name === `${prefix}status`)?.value) return guarded;
  // Told before it is noted as told: a crash in between tells twice.
  if (refused) await effects.notify(ascii(`NO ACTION: rule edit refused, Firebreak ${effects.stage}`, 99), status);
  await effects.parameters.put(`${prefix}status`, status);
  return guarded;
}

async function publishIfNew(
  effects: GuardEffects,
  prefix: string,
  written: Edited,
  before: PublishedPointer | undefined,
): Promise<Looked> {
  const sources = sourcesOf(prefix, written, effects.pack, before);
  if (sources === null) return { guarded: { result: 'unchanged' }, problems: [], left: true };
  const { set, problems } = compileRuleSet(sources, effects.actions, { defaultMode: effects.defaultMode });
  if (set === null) {
    effects.log.error('Rule set refused', { problems: problems.map(problemLine) });
    return { guarded: { result: 'refused', problems }, problems, left: false };
  }
  const text = canonicalJson(set);
  const unchanged: Looked = { guarded: { result: 'unchanged' }, problems, left: false };
  if (sha256Hex(text) === before?.hash) return unchanged;
  if (!(await sameAgain(effects, prefix, written))) return unchanged;
  const at = effects.clock.now().toISOString();
  const published = await publishSet(effects, { text, versions: written.versions, after: before, at });
  if (published === undefined) return unchanged;
  const { number, hash } = published;
  effects.log.info('Rule set published', { number, hash });
  return { guarded: { result: 'published', number }, problems, left: false };
}

/** Pages are read one after the other: an edit between two of them would give a set that nobody ever wrote. */
async function sameAgain(
  { parameters }: Pick<GuardEffects, 'parameters'>,
  prefix: string,
  { versions }: Edited,
): Promise<boolean> {
  const again = edited(prefix, await parameters.below(prefix.slice(0, -1)));
  return canonicalJson(again.versions) === canonicalJson(versions);
}
