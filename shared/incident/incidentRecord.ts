import type { Finding } from '../finding/finding.ts';
import { isLent } from '../plan/lease.ts';
import type { Plan } from '../plan/plan.ts';
import type { JsonObject } from '../platform/json.ts';
import type { Exempted } from '../rules/decide.ts';
import type { Bodies } from './bodies.ts';
import { findingsOf } from './findings.ts';
import type { Folded } from './gatherings.ts';
import { headOf } from './head.ts';
import type {
  EventRecord,
  Head,
  Message,
  PersonDecision,
  PlanRef,
  Receipt,
  StoredFinding,
  TargetRecord,
  TurnRecord,
} from './items.ts';
import { keys } from './keys.ts';
import { withoutLink } from './outbox.ts';
import { receiptsOf } from './receipts.ts';
import { readRecord } from './records.ts';
import type { Table } from './table.ts';
import { touchedTargets } from './targets.ts';
import { openTargets, readTurn, turnsOf } from './turns.ts';

/** A finding of the incident, and what became of the event that brought this version of it. */
export interface ShownFinding extends Finding {
  readonly activity: string;
  readonly event: EventRecord | { readonly id: string };
}

/** What an exemption took of a finding, when it was decided. */
export interface ShownExempted extends Exempted {
  /** Id and title. */
  readonly finding: string;
  readonly title: string;
}

/** One plan: what a round of a run decided, and what became of its steps. */
export interface ShownPlan extends Omit<PlanRef, 'settings'>, Omit<Plan, 'findings' | 'steps'> {
  readonly exempted: readonly ShownExempted[];
  readonly steps: readonly (Plan['steps'][number] & {
    /** As it was before the first changing call; null while nothing was started. */
    readonly before: JsonObject | null;
    readonly receipt: Receipt | null;
  })[];
}

/** All that is kept about an incident. Times are ISO 8601 UTC. */
export interface IncidentRecord extends Omit<Head, 'plan' | 'outbox'> {
  readonly version: 1;
  /** The rule of the latest plan that one led to, and the rule set that it was read from. */
  readonly rule: { readonly name: string; readonly mode: string; readonly ruleset: PlanRef['ruleset'] } | null;
  readonly findings: readonly ShownFinding[];
  /** The latest; null before the first Decide. */
  readonly plan: ShownPlan | null;
  /** All of them, oldest first. */
  readonly plans: readonly ShownPlan[];
  readonly receipts: readonly (Receipt & { readonly run: string; readonly round: number })[];
  readonly messages: readonly Message[];
  /** Pages of other incidents that this one's tells. */
  readonly folded: readonly Folded[];
  readonly decisions: readonly PersonDecision[];
  readonly targets: readonly TargetRecord[];
  /** Turns that it has ever asked for, as they are now; `open`: keys of the targets of their owner that are not known to be back. */
  readonly turns: readonly (TurnRecord & { readonly open: readonly string[] })[];
}

/** Whether anything that was changed for it stands, and can be put back or let go. */
export const canBeUndone = (record: Standing): boolean => standingSteps(record).length > 0;

/** Whether some of that is contained, and not only fixed: it can be released, kept and extended. */
export const canBeReleased = (record: Standing): boolean => standingSteps(record).some(isLent);

type Standing = Pick<IncidentRecord, 'incident' | 'targets'>;

const standingSteps = ({ incident, targets }: Standing): readonly TargetRecord['changes'][number]['step'][] =>
  targets
    .filter(({ interested }) => interested.includes(incident))
    .flatMap(({ changes }) => changes.map(({ step }) => step))
    .filter(({ undo }) => undo.possible);

interface Reads {
  readonly table: Table;
  readonly bodies: Pick<Bodies, 'get'>;
}

const byTime = <T extends { readonly at: string }>(some: readonly T[]): readonly T[] =>
  some.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));

const ofTheTable: ReadonlySet<string> = new Set([
  'pk',
  'sk',
  'gsi',
  'pageStands',
  'heldAt',
  'gatheringTimes',
  'leaseStands',
]);

