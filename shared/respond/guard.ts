import type { Action } from '../actions/contract.ts';
import type { Bodies } from '../incident/bodies.ts';
import {
  noteRestored,
  noteSources,
  type Publication,
  type PublishedPointer,
  publishSet,
  readPointer,
} from '../incident/rulesets.ts';
import type { Table } from '../incident/table.ts';
import { approvalOf, noteWaiting, type WaitingSet } from '../incident/waitingSets.ts';
import { dangersOf, lessOf } from '../plan/dangers.ts';
import { threatClass } from '../plan/threatTypes.ts';
import type { Clock } from '../platform/clock.ts';
import { InvalidRules } from '../platform/errors.ts';
import { sha256Hex } from '../platform/hash.ts';
import { canonicalJson } from '../platform/json.ts';
import type { Log } from '../platform/log.ts';
import type { Parameters } from '../platform/parameters.ts';
import { firstOf } from '../report/text.ts';
import { sentencesBetween } from '../rules/changes.ts';
import { compileRuleSet } from '../rules/compile.ts';
import type { Mode, Problem, RuleSet, RuleSource } from '../rules/rule.ts';
import { parseRuleSet } from '../rules/storedSet.ts';
import { announceExpiry } from './announceExpiry.ts';
import { restore } from './guardRestore.ts';
import { type Rests, restsOn, whatIsThere } from './guardRests.ts';
import { notePackRecord, readPackRecord, type Seeding, seeded, seedingOf, withSeeds } from './guardSeed.ts';
import { type Edited, edited, outlived, sourcesText, writtenOver } from './guardSources.ts';
import { containsLess, problemLine } from './guardStatus.ts';
import { tell } from './guardTell.ts';

export interface GuardEffects {
  readonly table: Table;
  readonly bodies: Bodies;
  readonly parameters: Parameters;
  readonly clock: Clock;
  /** Waits so many milliseconds. */
  readonly wait: (ms: number) => Promise<void>;
  readonly log: Log;
  readonly stage: string;
  readonly actions: readonly Action[];
  /** The shipped rule pack, which is put into Parameter Store where nobody has rules. */
  readonly pack: readonly RuleSource[];
  /** For rules and settings that say no mode. */
  readonly defaultMode: Mode;
  /** Tells the owner of the rules, in working hours. */
  readonly notify: (subject: string, body: string) => Promise<void>;
  readonly rests: Rests;
}

export type Guarded =
  | { readonly result: 'published'; readonly number: number }
  | { readonly result: 'unchanged' }
  | { readonly result: 'waiting'; readonly waiting: Omit<WaitingSet, 'since'> }
  | { readonly result: 'refused'; readonly problems: readonly Problem[] };

/** What the guard has before it: the set that decides, and what people have written since. */
export interface Before {
  readonly prefix: string;
  readonly pointer: PublishedPointer | undefined;
  readonly written: Edited;
  /** Text of the `status` parameter, undefined where there is none. */
  readonly said: string | undefined;
  /** The set whose rule parameters are all gone: it goes on deciding. */
  readonly last: PublishedPointer | undefined;
  readonly seeding: Seeding;
  readonly there: string;
}

/** Several edits that belong together come one after the other: three a second at most, as Parameter Store takes them. */
export const quietMs = 5_000;
const longestWaitMs = 20_000;
const everySoOftenMs = 2_500;

/**
 * Compiles what is in Parameter Store and publishes it when it differs from the set that decides. A set that does not
 * compile never replaces one that did, one that may do harm waits for a person, and the owner is told once; two guards at once publish once.
 * Throws what the table, S3, Parameter Store or SNS answers; then nothing was changed but what is complete.
 */
export async function guard(effects: GuardEffects): Promise<Guarded> {
  const before = await look(effects);
  if (before === undefined) return { result: 'unchanged' };
  const { guarded, problems } = await publishIfNew(effects, before);
  await noteWaiting(
    effects.table,
    guarded.result === 'waiting' ? guarded.waiting : undefined,
    effects.clock.now().toISOString(),
  );
  const announced = await announceExpiry(effects, await readPointer(effects.table));
  const told = await tell(effects, before, { guarded, problems });
  await putPack(effects, before);
  // What it wrote meanwhile makes what is there something else.
  const isOver = guarded.result === 'unchanged' && announced && told;
  Object.assign(effects.rests, isOver ? { of: before.there, seenAtMs: effects.clock.now().getTime() } : { of: '' });
  return guarded;
}

/** Undefined: all is as it was left, or the parameters are being put back, and are read again next time. */
async function look(effects: GuardEffects): Promise<Before | undefined> {
  const prefix = `/firebreak/${effects.stage}/`;
  const begun = effects.clock.now().getTime();
  for (;;) {
    // Before the parameters: whoever reads an edit and publishes meanwhile makes our write fail, and not the other way round.
    const pointer = await readPointer(effects.table);
    const parameters = await effects.parameters.below(prefix.slice(0, -1));
    const written = edited(prefix, parameters);
    if (pointer?.restores === true) {
      await restore(effects, prefix, pointer, written);
      await noteRestored(effects.table, pointer);
      return undefined;
    }
    const now = effects.clock.now().getTime();
    const there = whatIsThere(pointer, parameters);
    if (restsOn(effects.rests, there, now)) return undefined;
    const settled = pointer === undefined || now - (written.youngest ?? 0) >= quietMs;
    if (settled || now - begun >= longestWaitMs) {
      const said = parameters.find(({ name }) => name === `${prefix}status`)?.value;
      const last = outlived(prefix, written, pointer);
      const known = await readPackRecord(effects.table);
      const seeding = seedingOf(last === undefined ? effects.pack : [], written.sources, known);
      return { prefix, pointer, written, said, last, seeding, there };
    }
    await effects.wait(everySoOftenMs);
  }
}

