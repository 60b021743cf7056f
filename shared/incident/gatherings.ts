import type { Escalates, FindingClass } from '../plan/plan.ts';
import type { Json, JsonObject } from '../platform/json.ts';
import { headOf, outAttribute, outValue } from './head.ts';
import type { Head, Message } from './items.ts';
import { keys } from './keys.ts';
import { type OpenPage, pageExpected, pageSet } from './openPage.ts';
import { withoutLink } from './outbox.ts';
import type { Expect, Table } from './table.ts';

/** What a page says of itself to those that may tell it. */
export interface Foldable {
  /** What others may have in common with it (`campaignsOf`); absent of what wakes nobody. */
  readonly campaigns?: readonly string[];
  /** All is contained, and nobody is needed for what was done: it may be told by the page of its campaign. */
  readonly settled?: true;
  /** Roles whose credentials may be in somebody's hands; absent where none are. */
  readonly openRoles?: readonly string[];
  /** It is told by the page of that incident, or of that storm, and was not sent by itself. */
  readonly foldedInto?: string;
}

/** What people were last told of the pages that are folded into one. */
export interface Gathering {
  readonly kind: 'campaign' | 'storm';
  /** How often something was told, how many were told of by then, and how many of them needed somebody by themselves. */
  readonly times: number;
  readonly told: number;
  readonly urgent: number;
  /** When it was told last, ISO. */
  readonly toldAt: string;
  /** Of a storm: the message with which it began. Its page tells it, whether it is folded or went out by itself. */
  readonly first?: string;
  /** Of a storm: who was paged before it began, how its page goes on, and after how long without news it is over. */
  readonly before?: readonly string[];
  readonly escalates?: Escalates | null;
  readonly withinSeconds?: number;
  /** Of a storm: its end was told. */
  readonly over?: true;
}

/** Which page a campaign is told by. */
export interface CampaignRecord {
  readonly campaign: string;
  /** Whose page it is; empty where nobody knows. */
  readonly team: string;
  /** The incident whose page it is, and that message. */
  readonly parent: string;
  readonly page: string;
  readonly class: FindingClass;
  /** Roles whose credentials that page says are open. */
  readonly roles: readonly string[];
  /** Whether that page goes on where nobody acknowledges it. */
  readonly goesOn: boolean;
  /** When that took the lead, ISO, and when the campaign was seen last. */
  readonly at: string;
  readonly lastAt: string;
}

/** Only this file writes under that key. */
export async function readCampaign(
  table: Table,
  which: Pick<CampaignRecord, 'campaign' | 'team'>,
): Promise<CampaignRecord | undefined> {
  return (await table.get(keys.campaign(which))) as CampaignRecord | undefined;
}

/** The page of a campaign is this one from now on. False: another took the lead first. */
export async function lead(table: Table, record: CampaignRecord, before: CampaignRecord | undefined): Promise<boolean> {
  const item: JsonObject = { ...record };
  if (before === undefined) return table.putIfAbsent({ ...item, ...keys.campaign(record) });
  const expect = { parent: before.parent, page: before.page, at: before.at };
  return (await table.update(keys.campaign(record), expect, { set: item })) !== undefined;
}

/** The campaign goes on, under the page that it has. */
export async function noteSeen(table: Table, record: CampaignRecord, at: string): Promise<void> {
  const { parent, page } = record;
  await table.update(keys.campaign(record), { parent, page }, { set: { lastAt: at } });
}

/** A page that another one tells, in the partition of the incident that tells it. */
export interface Folded {
  readonly incident: string;
  /** Id of the message, which its own incident keeps whole. */
  readonly message: string;
  readonly at: string;
  readonly subject: string;
  /** Roles whose credentials are open. */
  readonly roles: readonly string[];
  /** How its own page would go on. */
  readonly escalates: Escalates | null;
  /** What they have in common; null of a storm. */
  readonly campaign: string | null;
  /** It needs somebody by itself, also for credentials of which nothing that was told by then says that they are open. */
  readonly urgent: boolean;
  /** What a person types about it, as its own message has it. */
  readonly commands: readonly string[];
}