/** Items carry their keys, and what a condition compares, which say nothing more. */
const withoutKeys = <T extends object>(item: T): T =>
  Object.fromEntries(Object.entries(item).filter(([name]) => !ofTheTable.has(name))) as T;

/** Everything about an incident that is there. The items were written by Firebreak: their shapes are taken as given. */
export async function readIncident({ table, bodies }: Reads, incident: string): Promise<IncidentRecord | undefined> {
  const items = await table.query(keys.incident(incident), '');
  const head = items.find(({ sk }) => sk === 'head');
  if (head === undefined) return undefined;
  // Each prefix is that of one kind of item.
  const below = <T extends object>(prefix: string): readonly T[] =>
    items.filter(({ sk }) => sk.startsWith(prefix)).map((item) => withoutKeys(item as unknown as T));
  const { plan: _plan, outbox, ...state } = headOf(head);
  const refs = byTime(below<PlanRef>('plan#'));
  const plans = await Promise.all(refs.map((ref) => shownPlan({ table, bodies }, incident, ref)));
  const receipts = plans.flatMap(({ run, round, steps }) =>
    steps.flatMap(({ receipt }) => (receipt === null ? [] : [{ ...receipt, run, round }])),
  );
  // A message that was kept as sent may still lie in the outbox, after a crash in between.
  const sent = below<Message>('message#');
  return {
    version: 1,
    ...withoutOut(state),
    rule: ruleOf(plans),
    findings: await Promise.all(
      (await findingsOf(table, incident, state.closedSeq)).map((stored) => shownFinding(table, stored)),
    ),
    plan: plans.at(-1) ?? null,
    plans,
    receipts,
    messages: byTime([...sent, ...outbox.filter(({ id }) => !sent.some((one) => one.id === id))].map(withoutLink)),
    folded: below<Folded>('folded#'),
    decisions: byTime(below<PersonDecision>('decision#')),
    targets: await touchedTargets(table, incident),
    turns: await shownTurns(table, incident),
  };
}

async function shownTurns(table: Table, incident: string): Promise<IncidentRecord['turns']> {
  const records = await Promise.all((await turnsOf(table, incident)).map((turn) => readTurn(table, turn)));
  const there = records.filter((record) => record !== undefined);
  return Promise.all(there.map(async (record) => ({ ...record, open: await openTargets(table, record) })));
}

/** The head's item holds its unsent messages as attributes of their own; they are among the messages. */
const withoutOut = (state: Omit<Head, 'plan' | 'outbox'>): Omit<Head, 'plan' | 'outbox'> =>
  withoutKeys(Object.fromEntries(Object.entries(state).filter(([name]) => !name.startsWith('out:'))) as typeof state);

async function shownPlan({ table, bodies }: Reads, incident: string, ref: PlanRef): Promise<ShownPlan> {
  const { settings: _settings, ...about } = ref;
  const { findings, ...plan } = JSON.parse(await bodies.get(ref.hash)) as Plan;
  const receipts = (await receiptsOf(table, incident, ref.run, ref.round)).map((one) => withoutKeys<Receipt>(one));
  const steps = plan.steps.map((step) => {
    const receipt = receipts.find(({ key }) => key === step.key) ?? null;
    return { ...step, before: receipt?.before ?? null, receipt };
  });
  // The table keeps no attribute that is null.
  const exempted = findings.flatMap(({ finding: { id, title }, exempted: some = [] }) =>
    some.map((one) => ({ ...one, finding: id, title })),
  );
  return { ...about, breached: about.breached ?? null, ...plan, exempted, steps };
}

async function shownFinding(table: Table, { finding, activity, event }: StoredFinding): Promise<ShownFinding> {
  const record = await readRecord(table, event);
  return { ...finding, activity, event: record === undefined ? { id: event } : withoutKeys(record) };
}

function ruleOf(plans: readonly ShownPlan[]): IncidentRecord['rule'] {
  const decided = plans.findLast(({ rule }) => rule !== null);
  return decided === undefined || decided.rule === null ? null : { ...decided.rule, ruleset: decided.ruleset };
}
