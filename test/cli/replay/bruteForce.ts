import { openReading } from '../../../cli/explain/reading.ts';
import { type Route, route } from '../../../cli/explain/routes.ts';
import { type Action, targetKey } from '../../../shared/actions/contract.ts';
import { parseEnvelope } from '../../../shared/finding/envelope.ts';
import { incidentKey } from '../../../shared/finding/incidentKey.ts';
import { parseEvent } from '../../../shared/finding/registry.ts';
import { memoryBodies } from '../../../shared/incident/bodies.ts';
import { readHead } from '../../../shared/incident/head.ts';
import { keys } from '../../../shared/incident/keys.ts';
import { planOfRun } from '../../../shared/incident/plans.ts';
import { readRecord } from '../../../shared/incident/records.ts';
import type { Expect, Item, Table } from '../../../shared/incident/table.ts';
import type { Plan } from '../../../shared/plan/plan.ts';
import { InvalidEvent } from '../../../shared/platform/errors.ts';
import { sha256Hex } from '../../../shared/platform/hash.ts';
import { act } from '../../../shared/respond/act.ts';
import { decide } from '../../../shared/respond/decide.ts';
import type { Effects } from '../../../shared/respond/effects.ts';
import { intake } from '../../../shared/respond/intake.ts';
import { report } from '../../../shared/respond/report.ts';
import { sweep } from '../../../shared/respond/sweep.ts';
import { verify } from '../../../shared/respond/verify.ts';
import type { RuleSet, Tier } from '../../../shared/rules/rule.ts';
import { inForce } from '../../../shared/rules/storedSet.ts';

/** What one run of production's own states came to. */
export interface Ran {
  readonly incident: string;
  /** Which opening of it: how far its findings had been counted when it was closed before. */
  readonly opening: number;
  readonly decided: Decided;
}

/** What is counted of a plan; of the same one there is one, however often it was made. */
export interface Decided {
  readonly decision: Plan['decision'];
  readonly rules: readonly string[];
  readonly steps: readonly CountedStep[];
  readonly proposed: readonly CountedStep[];
}

export interface CountedStep {
  readonly key: string;
  readonly action: string;
  readonly target: string;
  readonly changes: boolean;
}

export interface Sent {
  readonly incident: string;
  readonly tier: Tier;
  readonly atMs: number;
}

export interface Played {
  readonly runs: readonly Ran[];
  readonly sent: readonly Sent[];
  readonly records: ReadonlyMap<string, number>;
}

const holds = (item: Item, expect: Expect): boolean =>
  Object.entries(expect).every(([name, value]) => (item[name] ?? null) === value);

const withoutNulls = (item: Item): Item =>
  Object.fromEntries(Object.entries(item).filter(([, value]) => value !== null && value !== undefined)) as Item;

/**
 * The conditions of `memoryTable`, by partition and without copies, so that a month does not take a day: nobody writes into what was read. The
 * sweep is shown those incidents alone that an event is about.
 */
class Tables implements Table {
  shown: readonly string[] = [];
  readonly #byPartition = new Map<string, Map<string, Item>>();

