import { acknowledgementOf, putAcknowledgement } from '../incident/decisions.ts';
import { readHead } from '../incident/head.ts';
import type { Head, Message, PersonDecision } from '../incident/items.ts';
import type { OpenPage } from '../incident/openPage.ts';
import { writeAcknowledged } from '../incident/openPage.ts';
import { composeAcknowledged } from '../report/goesOn.ts';
import type { Effects } from './effects.ts';

export interface AcknowledgeRequest extends Pick<PersonDecision, 'by' | 'reason' | 'caller'> {
  readonly incident: string;
}

export type Acknowledged =
  /** `known`: somebody had it before, who is named. */
  | { readonly kind: 'acknowledged' | 'known'; readonly by: string; readonly at: string }
  | { readonly kind: 'nothing'; readonly reason: string };

/**
 * A person has a page in hand: it goes on to nobody else, and everybody who was woken hears who has it. Recorded first, once for each page; a
 * repeat after a crash does what is missing. It says nothing about what is done: nothing is approved or undone by it.
 */
export async function acknowledge(
  effects: Pick<Effects, 'table' | 'clock' | 'stage'>,
  { incident, by, reason, caller }: AcknowledgeRequest,
): Promise<Acknowledged> {
  const { table, clock, stage } = effects;
  const head = await readHead(table, incident);
  if (head === undefined) return { kind: 'nothing', reason: `There is no incident ${incident}.` };
  const { page } = head;
  if (page === null) return { kind: 'nothing', reason: `No page of ${incident} is open: nobody is being called.` };
  const said: PersonDecision = {
    kind: 'acknowledge',
    run: head.run,
    plan: head.plan?.hash ?? null,
    by,
    reason,
    at: clock.now().toISOString(),
    ...(caller === undefined ? {} : { caller }),
  };
  const recorded = await putAcknowledgement(table, incident, page.id, said);
  const written = await take(table, head, page, recorded, messageOf(head, page, recorded, stage));
  const first = recorded.by === by && recorded.at === said.at;
  if (!written && first)
    return { kind: 'nothing', reason: `The page of ${incident} is over, or another has come: look again.` };
  return { kind: first ? 'acknowledged' : 'known', by: recorded.by, at: recorded.at };
}

/** Whoever decides about an incident has its page in hand; what they decided is told with what comes of it. */
export async function acknowledgedBy(
  { table }: Pick<Effects, 'table'>,
  incident: string,
  who: Pick<PersonDecision, 'by' | 'at'>,
): Promise<void> {
  const head = await readHead(table, incident);
  if (head?.page == null) return;
  await take(table, head, head.page, who);
}

/** False: the page is over, or another has come. */
async function take(
  table: Effects['table'],
  { incident }: Head,
  first: OpenPage,
  who: Pick<PersonDecision, 'by' | 'at'>,
  message?: Message,
): Promise<boolean> {
  let page: OpenPage | null | undefined = first;
  while (page != null && page.id === first.id) {
    if (page.acknowledged !== undefined) return true;
    if ((await writeAcknowledged(table, incident, page, who, message)) !== undefined) return true;
    // It went on meanwhile, or somebody else took it.
    page = (await readHead(table, incident))?.page;
  }
  return false;
}

/** What is missing where the record says that somebody has the page, and the head does not: a crash came in between. False: nobody has said so. */
export async function finishAcknowledged(
  { table, stage }: Pick<Effects, 'table' | 'stage'>,
  head: Head,
  page: OpenPage,
): Promise<boolean> {
  const recorded = await acknowledgementOf(table, head.incident, page.id);
  if (recorded === undefined) return false;
  return take(table, head, page, recorded, messageOf(head, page, recorded, stage));
}

const messageOf = ({ incident }: Head, page: OpenPage, decided: PersonDecision, stage: string): Message => ({
  ...composeAcknowledged(decided, page, incident, stage),
  id: `${page.id}/acknowledged`,
  tier: 'notice',
  outcome: 'acknowledged',
  sent: false,
  at: decided.at,
});
