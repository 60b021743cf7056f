import { isCanary } from '../finding/canary.ts';
import { messagesKept } from '../incident/digests.ts';
import { readHead } from '../incident/head.ts';
import type { Head, Message } from '../incident/items.ts';
import { keys } from '../incident/keys.ts';
import { isStorm } from '../incident/storms.ts';
import type { Table } from '../incident/table.ts';
import type { Plan } from '../plan/plan.ts';
import { askedIn } from '../plan/stop.ts';
import type { CollectedLine, ContainedLine, DigestLine, DigestModel, WaitingLine } from '../report/digestModel.ts';
import { soonMs } from '../report/digestWords.ts';
import { ownersOf, type RuleSet, type Team, type Tier } from '../rules/rule.ts';
import type { Effects } from './effects.ts';
import { expiringLeases } from './expiringLeases.ts';

type DigestEffects = Pick<Effects, 'table' | 'stage'> & { readonly bodies: Pick<Effects['bodies'], 'get'> };

/** What one digest may read: so many heads, and the rest of so many incidents. All others are counted. */
export const mostHeads = 1000;
const mostRead = 200;
/** A run takes a quarter of an hour at the most, but for one that waits; what is under way for longer is told. */
const longMs = 15 * 60_000;

export interface Asked {
  readonly team: string | null;
  /** ISO; what came then or later is told: twice where it came at that very moment, and never not at all. */
  readonly since: string;
  readonly now: Date;
  readonly set: RuleSet;
  /** All open incidents, those of other teams, too. */
  readonly heads: readonly Head[];
  readonly unread: number;
}

export interface Gathered {
  readonly model: DigestModel;
  /** Ids of the messages that it tells in the place of sending them. */
  readonly collected: readonly string[];
}

/** Open incidents, each read by its key. The canary is none, nor is a storm: what it tells is told by its incidents. */
export async function headsForDigests(
  table: Table,
  incidents: readonly string[],
): Promise<Pick<Asked, 'heads' | 'unread'>> {
  const all = incidents.filter((incident) => !isCanary(incident) && !isStorm(incident));
  const heads: Head[] = [];
  for (const incident of all.slice(0, mostHeads)) {
    const head = await readHead(table, incident);
    if (head !== undefined && head.state !== 'closed') heads.push(head);
  }
  return { heads, unread: Math.max(0, all.length - mostHeads) };
}

/** The team in whose digest something of a team is told: what is no team of the settings any more is nobody's. */
const groupOf = (team: string | null | undefined, teams: readonly Team[]): string | null =>
  teams.some(({ name }) => name === team) ? (team ?? null) : null;

/** What one team is told in the morning. Reads only. */
export async function gatherDigest(effects: DigestEffects, asked: Asked): Promise<Gathered> {
  const { team, since, now, set, unread } = asked;
  const { teams = [] } = set.settings;
  const at = now.toISOString();
  const ours = asked.heads.filter(({ plan }) => groupOf(plan?.settings.responsible?.team, teams) === team);
  const waiting = ours.filter(
    ({ outcome, stops, state }) => state === 'resting' && (outcome === 'held' || askedIn(stops) !== undefined),
  );
  const open = ours.filter((head) => isOpen(head, now));
  const contained = ours.filter(({ outcome, containedAt }) => isContained(outcome) && (containedAt ?? '') >= since);
  const undone = ours.filter(
    ({ outcome, restedAt }) => (outcome === 'undone' || outcome === 'released') && (restedAt ?? '') >= since,
  );
  const collected = asked.heads.flatMap(({ incident, outbox }) =>
    outbox
      .filter((message) => message.collected === true && groupOf(message.team, teams) === team)
      .map((message) => ({ incident, message })),
  );
  const touched = ours.filter(
    ({ restedAt, runAt, outbox }) => [restedAt ?? '', runAt].some((one) => one >= since) || outbox.length > 0,
  );
  const looked = await lookAt(effects, touched.slice(0, mostRead), since);
  const observed = looked.flatMap(({ rule }) => (rule === null ? [] : [rule]));
  const listed = new Set([...waiting, ...open, ...contained, ...undone].map(({ incident }) => incident));
  for (const { incident, rule } of looked) if (rule !== null) listed.add(incident);
  const still = ours.filter(
    (head) => isNotFixed(head) || (head.containedAt === null && isStill.some((one) => one === head.outcome)),
  );
  const tiersOf = (incident: string): readonly Tier[] => looked.find((one) => one.incident === incident)?.tiers ?? [];
  const count = (tier: Tier): number =>
    looked.reduce((sum, one) => sum + one.sent.filter((sent) => sent === tier).length, 0);
  const model: DigestModel = {
    stage: effects.stage,
    team,
    since,
    at,
    waiting: waiting.map(waitingLine),
    open: open.map((head) => lineOf(head, head.runAt)),
    contained: contained.map(
      (head): ContainedLine => ({
        ...lineOf(head, head.containedAt),
        // Also while a later run looks at it again.
        outcome: head.outcome ?? 'contained',
        tiers: tiersOf(head.incident),
      }),
    ),
    undone: undone.map((head) => lineOf(head, head.restedAt)),
    images: still.filter(({ incident }) => isImage(incident)).map((head) => lineOf(head, head.openedAt)),
    hosts: still.filter(({ incident }) => isHost(incident)).map((head) => lineOf(head, head.openedAt)),
    unfixed: still.filter(isOther).map((head) => lineOf(head, head.openedAt)),
    observed: tally(observed),
    exemptions: set.exemptions
      .filter(({ owner, expires }) => ownerGroup(owner, teams) === team && isSoon(expires, now))
      .map(({ name, owner, reason, expires }) => ({ name, owner, reason, expires })),
    leases: await expiringLeases(effects.table, ours, now),
    others: collected.flatMap(({ incident, message }): readonly CollectedLine[] =>
      listed.has(incident) ? [] : [{ incident, subject: message.subject }],
    ),
    told: { page: count('page'), notice: count('notice'), digest: count('digest') + collected.length },
    runs: looked.reduce((sum, { runs }) => sum + runs, 0),
    steps: looked.reduce((sum, { steps }) => sum + steps, 0),
    unread: unread + Math.max(0, touched.length - mostRead),
  };
  return { model, collected: collected.map(({ message: { id } }) => id) };
}

