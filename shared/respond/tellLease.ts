import type { Step } from '../actions/contract.ts';
import { releaseOf } from '../actions/release.ts';
import { untilWritten } from '../incident/contention.ts';
import { readHead } from '../incident/head.ts';
import type { Head, Message } from '../incident/items.ts';
import { isOver, isTimeToTell, type Lease, leaseTold, writeLease } from '../incident/leases.ts';
import { targetsOf } from '../incident/targets.ts';
import { composeLease } from '../report/lease.ts';
import { opensAt } from '../rules/workingHours.ts';
import { finishLease } from './decideLease.ts';
import type { Effects } from './effects.ts';
import { leaseMessages } from './leaseMessages.ts';
import { sendOutbox } from './send.ts';

type TellEffects = Pick<
  Effects,
  'table' | 'catalogue' | 'publisher' | 'clock' | 'stage' | 'log' | 'newId' | 'consoleUrl'
>;

/** The steps whose changes stand for an incident. */
const standingOf = async ({ table }: Pick<Effects, 'table'>, incident: string): Promise<readonly Step[]> =>
  (await targetsOf(table, incident))
    .flatMap(({ changes }) => changes.map(({ step }) => step))
    .filter(({ undo }) => undo.possible);

/**
 * Before a lease ends its incident asks what is to become of what stands; at its end it says that nobody has answered, and again each week.
 * Nothing is released by it. Of several sweeps one writes the message; what was written and not sent is the next one's.
 */
export async function tellLease(effects: TellEffects, incident: string): Promise<void> {
  const { table, clock, stage, log, catalogue } = effects;
  const told = await untilWritten(async (): Promise<Head | null | undefined> => {
    const head = await readHead(table, incident);
    const now = clock.now();
    if (head?.state !== 'resting' || head.lease === null || !isTimeToTell(head.lease, now)) return null;
    // Decided already: whoever decided it died before the incident knew.
    if (await finishLease(effects, head)) return undefined;
    const { lease } = head;
    const standing = await standingOf(effects, incident);
    if (standing.length === 0) return (await writeLease(table, head, null, undefined)) === undefined ? undefined : null;
    const message = messageOf(head, lease, standing, catalogue, now, stage);
    const written = await writeLease(table, head, leaseTold(lease, now), message);
    if (written !== undefined) log('Lease told', { incident, expiresAt: lease.expiresAt, message: message.id });
    return written;
  });
  if (told !== null) await sendOutbox(effects, told);
}

function messageOf(
  head: Head,
  lease: Lease,
  steps: readonly Step[],
  catalogue: Effects['catalogue'],
  now: Date,
  stage: string,
): Message {
  const { incident, plan } = head;
  const { team = null, workingHours } = plan?.settings.responsible ?? {};
  const opens = workingHours === undefined ? null : opensAt(workingHours, now);
  const over = isOver(lease, now);
  const standing = steps.map(({ action, sentence }) => `${action}: ${sentence}`);
  const takesVersion = steps.some((step) => releaseOf(catalogue, step)?.takesVersion === true);
  return {
    ...composeLease({ incident, expiresAt: lease.expiresAt ?? '', over, standing, takesVersion, now, stage }),
    // Named by the time that it was due: the same question again has the same name.
    id: `${leaseMessages(incident)}${lease.next}`,
    tier: 'notice',
    sent: false,
    at: now.toISOString(),
    ...(team === null ? {} : { team }),
    ...(opens === null ? {} : { notBefore: opens.toISOString() }),
  };
}
