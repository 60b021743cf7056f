import { askedIn } from '../plan/stop.ts';
import type { Head } from './items.ts';
import { isUnanswered, type OpenPage } from './openPage.ts';
import { waitingIn } from './outbox.ts';

/** One open incident, as `incidents list --json` shows it. */
export interface ListedIncident {
  readonly incident: string;
  readonly state: Head['state'];
  readonly outcome: Head['outcome'];
  readonly direction: Head['direction'];
  readonly run: string;
  readonly openedAt: string;
  readonly lastFindingAt: string;
  readonly containedAt: string | null;
  /** Until when an undo or a person's hold keeps it from being changed, whichever lasts longer; it may be over. */
  readonly heldUntil: string | null;
  /** Who holds it; null where nobody does. */
  readonly heldBy: string | null;
  /** Messages that are not known to be sent, though it is time; and those that wait for working hours or the digest. */
  readonly unsent: number;
  readonly waiting: number;
  /** Hash of what it asks a person; null where it asks nothing. */
  readonly asks: string | null;
  /** The incident, or the storm, whose page tells this one's; null where it is told by itself. */
  readonly foldedInto: string | null;
  /** How many others its page was last said to tell. */
  readonly tells: number;
  /** When the lease of what it has contained ends, ISO; null where none does. */
  readonly leaseEnds: string | null;
  /** The page that is not over: who has it in hand, or when it goes on; null when there is none. */
  readonly page: (Pick<OpenPage, 'at' | 'level' | 'next' | 'acknowledged'> & { readonly unanswered: boolean }) | null;
}

export const listed = (head: Head, now: Date): ListedIncident => ({
  incident: head.incident,
  state: head.state,
  outcome: head.outcome,
  direction: head.direction,
  run: head.run,
  openedAt: head.openedAt,
  lastFindingAt: head.lastFindingAt,
  containedAt: head.containedAt,
  heldUntil: [head.heldUntil ?? '', head.hold?.until ?? ''].toSorted().at(-1) || null,
  heldBy: head.hold?.by ?? null,
  unsent: head.outbox.length - waitingIn(head.outbox, now).length,
  waiting: waitingIn(head.outbox, now).length,
  asks: head.state === 'resting' ? (askedIn(head.stops)?.of ?? null) : null,
  foldedInto: head.page?.foldedInto ?? null,
  tells: (head.gathering?.told ?? 0) + (head.gathering?.first === undefined ? 0 : 1),
  leaseEnds: head.lease?.expiresAt ?? null,
  page: pageOf(head),
});

function pageOf({ page }: Head): ListedIncident['page'] {
  if (page === null) return null;
  const { at: since, level, next, acknowledged } = page;
  const unanswered = isUnanswered(page);
  return { at: since, level, next, unanswered, ...(acknowledged === undefined ? {} : { acknowledged }) };
}