const isContained = (outcome: Head['outcome']): boolean => outcome === 'contained' || outcome === 'degraded';
const isStill: readonly Head['outcome'][] = ['held', 'not-contained', 'observed'];
/** A fix that can wait for the morning is degraded, too, where it did not come through: then nothing was ever contained. */
const isNotFixed = ({ outcome, containedAt }: Head): boolean => outcome === 'degraded' && containedAt === null;
const isImage = (incident: string): boolean => incident.startsWith('image/');
const isHost = (incident: string): boolean => /^(managed-)?instance\//.test(incident);

/** What else is held or seen stands above or among the rules that observe; of a repository, as of images and hosts, it is still so today. */
const isOther = (head: Head): boolean =>
  !isImage(head.incident) &&
  !isHost(head.incident) &&
  (isNotFixed(head) || head.incident.startsWith('ecr-repository/'));

/** What is asked is under way as well, and stands among what waits. */
const isOpen = ({ state, outcome, runAt }: Head, now: Date): boolean =>
  state === 'running' ? now.getTime() - Date.parse(runAt) > longMs : outcome === 'not-contained';

function lineOf(head: Head, since: string | null): DigestLine {
  const { incident, outcome, state, openedAt } = head;
  const so = isNotFixed(head) ? 'not-fixed' : (outcome ?? 'running');
  return { incident, since: since ?? openedAt, outcome: state === 'running' ? 'running' : so };
}

function waitingLine(head: Head): WaitingLine {
  const asked = askedIn(head.stops);
  const why = asked?.why ?? head.stops?.[0]?.why ?? 'A person must decide.';
  return { ...lineOf(head, head.restedAt), why, asks: asked?.of ?? null };
}

const isSoon = (expires: string, now: Date): boolean => {
  const left = Date.parse(expires) - now.getTime();
  return left > 0 && left <= soonMs;
};

const ownerGroup = (owner: string, teams: readonly Team[]): string | null =>
  teams.find((team) => ownersOf(team).includes(owner.toLowerCase()))?.name ?? null;

/** Most often first, then by name. */
function tally(rules: readonly string[]): DigestModel['observed'] {
  const times = new Map<string, number>();
  for (const rule of rules) times.set(rule, (times.get(rule) ?? 0) + 1);
  return [...times]
    .map(([rule, n]) => ({ rule, times: n }))
    .sort((a, b) => b.times - a.times || (a.rule < b.rule ? -1 : 1));
}

interface Looked {
  readonly incident: string;
  /** Of each message that was sent or waits, and of each that is not in a digest; those of the period. */
  readonly sent: readonly Tier[];
  readonly tiers: readonly Tier[];
  readonly runs: number;
  readonly steps: number;
  /** The rule that would have acted; null where none would. */
  readonly rule: string | null;
}

async function lookAt(effects: DigestEffects, heads: readonly Head[], since: string): Promise<readonly Looked[]> {
  const looked: Looked[] = [];
  for (const head of heads) looked.push(await lookAtOne(effects, head, since));
  return looked;
}

async function lookAtOne(effects: DigestEffects, head: Head, since: string): Promise<Looked> {
  const { table } = effects;
  const { incident, outbox } = head;
  const kept = await messagesKept(table, incident);
  const messages: readonly Message[] = [...kept, ...outbox.filter(({ collected }) => collected !== true)];
  const sent = messages
    .filter(({ at, replacedBy, toldIn }) => at >= since && replacedBy === undefined && toldIn === undefined)
    .map(({ tier }) => tier);
  const plans = (await table.query(keys.incident(incident), 'plan#')).filter(({ at }) => String(at) >= since);
  const receipts = (await table.query(keys.incident(incident), 'receipt#')).filter(
    ({ startedAt = '' }) => String(startedAt) >= since,
  );
  return {
    incident,
    sent,
    tiers: [...new Set(sent)],
    runs: new Set(plans.map(({ run }) => run)).size,
    steps: receipts.length,
    rule: await ruleThatObserved(effects, head, since),
  };
}

/** A digest does not fail because one body cannot be read: its incident stands among the others then. */
async function ruleThatObserved(
  { bodies }: DigestEffects,
  { plan, outcome }: Head,
  since: string,
): Promise<string | null> {
  if (plan === null || outcome !== 'observed' || plan.at < since) return null;
  const text = await bodies.get(plan.hash).catch(() => null);
  const { rule = null, drill } = text === null ? {} : (JSON.parse(text) as Plan);
  // In a drill every rule observes, and none would have acted.
  return rule?.mode === 'observe' && drill === undefined ? rule.name : null;
}
