import { openReading } from '../../../cli/explain/reading.ts';
import { type Route, route } from '../../../cli/explain/routes.ts';
import type { Action } from '../../../shared/actions/contract.ts';
import { parseEnvelope } from '../../../shared/finding/envelope.ts';
import { incidentKey } from '../../../shared/finding/incidentKey.ts';
import { parseEvent } from '../../../shared/finding/registry.ts';
import { memoryBodies } from '../../../shared/incident/bodies.ts';
import { readHead } from '../../../shared/incident/head.ts';
import { keys } from '../../../shared/incident/keys.ts';
import { memoryTable } from '../../../shared/incident/memoryTable.ts';
import { planOfRun } from '../../../shared/incident/plans.ts';
import { readRecord } from '../../../shared/incident/records.ts';
import type { Key, Table } from '../../../shared/incident/table.ts';
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
  readonly plan: Plan;
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

/** Partitions apart, so that a month does not take a year; the sweep is shown those incidents alone that an event is about. */
class Tables implements Table {
  shown: readonly string[] = [];
  readonly #byPartition = new Map<string, Table>();

  #of(pk: string): Table {
    const known = this.#byPartition.get(pk) ?? memoryTable();
    this.#byPartition.set(pk, known);
    return known;
  }

  get: Table['get'] = (key) => this.#of(key.pk).get(key);
  putIfAbsent: Table['putIfAbsent'] = (item) => this.#of(item.pk).putIfAbsent(item);
  update: Table['update'] = (key, expect, change) => this.#of(key.pk).update(key, expect, change);
  addToSets: Table['addToSets'] = (key, text, rooms) => this.#of(key.pk).addToSets(key, text, rooms);
  query: Table['query'] = (pk, prefix) => this.#of(pk).query(pk, prefix);
  candidates: Table['candidates'] = async (state) => {
    const found: Key[] = [];
    for (const incident of this.shown) found.push(...(await this.#of(keys.incident(incident)).candidates(state)));
    return found;
  };
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

/** What is counted of a plan does not need what it was made from. */
const withoutFindings = (plan: Plan): Plan => ({ ...plan, findings: [] });

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
    sessions: { read: reading.sessions.read, write: reading.sessions.read },
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
      runs.push({ incident, opening: head.closedSeq, plan: withoutFindings(stored.plan) });
      const before = inForceOf.get(incident);
      if (before !== undefined && before !== stored.hash) texts.delete(before);
      inForceOf.set(incident, stored.hash);
      for (const { n } of acts ? steps : []) {
        const address = { incident, run: id, round, step: n };
        await act(effects, { ...address, token: 't', retries: 0 });
        await verify(effects, address);
      }
      const { more } = await report(effects, { incident, run: id, round });
      if (!more) return;
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
