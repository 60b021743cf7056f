import { later } from '../incident/contention.ts';
import { rememberedOf } from '../incident/earlier.ts';
import { closeHead } from '../incident/ends.ts';
import { findingsOf } from '../incident/findings.ts';
import { headsIn, readHead } from '../incident/head.ts';
import type { Head } from '../incident/items.ts';
import { isTimeToTell } from '../incident/leases.ts';
import { raise } from '../incident/raise.ts';
import { keepsTurn, leaveTarget, ownerIsOver, stands, targetsOf } from '../incident/targets.ts';
import { isTurnOf } from '../incident/turns.ts';
import { digestOf } from '../rules/digestTime.ts';
import type { RuleSet, Settings } from '../rules/rule.ts';
import { sendDigests } from './digest.ts';
import type { Effects } from './effects.ts';
import { escalateIfOverdue } from './escalate.ts';
import { type Freed, freedNow } from './freed.ts';
import type { RunInput } from './run.ts';
import { sendOutbox } from './send.ts';
import { type StartEffects, start } from './start.ts';
import { tellGathered } from './tellGathered.ts';
import { tellLease } from './tellLease.ts';
import { tellMeanwhile } from './tellMeanwhile.ts';
import { waitsUntil } from './waitsUntil.ts';

export type SweepEffects = StartEffects &
  Pick<Effects, 'publisher' | 'ruleSets' | 'catalogue'> & { readonly bodies: Pick<Effects['bodies'], 'get'> };

/**
 * Protocol 7: what nobody else brought to an end. One incident that fails does not stop the others; the first error is thrown
 * when all have had their turn.
 */
export async function sweep(effects: SweepEffects): Promise<void> {
  const set = await readSet(effects);
  const settings = set?.settings;
  const freed = freedNow(effects, settings);
  const failures: unknown[] = [];
  const each = async (incidents: readonly string[], look: (incident: string) => Promise<void>): Promise<void> => {
    for (const incident of incidents) {
      try {
        await look(incident);
      } catch (error) {
        effects.log('Sweep failed for one incident', { incident, error });
        failures.push(error);
      }
    }
  };
  const running = await headsIn(effects.table, 'running');
  await each(running, async (incident) => {
    const head = await lookAfter(effects, incident);
    if (head === undefined || set === undefined) return;
    const told = await tellMeanwhile(effects, head, set);
    if (told !== head) await sendOutbox(effects, told);
  });
  const resting = await headsIn(effects.table, 'resting');
  // Before what waits too long for it goes out by itself.
  if (set !== undefined)
    await each(['digests'], () => sendDigests(effects, set, async () => [...new Set([...running, ...resting])]));
  await each(resting, (incident) => lookAt(effects, incident, settings, freed));
  if (failures.length > 0) throw failures[0];
}

/**
 * One incident that waits for a person whose time is over: the sweep of all would come upon it within minutes.
 * @param run the run that waits
 * @returns until when it waits on, ISO; null where it need not, or where another run does
 */
export async function sweepOne(effects: SweepEffects, { incident, run }: RunInput): Promise<string | null> {
  const settings = (await readSet(effects))?.settings;
  await lookAt(effects, incident, settings, freedNow(effects, settings));
  const head = await readHead(effects.table, incident);
  const until = head === undefined ? null : waitsUntil(head, run);
  // What is still to be done now is the next sweep's: a wait for what is over would come back at once.
  return until !== null && until > effects.clock.now().toISOString() ? until : null;
}

/** Undefined while no rule set is readable: then nothing is closed. */
async function readSet({ ruleSets, log }: SweepEffects): Promise<RuleSet | undefined> {
  try {
    return (await ruleSets.current()).set;
  } catch (error) {
    log('Sweep closes nothing: no rule set is readable', { error });
    return undefined;
  }
}