/** Put before the message leaves the outbox of its own incident: what is folded is never in neither. */
export async function putFolded(table: Table, parent: string, folded: Folded): Promise<void> {
  const { message: id, at } = folded;
  await table.putIfAbsent({ ...(folded as unknown as JsonObject), ...keys.folded(parent, { id, at }) });
}

/** Oldest first. */
export async function foldedInto(table: Table, parent: string): Promise<readonly Folded[]> {
  const items = await table.query(keys.incident(parent), 'folded#');
  return items.map((item) => ({ escalates: null, campaign: null, ...item }) as unknown as Folded);
}

const times = 'gatheringTimes';

/** The same number as text of its own: a condition compares no more than that. */
const gatheringSet = (gathering: Gathering): JsonObject => ({
  gathering: gathering as unknown as Json,
  [times]: gathering.times,
});

/** The page of an incident tells of others from now on: the sweep looks after that. Nothing is written where it does so already. */
export async function beginGathering(table: Table, { incident, gathering }: Head, first: Gathering): Promise<void> {
  if (gathering !== undefined) return;
  await table.update(keys.head(incident), { [times]: null }, { set: gatheringSet(first) });
}

/** What a head is made of that is no incident's: a storm's. Its page is opened in the same write. */
export const stormItem = (
  incident: string,
  at: string,
  gathering: Gathering,
  message: Message,
  page: OpenPage,
): JsonObject => ({
  ...{ incident, state: 'resting', gsi: 'resting', run: page.run, round: 1, direction: 'do' },
  ...{ seq: 0, reportedSeq: 0, closedSeq: 0, deadRuns: 0, machinePaged: false },
  ...{ openedAt: at, runAt: at, restedAt: at, lastFindingAt: at },
  ...gatheringSet(gathering),
  [outAttribute(message.id)]: outValue(message),
  ...pageSet(page),
});

/**
 * One write: what is told of the folded lies in the outbox, and what was told is noted.
 * @param page the page from then on; undefined: it stays as it is
 * @returns undefined where somebody else has told, or the page is another by now
 */
export async function writeTold(
  table: Table,
  head: Head,
  written: {
    readonly gathering: Gathering;
    readonly message: Message;
    readonly page: OpenPage | undefined;
    /** Messages of the outbox that this one tells, too. */
    readonly replaces: readonly Message[];
  },
): Promise<Head | undefined> {
  const { message, page, gathering, replaces } = written;
  const expect: Expect = {
    [times]: head.gathering?.times ?? null,
    ...(page === undefined ? {} : pageExpected(head.page)),
  };
  const set: JsonObject = {
    ...gatheringSet(gathering),
    [outAttribute(message.id)]: outValue(message),
    ...(page === undefined ? {} : pageSet(page)),
  };
  const remove = replaces.map(({ id }) => outAttribute(id));
  const item = await table.update(keys.head(head.incident), expect, { set, remove });
  return item === undefined ? undefined : headOf(item);
}

/** A storm goes on. */
export async function noteStormSeen(table: Table, incident: string, at: string): Promise<void> {
  await table.update(keys.head(incident), {}, { set: { lastFindingAt: at } });
}

/**
 * One write: a message leaves the outbox unsent, because another page tells it, and its page goes on no more by itself. The message is kept first.
 * False: the page is another by now, and it is to be looked at again.
 */
export async function writeFolded(table: Table, head: Head, message: Message, parent: string): Promise<boolean> {
  const kept = { ...withoutLink(message), foldedInto: parent } as unknown as JsonObject;
  await table.putIfAbsent({ ...kept, ...keys.message(head.incident, message.id) });
  const isItsPage = head.page?.id === message.id;
  const page = head.page === null || !isItsPage ? undefined : { ...head.page, next: null, foldedInto: parent };
  const set = page === undefined ? {} : pageSet(page);
  const expect = { ...pageExpected(head.page) };
  const item = await table.update(keys.head(head.incident), expect, { set, remove: [outAttribute(message.id)] });
  return item !== undefined;
}
