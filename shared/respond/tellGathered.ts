import { untilWritten } from '../incident/contention.ts';
import { type Folded, foldedInto, type Gathering, writeTold } from '../incident/gatherings.ts';
import { readHead } from '../incident/head.ts';
import type { Head, Message } from '../incident/items.ts';
import { incidentHash } from '../incident/keys.ts';
import { type OpenPage, openPage } from '../incident/openPage.ts';
import { keepReplaced } from '../incident/outbox.ts';
import type { Table } from '../incident/table.ts';
import { strictest } from '../plan/escalation.ts';
import { composeCampaign, composeStorm, countsOf, type Gathered } from '../report/gathering.ts';
import type { FoldEffects } from './foldInto.ts';
import { linked } from './link.ts';
import { publishMessage } from './publish.ts';

const minuteMs = 60_000;
/** A page of a storm comes again at most so often, a list of what is folded at most so often, and the first list soon. */
const pageMs = 5 * minuteMs;
const listMs = 15 * minuteMs;
const firstListMs = 2 * minuteMs;

export type Due = 'page' | 'notice' | 'over';

/** What is counted as told or not: all but what the first page was made of, which may have gone out by itself all the same. */
const counting = <T extends Pick<Folded, 'message'>>({ first }: Gathering, folded: readonly T[]): readonly T[] =>
  folded.filter(({ message }) => message !== first);

/** What is to be told now of what was folded into a page; undefined: nothing, or not yet. Pure. */
export function dueNow(
  gathering: Gathering,
  all: readonly Pick<Folded, 'urgent' | 'message'>[],
  lastAt: string,
  now: Date,
): Due | undefined {
  const { kind, told, urgent, toldAt, over, withinSeconds = 0 } = gathering;
  const folded = counting(gathering, all);
  const since = now.getTime() - Date.parse(toldAt);
  const wakes = folded.filter((one) => one.urgent).length > urgent;
  if (wakes) return since >= pageMs ? 'page' : undefined;
  const isOver = now.getTime() - Date.parse(lastAt) >= withinSeconds * 1000;
  if (kind === 'storm' && over !== true && isOver) return 'over';
  const wait = kind === 'campaign' && told === 0 ? firstListMs : listMs;
  return folded.length > told && since >= wait ? 'notice' : undefined;
}

/** So many heads are read at a time. */
const atOnce = 25;

/** Of what is folded and came before, how each incident stands now; of each the latest. */
export async function gatheredOf(
  table: Table,
  before: readonly string[],
  folded: readonly Folded[],
): Promise<readonly Gathered[]> {
  const latest = new Map(folded.map((one) => [one.incident, one]));
  const all = [...new Set([...before, ...latest.keys()])];
  const look = async (incident: string): Promise<Gathered> => {
    const { outcome = null, page } = (await readHead(table, incident)) ?? {};
    const one = latest.get(incident);
    const { subject = null, commands = [], roles = [] } = one ?? {};
    // Once it comes to another state, that is told by another message.
    const needs = one?.urgent === true && page?.id === one.message;
    return { incident, outcome, needs, before: one === undefined, subject, roles, commands };
  };
  const gathered: Gathered[] = [];
  for (let at = 0; at < all.length; at += atOnce) {
    gathered.push(...(await Promise.all(all.slice(at, at + atOnce).map(look))));
  }
  return gathered;
}

/** Tells what was folded into the page of an incident or a storm since it was last told, where that is due. */
export async function tellGathered(effects: FoldEffects, incident: string): Promise<void> {
  const { table, clock } = effects;
  const told = await untilWritten(async () => {
    const head = await readHead(table, incident);
    if (head?.gathering === undefined) return 'nothing' as const;
    const folded = await foldedInto(table, incident);
    const now = clock.now();
    const due = dueNow(head.gathering, folded, head.lastFindingAt, now);
    if (due === undefined) return 'nothing' as const;
    const { message, page, gathering } = await telling(effects, head, head.gathering, folded, due, now);
    const sent = linked(effects, message, null);
    const written = await writeTold(table, head, {
      message: sent,
      page,
      gathering,
      replaces: page === undefined ? [] : acknowledgements(head),
    });
    if (written !== undefined && page !== undefined)
      await keepReplaced(table, incident, acknowledgements(head), sent.id);
    return written === undefined ? undefined : { written, message: sent };
  });
  if (told !== 'nothing') await publishMessage(effects, told.written, told.message);
}

/** Who has the page that another takes the place of: told afterwards, it would say that of the new one, which nobody has. */
const acknowledgements = ({ outbox }: Head): readonly Message[] =>
  outbox.filter(({ outcome }) => outcome === 'acknowledged');

async function telling(
  { table, stage }: Pick<FoldEffects, 'table' | 'stage'>,
  head: Head,
  before: Gathering,
  folded: readonly Folded[],
  due: Due,
  now: Date,
): Promise<{ message: Message; page: OpenPage | undefined; gathering: Gathering }> {
  const { incident, openedAt } = head;
  const at = now.toISOString();
  // An incident that leads for the second time tells what came since it was opened anew.
  const recent = folded.filter((one) => before.kind === 'storm' || one.urgent || one.at >= openedAt);
  const all = await gatheredOf(table, before.before ?? [], recent);
  const escalates = strictest([before.escalates ?? null, ...folded.map((one) => one.escalates)]);
  const tier = due === 'page' ? 'page' : 'notice';
  const over = due === 'over' || before.over === true;
  const within = before.withinSeconds ?? 0;
  // Until the last of them came, where no more do.
  const until = due === 'over' ? Date.parse(head.lastFindingAt) : now.getTime();
  const minutes = Math.ceil((until - Date.parse(openedAt)) / minuteMs + within / 60);
  const campaigns = [...new Set(folded.flatMap(({ campaign }) => campaign ?? []))];
  const text =
    before.kind === 'storm'
      ? composeStorm({ parent: incident, all, minutes, tier, over, escalates, at, stage })
      : composeCampaign({ parent: incident, all, campaigns, tier, escalates, at, stage });
  // Nothing else ends the alert of a storm; a campaign's is that of the incident which leads it.
  const ends = due === 'over' && countsOf(all).needs.length === 0;
  const written: Message = {
    id: `${incidentHash(incident)}/folded/${before.times + 1}`,
    tier,
    ...text,
    ...(ends ? { outcome: 'contained' } : {}),
    ...(before.kind === 'storm' || head.page?.team === undefined ? {} : { team: head.page.team }),
    sent: false,
    at,
  };
  const page = tier === 'page' ? openPage(written, head.run, escalates, head.page) : undefined;
  const message = page === undefined || page.level === 0 ? written : { ...written, level: page.level };
  const counted = counting(before, folded);
  const gathering: Gathering = {
    ...before,
    times: before.times + 1,
    told: counted.length,
    urgent: counted.filter((one) => one.urgent).length,
    toldAt: at,
    ...(before.kind === 'storm' ? { escalates } : {}),
    ...(over ? { over: true } : {}),
  };
  return { message, page, gathering };
}
