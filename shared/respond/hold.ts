import { untilWritten } from '../incident/contention.ts';
import { decidedAt, lastSaid, putSaid } from '../incident/decisions.ts';
import { readHead } from '../incident/head.ts';
import type { Hold } from '../incident/holds.ts';
import { holdOf, writeHold } from '../incident/holds.ts';
import type { Head } from '../incident/items.ts';
import { isStorm } from '../incident/storms.ts';
import { acknowledgedBy } from './acknowledge.ts';
import type { Effects } from './effects.ts';

/** Long enough for a long weekend; a hold that is forgotten ends by itself. */
export const mostHoldDays = 7;

const dayMs = 24 * 3_600_000;

/** A command that died and is given again is known as the same for so long; later it makes the hold longer. */
const sameForMs = 60_000;

export interface HoldRequest extends Pick<Hold, 'by' | 'reason' | 'caller'> {
  readonly incident: string;
  readonly forMs: number;
}

export type HoldAnswer =
  | {
      /** `known`: the same was asked for a moment ago, by the same person. */
      readonly kind: 'held' | 'known';
      readonly hold: Hold;
      /** The hold that this one replaces; null where there was none. */
      readonly before: Hold | null;
      /** Until when an undo holds it in any case; null where none does. */
      readonly undoneUntil: string | null;
      /** The run that is under way; null where none is. */
      readonly run: string | null;
    }
  | { readonly kind: 'nothing'; readonly reason: string };

/**
 * Nothing more is changed for an incident until then. The decision is put first, then the head is held in one write, which Act reads before each
 * changing call. A person's undo is finished all the same, and what stands stays. A repeat does what is missing.
 */
export async function hold(
  effects: Pick<Effects, 'table' | 'clock' | 'newId' | 'stage'>,
  request: HoldRequest,
): Promise<HoldAnswer> {
  const { table, clock } = effects;
  const { incident, forMs } = request;
  const now = clock.now();
  if (forMs > mostHoldDays * dayMs) return no(`A hold lasts ${mostHoldDays} days at the most.`);
  const head = await readHead(table, incident);
  const refusal = whyNot(incident, head);
  if (head === undefined || refusal !== undefined) return no(refusal ?? '');
  const stands = holdOf(head, now);
  if (stands !== undefined && isSame(stands, request, now)) {
    await acknowledgedBy(effects, incident, stands);
    return answered('known', head, stands, null, now);
  }
  const decided = await decide(effects, head, request, now);
  const answer = await untilWritten(async (): Promise<HoldAnswer | undefined> => {
    const found = await readHead(table, incident);
    const late = whyNot(incident, found);
    if (found === undefined || late !== undefined) return no(late ?? '');
    const before = holdOf(found, now) ?? null;
    const written = await writeHold(table, found, decided, now);
    return written === undefined ? undefined : answered('held', written, decided, before, now);
  });
  if (answer.kind === 'held') await acknowledgedBy(effects, incident, decided);
  return answer;
}

const no = (reason: string): HoldAnswer => ({ kind: 'nothing', reason });

function whyNot(incident: string, head: Head | undefined): string | undefined {
  if (head === undefined) return `There is no incident ${incident}.`;
  if (isStorm(incident))
    return `${incident} is a storm, of which nothing is changed: hold the incidents that it lists.`;
  if (head.state !== 'closed') return undefined;
  return `Incident ${incident} is closed: nothing is changed for it, and a new finding opens it anew. To stop changes of a target, pause it.`;
}

function answered(kind: 'held' | 'known', head: Head, held: Hold, before: Hold | null, now: Date): HoldAnswer {
  const { heldUntil, state, run } = head;
  const undoneUntil = heldUntil !== null && heldUntil > now.toISOString() ? heldUntil : null;
  return { kind, hold: held, before, undoneUntil, run: state === 'running' ? run : null };
}

/** The record of it: the one that is there, where the same command died before it held anything. */
async function decide(
  { table, newId }: Pick<Effects, 'table' | 'newId'>,
  head: Head,
  request: HoldRequest,
  now: Date,
): Promise<Hold> {
  const last = await lastSaid(table, head);
  if (last?.kind === 'hold' && last.until !== undefined) {
    const { by, reason, at, until, caller } = last;
    const earlier = { by, reason, at, until, ...(caller === undefined ? {} : { caller }) };
    if (isSame(earlier, request, now)) return earlier;
  }
  const { incident, run, plan } = head;
  const { by, reason, caller, forMs } = request;
  const at = decidedAt(now, head, last);
  const until = new Date(at.getTime() + forMs).toISOString();
  const held = { by, reason, at: at.toISOString(), until, ...(caller === undefined ? {} : { caller }) };
  await putSaid(table, incident, { kind: 'hold', run, plan: plan?.hash ?? null, ...held }, newId());
  return held;
}

const isSame = (one: Hold, { by, reason, forMs }: HoldRequest, now: Date): boolean =>
  one.by === by &&
  one.reason === reason &&
  Date.parse(one.until) - Date.parse(one.at) === forMs &&
  now.getTime() - Date.parse(one.at) < sameForMs;
