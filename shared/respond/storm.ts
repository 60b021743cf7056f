import { type Folded, type Gathering, noteStormSeen, stormItem } from '../incident/gatherings.ts';
import { readHead } from '../incident/head.ts';
import type { Head, Message } from '../incident/items.ts';
import { incidentHash, keys } from '../incident/keys.ts';
import { openPage } from '../incident/openPage.ts';
import type { StormLimits } from '../incident/planSettings.ts';
import { countPage, pointTo, readStorm, type StormPointer, stormKey } from '../incident/storms.ts';
import { composeStorm } from '../report/gathering.ts';
import { type FoldEffects, foldedOf, foldInto, opensMore, stateOfPage } from './foldInto.ts';
import { linked } from './link.ts';
import { publishMessage } from './publish.ts';
import { gatheredOf, tellGathered } from './tellGathered.ts';

const firstPage = (parent: string): string => `${incidentHash(parent)}/folded/1`;

/** Whoever noticed a storm opens its page at once; until then nobody takes it for one that died. */
const justMs = 60_000;

/**
 * Whether a page is told by that of a storm: the one that makes so many within so long, and all that come until it is over. What is not contained,
 * or waits for somebody, is told first, and has that page go out again.
 */
export async function isToldByStorm(effects: FoldEffects, head: Head, message: Message): Promise<boolean> {
  const limits = head.plan?.settings.storm;
  if (limits === undefined) return false;
  const own = foldedOf(head, message, null, message.settled !== true || (message.openRoles ?? []).length > 0);
  const parent = await stormFor(effects, own, limits);
  if (parent?.gathering === undefined) return false;
  const state = await stateOfPage(effects, parent.incident, firstPage(parent.incident), parent.openedAt);
  if (state !== 'sent') return state === 'pending';
  // A page of a storm that is sent once does not tell one that would go on.
  const goesOn = own.escalates !== null && (parent.gathering.escalates ?? null) === null;
  const urgent = message.settled !== true || goesOn || (await opensMore(effects, parent.incident, message));
  const folded = { ...own, urgent };
  await foldInto(effects, { head, message }, { parent, folded, first: parent.gathering });
  await noteStormSeen(effects.table, parent.incident, effects.clock.now().toISOString());
  if (folded.urgent) await tellGathered(effects, parent.incident);
  return true;
}

/** The storm that is on; else the one that begins with this page; undefined: there is none. */
async function stormFor(effects: FoldEffects, own: Folded, limits: StormLimits): Promise<Head | undefined> {
  const { table, clock } = effects;
  const before = await readStorm(table);
  const known = before === undefined ? undefined : await readHead(table, before.parent);
  if (known !== undefined && isOn(known, clock.now())) return known;
  const counted = await countPage(table, own.incident, own.at, limits);
  if (before !== undefined && known === undefined && isJust(before, clock.now())) {
    return begin(effects, own, before, counted, limits);
  }
  if (counted.length < limits.incidents) return undefined;
  const at = clock.now().toISOString();
  const storm = { parent: stormKey(own.incident, at), at };
  if (await pointTo(table, storm, before)) return begin(effects, own, storm, counted, limits);
  const other = await readStorm(table);
  if (other === undefined) return undefined;
  return (await readHead(table, other.parent)) ?? begin(effects, own, other, counted, limits);
}

const isJust = ({ at }: StormPointer, now: Date): boolean => now.getTime() - Date.parse(at) < justMs;

const isOn = ({ state, gathering, lastFindingAt }: Head, now: Date): boolean =>
  state !== 'closed' &&
  gathering?.over !== true &&
  now.getTime() - Date.parse(lastFindingAt) < (gathering?.withinSeconds ?? 0) * 1000;

/** The page of a storm, by whoever comes first, whose own page is told by it: one write, and whoever has written sends it. */
async function begin(
  effects: FoldEffects,
  first: Folded,
  { parent, at }: StormPointer,
  before: readonly string[],
  { withinSeconds }: StormLimits,
): Promise<Head | undefined> {
  const { table, stage } = effects;
  const { escalates } = first;
  const all = await gatheredOf(table, before, [first]);
  const text = composeStorm({
    parent,
    all,
    minutes: Math.ceil(withinSeconds / 60),
    tier: 'page',
    over: false,
    escalates,
    at,
    stage,
  });
  const own = linked(effects, { id: firstPage(parent), tier: 'page', ...text, sent: false, at }, null);
  const gathering: Gathering = {
    ...{ kind: 'storm', times: 1, told: 0, urgent: 0, toldAt: at, first: first.message },
    ...{ before, escalates, withinSeconds },
  };
  const item = stormItem(parent, at, gathering, own, openPage(own, 'storm', escalates));
  const mine = await table.putIfAbsent({ ...item, ...keys.head(parent) });
  const storm = await readHead(table, parent);
  if (mine && storm !== undefined) await publishMessage(effects, storm, own);
  return storm;
}