/** Sees to it that a run is under way, and that what lies in the outbox is sent. */
export async function lookAfter(
  effects: StartEffects & Pick<Effects, 'publisher'>,
  incident: string,
): Promise<Head | undefined> {
  await start(effects, incident);
  const { head, mine } = await escalateIfOverdue(effects, incident);
  if (head !== undefined) await sendOutbox(effects, head, mine);
  if (head?.gathering !== undefined) await tellGathered(effects, incident);
  return head;
}

async function lookAt(
  effects: SweepEffects,
  incident: string,
  settings: Settings | undefined,
  freed: Freed,
): Promise<void> {
  const { head, mine } = await escalateIfOverdue(effects, incident);
  const hasDigest = (team: string | null): boolean => settings === undefined || digestOf(team, settings) !== undefined;
  if (head !== undefined) await sendOutbox(effects, head, mine, hasDigest);
  if (head?.gathering !== undefined) await tellGathered(effects, incident);
  if (head?.state !== 'resting') return;
  if (head.lease !== null && isTimeToTell(head.lease, effects.clock.now())) await tellLease(effects, incident);
  const stops = head.stops ?? [];
  const isFreed = await freed(incident, stops);
  if (isFreed || (await isLeftAlone(effects, head)) || (await hasItsTurn(effects, head))) {
    // An undo that was held goes on as one: a person wants it put back.
    const direction = isFreed && stops.some(({ undo }) => undo === true) ? ('undo' as const) : ('do' as const);
    await raise(effects.table, incident, { run: effects.newId(), now: effects.clock.now(), direction });
    await start(effects, incident);
  } else if (isOver(head) && settings !== undefined && isQuiet(head, settings.quietHours, effects.clock.now())) {
    await close(effects, head);
  }
}

/** Nothing is left for it to wait for, and nobody is being called: what nobody has answered in time is not waited for without an end. */
const isOver = ({ waits, stops, page }: Head): boolean =>
  waits === null && (stops ?? []).every(({ late }) => late === true) && (page?.next ?? null) === null;

/** It joined another incident, whose run has been over for long and has contained nothing: ownership passes on. */
async function isLeftAlone({ table, clock }: SweepEffects, { incident, outcome, waits }: Head): Promise<boolean> {
  if (outcome !== 'joined') return false;
  const inLine = waits?.flatMap(({ targets }) => targets) ?? [];
  for (const { target, owner, contained } of await targetsOf(table, incident)) {
    if (!inLine.includes(target) && !contained && (owner === null || (await ownerIsOver(table, owner, clock.now()))))
      return true;
  }
  return false;
}

/** It had to wait, and does so no longer, though nobody has said so: whoever had the turn died, or did not get as far as that. */
async function hasItsTurn({ table, clock }: SweepEffects, { incident, waits }: Head): Promise<boolean> {
  for (const { turn, targets } of waits ?? []) {
    if (await isTurnOf(table, turn, { incident, targets }, clock.now())) return true;
  }
  return false;
}

function isQuiet({ lastFindingAt, restedAt, heldUntil, hold }: Head, quietHours: number, now: Date): boolean {
  const last = later(lastFindingAt, restedAt ?? lastFindingAt);
  const held = [heldUntil, hold?.until].some((until) => (until ?? '') > now.toISOString());
  return !held && now.getTime() - Date.parse(last) >= quietHours * 3_600_000;
}

/**
 * Closes an incident unless something of it stands. It leaves its targets first, each read before the head is read again:
 * a run that has opened meanwhile and taken one is not robbed of it.
 */
async function close({ table, clock, log }: SweepEffects, head: Head): Promise<void> {
  const { incident, run } = head;
  const records = await targetsOf(table, incident);
  if (records.some((record) => stands(record) || keepsTurn(record))) return;
  const again = await readHead(table, incident);
  if (again?.state !== 'resting' || again.run !== run || again.outbox.length > 0) return;
  const threats = rememberedOf(await findingsOf(table, incident, again.closedSeq));
  for (const record of records) {
    if (!(await leaveTarget(table, record, incident))) return;
  }
  if ((await closeHead(table, again, clock.now(), threats)) !== undefined) log('Incident closed', { incident });
}
