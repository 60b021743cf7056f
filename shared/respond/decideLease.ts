import { untilWritten } from '../incident/contention.ts';
import { decidedAt, leaseDecisionOf, putLeaseDecision } from '../incident/decisions.ts';
import { readHead } from '../incident/head.ts';
import type { Head, PersonDecision } from '../incident/items.ts';
import { type Lease, leaseTerm, leaseUntil, writeLease } from '../incident/leases.ts';
import { keepReplaced } from '../incident/outbox.ts';
import { stands, targetsOf } from '../incident/targets.ts';
import { isLent } from '../plan/lease.ts';
import { longestLeaseDays } from '../rules/schema.ts';
import { acknowledgedBy } from './acknowledge.ts';
import type { Effects } from './effects.ts';
import { leaseMessages } from './leaseMessages.ts';

export interface LeaseRequest extends Pick<PersonDecision, 'by' | 'reason' | 'caller'> {
  readonly incident: string;
  /** So much longer; null: until somebody lets it go. */
  readonly forMs: number | null;
}

export type LeaseAnswer =
  /** `known`: the same was decided a moment ago, by the same person. */
  | { readonly kind: 'decided' | 'known'; readonly lease: Lease; readonly before: Lease | null }
  | { readonly kind: 'nothing'; readonly reason: string };

type LeaseEffects = Pick<Effects, 'table' | 'clock' | 'stage'>;

const dayMs = 86_400_000;
/** A command that died and is given again is known as the same for so long; later it extends again. */
const sameForMs = 60_000;

/**
 * A person says how long what is contained stays so: until somebody lets it go, or so much longer. Recorded first, once for each state of the
 * lease: of two at the same time the first counts, and the second is about what the first has left. A repeat does what is missing.
 */
export async function decideLease(effects: LeaseEffects, request: LeaseRequest): Promise<LeaseAnswer> {
  const { table, clock } = effects;
  const { incident, by, reason, forMs, caller } = request;
  let mine: { readonly term: string; readonly at: string } | undefined;
  const answer = await untilWritten(async (): Promise<LeaseAnswer | undefined> => {
    const now = clock.now();
    const head = await readHead(table, incident);
    const refusal = await whyNot(effects, incident, head);
    if (head === undefined || refusal !== undefined) return no(refusal ?? '');
    const { lease } = head;
    // Recorded before, brought to the incident by somebody who came upon it, and maybe decided otherwise since: that stands.
    if (mine !== undefined && mine.term !== leaseTerm(head) && (lease?.decided?.at ?? '') >= mine.at && lease !== null)
      return { kind: 'decided', lease, before: null };
    if (lease !== null && isSame(lease, request, now)) return { kind: 'known', lease, before: null };
    const at = decidedAt(now, head, lease?.decided);
    const until = forMs === null ? null : new Date(from(lease, at).getTime() + forMs);
    if (until !== null && until.getTime() - at.getTime() > longestLeaseDays * dayMs)
      return no(`That would be until ${until.toISOString()}: a lease ends at most ${longestLeaseDays} days from now.`);
    const said = {
      run: head.run,
      plan: head.plan?.hash ?? null,
      by,
      reason,
      at: at.toISOString(),
      ...(caller === undefined ? {} : { caller }),
    };
    const decision: PersonDecision =
      until === null ? { kind: 'keep', ...said } : { kind: 'extend', ...said, until: until.toISOString() };
    const recorded = await putLeaseDecision(table, incident, leaseTerm(head), decision);
    if (recorded.by === by && recorded.at === decision.at) mine = { term: leaseTerm(head), at: recorded.at };
    const written = await apply(effects, head, recorded);
    // Somebody else's is done first; then this one is about what that has left.
    if (written?.lease == null || !saysTheSame(written.lease, request)) return undefined;
    return { kind: 'decided', lease: written.lease, before: lease };
  });
  if (answer.kind !== 'nothing' && answer.lease.decided !== undefined)
    await acknowledgedBy(effects, incident, answer.lease.decided);
  return answer;
}

const no = (reason: string): LeaseAnswer => ({ kind: 'nothing', reason });

/** What is over is extended from now on. */
const from = (lease: Lease | null, now: Date): Date =>
  new Date(Math.max(now.getTime(), lease?.expiresAt == null ? 0 : Date.parse(lease.expiresAt)));

async function whyNot(
  { table }: Pick<Effects, 'table'>,
  incident: string,
  head: Head | undefined,
): Promise<string | undefined> {
  if (head === undefined) return `There is no incident ${incident}.`;
  if (head.state === 'closed') return `Incident ${incident} is closed: nothing of it is contained.`;
  if (head.state === 'running' && head.direction === 'undo')
    return `Incident ${incident} is being let go by run ${head.run}.`;
  const changes = (await targetsOf(table, incident)).filter(stands).flatMap((record) => record.changes);
  if (changes.some(({ step }) => isLent(step))) return undefined;
  if (changes.length > 0)
    return `What was changed for ${incident} is a fix: it stays without a lease, and an undo takes it back.`;
  return `Nothing that was changed for ${incident} stands, so that there is nothing to keep.`;
}

const saysTheSame = ({ decided }: Lease, { by, reason, forMs }: LeaseRequest): boolean =>
  decided !== undefined && decided.by === by && decided.reason === reason && (decided.forMs ?? null) === forMs;

const isSame = (lease: Lease, request: LeaseRequest, now: Date): boolean =>
  saysTheSame(lease, request) && now.getTime() - Date.parse(lease.decided?.at ?? '') < sameForMs;

/** What was decided about a lease, as the incident is to know it. */
function decidedLease({ lease }: Head, { kind, by, at, reason, until }: PersonDecision): Lease {
  const decided = { by, at, reason };
  if (kind === 'keep' || until === undefined)
    return { since: at, expiresAt: null, next: null, decided: { kind: 'keep', ...decided } };
  const forMs = Date.parse(until) - from(lease, new Date(at)).getTime();
  return { ...leaseUntil(new Date(at), new Date(until)), decided: { kind: 'extend', ...decided, forMs } };
}

/** One write: the lease is what was decided, and a question that waits for working hours is asked no more. */
async function apply(effects: LeaseEffects, head: Head, decision: PersonDecision): Promise<Head | undefined> {
  const { table } = effects;
  const { incident, outbox } = head;
  const over = outbox.filter(({ id }) => id.startsWith(leaseMessages(incident)));
  const written = await writeLease(table, head, decidedLease(head, decision), undefined, over);
  if (written !== undefined)
    await keepReplaced(table, incident, over, `${decision.kind} by ${decision.by}, ${decision.at}`);
  return written;
}

/** What is missing where the record says that a lease was decided, and the head does not: a crash came in between. False: nobody has decided. */
export async function finishLease(effects: LeaseEffects, head: Head): Promise<boolean> {
  const recorded = await leaseDecisionOf(effects.table, head.incident, leaseTerm(head));
  if (recorded === undefined) return false;
  await apply(effects, head, recorded);
  return true;
}
