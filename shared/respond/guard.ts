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
import type { Mode, Problem, RuleSet, RuleSource } from '../rules/rule.ts';
import { parseRuleSet } from '../rules/storedSet.ts';
import { type Edited, edited, outlived, withPack, writtenOver } from './guardSources.ts';
import { problemLine, rulesGone, statusText } from './guardStatus.ts';

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
  const last = outlived(prefix, written, before);
  const { guarded, problems } = await publishIfNew(effects, prefix, written, before, last);
  const pointer = await readPointer(effects.table);
  const refused = guarded.result === 'refused';
  const left = last !== undefined;
  const status = statusText({ pointer, refused, left, problems, notRead: written.notRead });
  const said = parameters.find(({ name }) => name === `${prefix}status`)?.value;
  if (status === said) return guarded;
  // Told before it is noted as told: a crash in between tells twice.
  if (left && said?.includes(rulesGone) !== true) {
    await effects.notify(ascii(`NO ACTION: rules gone, Firebreak ${effects.stage}`, 99), status);
  }
  if (refused) await effects.notify(ascii(`NO ACTION: rule edit refused, Firebreak ${effects.stage}`, 99), status);
  await effects.parameters.put(`${prefix}status`, status);
  return guarded;
}

async function publishIfNew(
  effects: GuardEffects,
  prefix: string,
  written: Edited,
  before: PublishedPointer | undefined,
  last: PublishedPointer | undefined,
): Promise<Looked> {
  const sources = last === undefined ? withPack(written, effects.pack) : written.sources;
  const { set, problems } = compileRuleSet(sources, effects.actions, { defaultMode: effects.defaultMode });
  if (set === null) {
    effects.log.error('Rule set refused', { problems: problems.map(problemLine) });
    return { guarded: { result: 'refused', problems }, problems };
  }
  const text = canonicalJson(last === undefined ? set : writtenOver(await readSet(effects, last), set, written));
  const unchanged: Looked = { guarded: { result: 'unchanged' }, problems };
  if (sha256Hex(text) === before?.hash) return unchanged;
  if (!(await sameAgain(effects, prefix, written))) return unchanged;
  const at = effects.clock.now().toISOString();
  const versions = { ...last?.versions, ...written.versions };
  const published = await publishSet(effects, { text, versions, after: before, at });
  if (published === undefined) return unchanged;
  const { number, hash } = published;
  effects.log.info('Rule set published', { number, hash });
  return { guarded: { result: 'published', number }, problems };
}

const readSet = async ({ bodies, actions }: GuardEffects, { hash }: PublishedPointer): Promise<RuleSet> =>
  parseRuleSet(await bodies.get(hash), actions);

/** Pages are read one after the other: an edit between two of them would give a set that nobody ever wrote. */
async function sameAgain(
  { parameters }: Pick<GuardEffects, 'parameters'>,
  prefix: string,
  { versions }: Edited,
): Promise<boolean> {
  const again = edited(prefix, await parameters.below(prefix.slice(0, -1)));
  return canonicalJson(again.versions) === canonicalJson(versions);
}