interface Looked {
  readonly guarded: Guarded;
  readonly problems: readonly Problem[];
}

async function publishIfNew(effects: GuardEffects, before: Before): Promise<Looked> {
  const { pointer, written, last, seeding } = before;
  const sources = withSeeds(written.sources, seeding);
  const lastSet = last === undefined ? undefined : await readSet(effects, last);
  const { set, problems } = compileRuleSet(sources, effects.actions, {
    defaultMode: effects.defaultMode,
    now: effects.clock.now(),
    alwaysPages: (type) => threatClass({ type, severity: null }) === 'A',
    standing: lastSet?.rules.map(({ name }) => name) ?? [],
  });
  if (set === null) {
    effects.log.error('Rule set refused', { problems: problems.map(problemLine) });
    return { guarded: { result: 'refused', problems }, problems };
  }
  const next = lastSet === undefined ? set : writtenOver(lastSet, set, written);
  const text = canonicalJson(next);
  const read = {
    sources: sourcesText(sources),
    versions: last === undefined ? written.versions : { ...last.versions, ...written.versions },
  };
  const unchanged: Looked = { guarded: { result: 'unchanged' }, problems };
  if (sha256Hex(text) === pointer?.hash) {
    if (last === undefined && readOtherwise(pointer, read)) await noteSources(effects, pointer, read);
    return unchanged;
  }
  if (!(await sameAgain(effects, before))) return unchanged;
  const gate = await gateOf(effects, pointer, next, sha256Hex(text));
  if (gate.waiting !== undefined) return { guarded: { result: 'waiting', waiting: gate.waiting }, problems };
  const { why, changes } = gate;
  const at = effects.clock.now().toISOString();
  const published = await publishSet(effects, { text, ...read, after: pointer, why, changes, at });
  if (published === undefined) return unchanged;
  const { number, hash } = published;
  effects.log.info('Rule set published', { number, hash, why: why.kind });
  return { guarded: { result: 'published', number }, problems };
}

const readOtherwise = (
  pointer: PublishedPointer,
  read: { readonly sources: string; readonly versions: PublishedPointer['versions'] },
): boolean =>
  sha256Hex(read.sources) !== pointer.sources || canonicalJson(read.versions) !== canonicalJson(pointer.versions);

type Gate =
  | { readonly waiting: Omit<WaitingSet, 'since'> }
  | { readonly waiting?: undefined; readonly why: Publication; readonly changes: readonly string[] };

const mostSentences = 40;
const longestSentence = 1_000;

/** Whether a set may be published as it is, or a person is to see it first. */
async function gateOf(
  effects: GuardEffects,
  pointer: PublishedPointer | undefined,
  next: RuleSet,
  hash: string,
): Promise<Gate> {
  const now = pointer === undefined ? undefined : await readableSet(effects, pointer);
  if (now === undefined) return { why: { kind: 'edit' }, changes: [] };
  const at = effects.clock.now();
  const less = lessOf(now, next, effects.actions, at).map((sentence) => `${containsLess}${sentence}`);
  const changes = firstOf([...less, ...sentencesBetween(now, next)], mostSentences, longestSentence);
  const found = dangersOf(now, next, effects.actions, at);
  const dangers = firstOf(found, mostSentences, longestSentence);
  if (dangers.length === 0) return { why: { kind: 'edit' }, changes };
  const approval = await approvalOf(effects.table, hash);
  if (approval === undefined) return { waiting: { hash, dangers, changes } };
  return { why: { kind: 'approved', by: approval.by }, changes };
}

const readSet = async ({ bodies, actions }: GuardEffects, { hash }: PublishedPointer): Promise<RuleSet> =>
  parseRuleSet(await bodies.get(hash), actions);

/** Undefined for a set that this version cannot read: nothing is decided by it either, so that nothing is lost by replacing it. */
async function readableSet(effects: GuardEffects, pointer: PublishedPointer): Promise<RuleSet | undefined> {
  try {
    return await readSet(effects, pointer);
  } catch (error) {
    if (!(error instanceof InvalidRules)) throw error;
    effects.log.error('The set that decides cannot be read by this version', { error });
    return undefined;
  }
}

/** Pages are read one after the other: an edit between two of them would give a set that nobody ever wrote. */
async function sameAgain(
  { parameters }: Pick<GuardEffects, 'parameters'>,
  { prefix, written }: Pick<Before, 'prefix' | 'written'>,
): Promise<boolean> {
  const again = edited(prefix, await parameters.below(prefix.slice(0, -1)));
  return canonicalJson(again.versions) === canonicalJson(written.versions);
}

/** Last of all: what is put there decides already, and what fails half-way is found as it is by the next guard. */
async function putPack({ table, parameters }: GuardEffects, { prefix, seeding }: Before): Promise<void> {
  const known = await readPackRecord(table);
  // Noted before the first is put: a pack that is half there is no sign of people's own rules.
  if (known === undefined) await notePackRecord(table, seeding.record);
  for (const { path, text } of seeding.puts) await parameters.put(`${prefix}${path}`, text);
  const record = seeded(seeding);
  if (canonicalJson(record) !== canonicalJson(known ?? seeding.record)) await notePackRecord(table, record);
}
