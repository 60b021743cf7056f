import { acknowledgementOf, putAcknowledgement } from '../incident/decisions.ts';
import { readHead } from '../incident/head.ts';
import type { Head, Message, PersonDecision } from '../incident/items.ts';
import { type OpenPage, writeAcknowledged } from '../incident/openPage.ts';
import { composeAcknowledged } from '../report/escalation.ts';
import type { Effects } from './effects.ts';

export interface AcknowledgeRequest extends Pick<PersonDecision, 'by' | 'reason' | 'caller'> {
  readonly incident: string;
  /** Id of the page that the person has seen; absent: whichever is open. */
  readonly page?: string;
}

export type Acknowledged =
  /** `known`: somebody had it before, who is named. */
  | { readonly kind: 'acknowledged' | 'known'; readonly by: string; readonly at: string }
  | { readonly kind: 'nothing'; readonly reason: string };

type Who = Pick<PersonDecision, 'by' | 'at' | 'reason'>;

/**
 * A person has a page in hand: it goes on to nobody else, and everybody who was woken hears who has it. Recorded first, once for each page; a
 * repeat after a crash does what is missing. It says nothing about what is done: nothing is approved or undone by it.
 */
export async function acknowledge(
  effects: Pick<Effects, 'table' | 'clock' | 'stage'>,
  { incident, by, reason, caller, page: seen }: AcknowledgeRequest,
): Promise<Acknowledged> {
  const { table, clock } = effects;
  const head = await readHead(table, incident);
  if (head === undefined) return { kind: 'nothing', reason: `There is no incident ${incident}.` };
  const { page } = head;
  if (page === null) return { kind: 'nothing', reason: `No page of ${incident} is open: nobody is being called.` };
  if (seen !== undefined && seen !== page.id)
    return { kind: 'nothing', reason: `Another page of ${incident} has come since: look again. Nobody has it yet.` };
  // By a decision, which has no record of its own here.
  const has = page.acknowledged ?? (await whoHasThatOf(table, page));
  if (has !== undefined) return { kind: 'known', by: has.by, at: has.at };
  const said: PersonDecision = {
    kind: 'acknowledge',
    run: head.run,
    plan: head.plan?.hash ?? null,
    by,
    reason,
    at: clock.now().toISOString(),
    ...(caller === undefined ? {} : { caller }),
  };
  const recorded = await putAcknowledgement(table, incident, page, said);
  const written = await take(effects, head, page, recorded);
  const first = recorded.by === by && recorded.at === said.at;
  if (!written && first)
    return { kind: 'nothing', reason: `The page of ${incident} is over, or another has come: look again.` };
  return { kind: first ? 'acknowledged' : 'known', by: recorded.by, at: recorded.at };
}

/**
 * Whoever decides about an incident has its page in hand; what came of the decision is told besides. Not a page that was written after the
 * decision: an answer that is given again says nothing about that.
 */
export async function acknowledgedBy(
  effects: Pick<Effects, 'table' | 'stage'>,
  incident: string,
  who: Who,
): Promise<void> {
  const head = await readHead(effects.table, incident);
  if (head?.page == null || head.page.at > who.at) return;
  // Where nobody else would have been called, nobody has to hear that nobody is.
  await take(effects, head, head.page, who, head.page.escalates !== null);
}

/** Who has the page that tells this one: they have all that it tells. */
async function whoHasThatOf(table: Effects['table'], { foldedInto }: OpenPage): Promise<OpenPage['acknowledged']> {
  return foldedInto === undefined ? undefined : (await readHead(table, foldedInto))?.page?.acknowledged;
}

/** What is missing where the record says that somebody has the page, and the head does not: a crash came in between. False: nobody has said so. */
export async function finishAcknowledged(
  effects: Pick<Effects, 'table' | 'stage'>,
  head: Head,
  page: OpenPage,
): Promise<boolean> {
  const recorded = await acknowledgementOf(effects.table, head.incident, page);
  return recorded === undefined ? false : take(effects, head, page, recorded);
}

/** False: the page is over, or another has come. */
async function take(
  { table, stage }: Pick<Effects, 'table' | 'stage'>,
  { incident }: Head,
  first: OpenPage,
  who: Who,
  tells = true,
): Promise<boolean> {
  let page: OpenPage | null | undefined = first;
  while (page != null && page.id === first.id && page.at === first.at) {
    if (page.acknowledged !== undefined) return true;
    const message = tells ? messageOf(incident, page, who, stage) : undefined;
    if ((await writeAcknowledged(table, incident, page, who, message)) !== undefined) return true;
    // It went on meanwhile, or somebody else took it.
    page = (await readHead(table, incident))?.page;
  }
  return false;
}

const messageOf = (incident: string, page: OpenPage, who: Who, stage: string): Message => ({
  ...composeAcknowledged(who, page, incident, stage),
  id: `${page.id}/acknowledged`,
  tier: 'notice',
  outcome: 'acknowledged',
  ...(page.team === undefined ? {} : { team: page.team }),
  ...(page.class === undefined ? {} : { class: page.class }),
  sent: false,
  at: who.at,
});