  #of(pk: string): Map<string, Item> {
    const known = this.#byPartition.get(pk) ?? new Map<string, Item>();
    this.#byPartition.set(pk, known);
    return known;
  }

  get: Table['get'] = async ({ pk, sk }) => this.#of(pk).get(sk);
  putIfAbsent: Table['putIfAbsent'] = async (item) => {
    if (this.#of(item.pk).has(item.sk)) return false;
    this.#of(item.pk).set(item.sk, withoutNulls(item));
    return true;
  };
  update: Table['update'] = async ({ pk, sk }, expect, { set, add = {}, remove = [] }) => {
    const item = this.#of(pk).get(sk);
    if (item === undefined || !holds(item, expect)) return undefined;
    const raised = Object.entries(add).map(([name, by]) => [name, Number(item[name] ?? 0) + by]);
    const removed = Object.fromEntries(remove.map((name) => [name, null]));
    const next = withoutNulls({ ...item, ...set, ...Object.fromEntries(raised), ...removed, pk, sk });
    this.#of(pk).set(sk, next);
    return next;
  };
  addToSets: Table['addToSets'] = async ({ pk, sk }, text, rooms) => {
    const item = this.#of(pk).get(sk) ?? { pk, sk };
    const setOf = (attribute: string) => (item[attribute] ?? []) as readonly string[];
    if (!rooms.every(({ attribute, atMost }) => setOf(attribute).includes(text) || setOf(attribute).length < atMost))
      return false;
    const sets = rooms.map(({ attribute }) => [attribute, [...new Set([...setOf(attribute), text])].sort()]);
    this.#of(pk).set(sk, { ...item, ...Object.fromEntries(sets) });
    return true;
  };
  query: Table['query'] = async (pk, prefix) =>
    [...this.#of(pk).values()].filter(({ sk }) => sk.startsWith(prefix)).sort((a, b) => (a.sk < b.sk ? -1 : 1));
  candidates: Table['candidates'] = async (state) =>
    this.shown.flatMap((incident) =>
      [...this.#of(keys.incident(incident)).values()].filter((item) => item['gsi'] === state),
    );

  /** What of a run is history once it is over: nothing is decided by it any more. */
  forget(incident: string): void {
    const items = this.#of(keys.incident(incident));
    for (const sk of items.keys()) if (/^(plan|receipt|message)#/.test(sk)) items.delete(sk);
  }
}

/** An action that does at once what it is to do, and is read back as holding; nothing of it needs a person to be put back. */
const done = ({ parts: _none, deliveredAgain: _neither, plan, ...action }: Action): Action => ({
  ...action,
  plan: (...given) => {
    const planned = plan(...given);
    return planned.kind === 'step' ? { ...planned, undo: { possible: false, why: 'nobody is asked' } } : planned;
  },
  intended: () => ({}),
  execute: async () => ({ kind: 'done', did: 'as planned' }),
  verify: async () => ({ state: 'holds', seen: 'as planned', absence: false }),
});

/** A later part of an action is no action of its own. */
const counted = (steps: Plan['steps']): readonly CountedStep[] =>
  steps
    .filter(({ part }) => part === undefined)
    .map(({ key, action, target, facts: { changes } }) => ({ key, action, target: targetKey(target), changes }));

const decidedIn = ({ decision, rules, steps, proposed }: Plan): Decided => ({
  decision,
  rules,
  steps: counted(steps),
  proposed: counted(proposed),
});

/** The incidents that an event is about, and when it is delivered; none where it is invalid. */
function aboutWhat(body: string): { readonly incidents: readonly string[]; readonly timeMs: number } {
  try {
    const envelope = parseEnvelope(JSON.parse(body));
    const parsed = parseEvent(envelope);
    const findings = parsed.kind === 'findings' ? parsed.findings : [];
    return { incidents: [...new Set(findings.map(incidentKey))], timeMs: Date.parse(envelope.time) };
  } catch (error) {
    if (error instanceof InvalidEvent) return { incidents: [], timeMs: 0 };
    throw error;
  }
}

/**
 * Production's intake, Decide, Act, Verify, Report and sweep on a table in memory, event after event, each run over before the next event comes.
 * Nothing of it is the replay's: what both come to must be the same.
 */
export async function playAll(events: Iterable<string>, set: RuleSet, routes: readonly Route[]): Promise<Played> {
  const table = new Tables();
  const texts = new Map<string, string>();
  const bodies = memoryBodies(sha256Hex, texts);
  /** The plan in force of each incident; the others are history, and a month of it would fill the memory. */
  const inForceOf = new Map<string, string>();
  const reading = await openReading(undefined, new Date(0));
  const waiting: { readonly incident: string; readonly run: string }[] = [];
  const runs: Ran[] = [];
  const decisions = new Map<string, Decided>();
  const sent: Sent[] = [];
  const records = new Map<string, number>();
  let nowMs = 0;
  let ids = 0;
  let about = '';
  const effects: Effects = {
    table,
    bodies,
    executions: {
      start: async (_name, input) => {
        waiting.push(JSON.parse(input) as { incident: string; run: string });
        return 'started';
      },
      describe: async () => undefined,
    },
    publisher: {
      publish: async (tier) => {
        sent.push({ incident: about, tier, atMs: nowMs });
      },
    },
    deadLetters: { send: async () => undefined },
    ruleSets: { current: async () => ({ hash: 'hash', number: 1, versions: {}, set: inForce(set) }) },
    sessions: { ...reading.sessions, write: reading.sessions.read },
    tokens: { succeed: async () => undefined },
    evidence: () => ({ get: async () => null, put: async () => ({ uri: 'memory://', sha256: '' }) }),
    catalogue: reading.catalogue.map(done),
    clock: { now: () => new Date(nowMs) },
    newId: () => `run-${++ids}`,
    log: () => undefined,
    stage: 'test',
  };

  async function run({ incident, run: id }: { readonly incident: string; readonly run: string }): Promise<void> {
    about = incident;
    for (;;) {
      const { round, acts, steps } = await decide(effects, { incident, run: id, retries: 9 });
      const head = await readHead(table, incident);
      const stored = head === undefined ? undefined : await planOfRun(bodies, head, round);
      if (head === undefined || stored === undefined) throw new Error(`Nothing was decided about ${incident}`);
      const made = decidedIn(stored.plan);
      const text = JSON.stringify(made);
      runs.push({ incident, opening: head.closedSeq, decided: decisions.get(text) ?? made });
      decisions.set(text, runs.at(-1)?.decided ?? made);
      const before = inForceOf.get(incident);
      if (before !== undefined && before !== stored.hash) texts.delete(before);
      inForceOf.set(incident, stored.hash);
      for (const { n } of acts ? steps : []) {
        const address = { incident, run: id, round, step: n };
        await act(effects, { ...address, token: 't', retries: 0 });
        await verify(effects, address);
      }
      const { more } = await report(effects, { incident, run: id, round });
      if (more) continue;
      // Somebody says no to what is asked, so that nothing waits for an answer.
      await table.update(keys.head(incident), {}, { set: { stops: null } });
      table.forget(incident);
      return;
    }
  }

  async function take(body: string): Promise<void> {
    const event = JSON.parse(body) as { readonly id: string };
    if (route(routes, event).intake === null) return;
    nowMs = Math.max(nowMs, aboutWhat(body).timeMs);
    const again = (await readRecord(table, event.id)) !== undefined;
    const failed = await intake(effects, [{ messageId: 'm', body }]);
    if (failed.length > 0) throw new Error('An event could not be taken in');
    while (waiting.length > 0) {
      const next = waiting.shift();
      const head = next === undefined ? undefined : await readHead(table, next.incident);
      // Asked for once by each finding of an event.
      if (next !== undefined && head?.state === 'running' && head.run === next.run) await run(next);
    }
    const { result: first } = (await readRecord(table, event.id)) ?? { result: 'none' };
    // The first record of an event stays, however often it is delivered.
    const result = again && first === 'accepted' ? 'duplicate' : first;
    records.set(result, (records.get(result) ?? 0) + 1);
  }

  /** Before an event, what its incidents had become by then. */
  async function sweepFor(incidents: readonly string[], atMs: number): Promise<void> {
    nowMs = Math.max(nowMs, atMs);
    table.shown = incidents;
    await sweep(effects);
  }

  for (const body of events) {
    const { incidents, timeMs } = aboutWhat(body);
    if (incidents.length > 0) await sweepFor(incidents, timeMs);
    await take(body);
  }
  return { runs, sent, records };
}
