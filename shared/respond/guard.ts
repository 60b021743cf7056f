import type { Action } from '../actions/contract.ts';
import type { Bodies } from '../incident/bodies.ts';
import { isPushed } from '../incident/pushing.ts';
import { noteSources, type PublishedPointer, publishSet, type Remains, readPointer } from '../incident/rulesets.ts';
import type { Table } from '../incident/table.ts';
import { noteWaiting, type WaitingSet } from '../incident/waitingSets.ts';
import { threatClass } from '../plan/threatTypes.ts';
import type { Clock } from '../platform/clock.ts';
import { sha256Hex } from '../platform/hash.ts';
import { canonicalJson } from '../platform/json.ts';
import type { Log } from '../platform/log.ts';
import type { Parameter, Parameters } from '../platform/parameters.ts';
import { compileRuleSet } from '../rules/compile.ts';
import type { Mode, Problem, RuleSet, RuleSource } from '../rules/rule.ts';
import { announceExpiry } from './announceExpiry.ts';
import { gateOf, readSet } from './guardGate.ts';
import { outlived, sourcesWith, writtenOver } from './guardOutlived.ts';
import { putPack } from './guardPutPack.ts';
import { asIfPutBack, remaining } from './guardRemains.ts';
import { restore } from './guardRestore.ts';
import { goneSince, type Rests, restsOn, whatIsThere } from './guardRests.ts';
import { readPackRecord, type Seeding, seedingOf, withSeeds } from './guardSeed.ts';
import { type Edited, edited, sourcesText } from './guardSources.ts';
import { problemLine } from './guardStatus.ts';
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
  /** As it is there. */
  readonly parameters: readonly Parameter[];
  readonly written: Edited;
  /** Counts as if it had been put back, in `written`. */
  readonly remains: Remains | undefined;
  /** Text of the `status` parameter, undefined where there is none. */
  readonly said: string | undefined;
  /** The set whose rule parameters are all gone: it goes on deciding. */
  readonly last: RuleSet | undefined;
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
  const { guarded, problems, agreed } = await publishIfNew(effects, before);
  await noteWaiting(
    effects.table,
    guarded.result === 'waiting' ? guarded.waiting : undefined,
    effects.clock.now().toISOString(),
  );
  const announced = await announceExpiry(effects, await readPointer(effects.table));
  const told = await tell(effects, before, { guarded, problems });
  if (agreed || before.seeding.record.declined) await putPack(effects, before);
  // What it wrote meanwhile makes what is there something else.
  const isOver = guarded.result === 'unchanged' && announced && told;
  Object.assign(effects.rests, isOver ? { of: before.there, seenAtMs: effects.clock.now().getTime() } : { of: '' });
  return guarded;
}

/** Undefined: all is as it was left, or parameters are being put back or pushed, and are read again next time. */
async function look(effects: GuardEffects): Promise<Before | undefined> {
  const prefix = `/firebreak/${effects.stage}/`;
  const begun = effects.clock.now().getTime();
  for (;;) {
    // Before the parameters: whoever reads an edit and publishes meanwhile makes our write fail, and not the other way round.
    const pointer = await readPointer(effects.table);
    const parameters = await effects.parameters.below(prefix.slice(0, -1));
    if (pointer?.restores === true) {
      await restore(effects, prefix, pointer, parameters);
      return undefined;
    }
    const remains = remaining(prefix, pointer, parameters);
    const written = await asIfPutBack(effects, prefix, pointer, { written: edited(prefix, parameters), remains });
    const now = effects.clock.now().getTime();
    const there = whatIsThere(pointer, parameters);
    if (restsOn(effects.rests, there, now)) return undefined;
    const youngest = Math.max(written.youngest ?? 0, goneSince(effects.rests, pointer, written.versions, now));
    const settled = pointer === undefined || now - youngest >= quietMs;
    const isLate = now - begun >= longestWaitMs;
    if (pointer !== undefined && (await isPushed(effects.table, now))) {
      if (isLate) return undefined;
    } else if (settled || isLate) {
      const said = parameters.find(({ name }) => name === `${prefix}status`)?.value;
      const known = await readPackRecord(effects.table);
      const last = await outlived(effects, written, { pointer, known }, (set) => readSet(effects, set));
      const seeding = seedingOf(last === undefined ? effects.pack : [], written.sources, known);
      return { prefix, pointer, parameters, written, remains, said, last, seeding, there };
    }
    await effects.wait(everySoOftenMs);
  }
}

interface Looked {
  readonly guarded: Guarded;
  readonly problems: readonly Problem[];
  /** What was read decides, as it was read. */
  readonly agreed: boolean;
}

async function publishIfNew(effects: GuardEffects, before: Before): Promise<Looked> {
  const { pointer, written, remains, last, seeding } = before;
  const sources = withSeeds(written.sources, seeding);
  const { set, problems } = compileRuleSet(sources, effects.actions, {
    defaultMode: effects.defaultMode,
    now: effects.clock.now(),
    alwaysPages: (type) => threatClass({ type, severity: null }) === 'A',
    standing: last?.rules.map(({ name }) => name) ?? [],
  });
  if (set === null) {
    effects.log.error('Rule set refused', { problems: problems.map(problemLine) });
    return { guarded: { result: 'refused', problems }, problems, agreed: false };
  }
  const next = last === undefined ? set : writtenOver(last, set, written);
  const text = canonicalJson(next);
  const read = {
    sources: sourcesText(last === undefined ? sources : await sourcesWith(effects, pointer, sources)),
    versions: last === undefined ? written.versions : { ...pointer?.versions, ...written.versions },
    remains,
  };
  const unchanged: Looked = { guarded: { result: 'unchanged' }, problems, agreed: false };
  if (sha256Hex(text) === pointer?.hash) {
    if (last === undefined && readOtherwise(pointer, read)) await noteSources(effects, pointer, read);
    return { ...unchanged, agreed: true };
  }
  if (!(await sameAgain(effects, before))) return unchanged;
  const gate = await gateOf(effects, pointer, next, sha256Hex(text));
  if (gate.waiting !== undefined)
    return { guarded: { result: 'waiting', waiting: gate.waiting }, problems, agreed: false };
  const { why, changes } = gate;
  const at = effects.clock.now().toISOString();
  const published = await publishSet(effects, { text, ...read, after: pointer, why, changes, at });
  if (published === undefined) return unchanged;
  const { number, hash } = published;
  effects.log.info('Rule set published', { number, hash, why: why.kind });
  return { guarded: { result: 'published', number }, problems, agreed: true };
}

const readOtherwise = (
  pointer: PublishedPointer,
  read: { readonly sources: string; readonly versions: PublishedPointer['versions'] },
): boolean =>
  sha256Hex(read.sources) !== pointer.sources || canonicalJson(read.versions) !== canonicalJson(pointer.versions);

/** Pages are read one after the other: an edit between two of them would give a set that nobody ever wrote. */
async function sameAgain(
  { parameters }: Pick<GuardEffects, 'parameters'>,
  before: Pick<Before, 'prefix' | 'parameters'>,
): Promise<boolean> {
  const versionsOf = (found: readonly Parameter[]) => canonicalJson(edited(before.prefix, found).versions);
  return versionsOf(await parameters.below(before.prefix.slice(0, -1))) === versionsOf(before.parameters);
}
