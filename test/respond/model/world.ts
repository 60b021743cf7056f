import { targetKey } from '../../../shared/actions/contract.ts';
import type { Finding } from '../../../shared/finding/finding.ts';
import { contentHash } from '../../../shared/finding/hash.ts';
import { memoryBodies } from '../../../shared/incident/bodies.ts';
import { memoryTable } from '../../../shared/incident/memoryTable.ts';
import { putRecord } from '../../../shared/incident/records.ts';
import type { Item, Table } from '../../../shared/incident/table.ts';
import { InvalidRules } from '../../../shared/platform/errors.ts';
import { sha256Hex } from '../../../shared/platform/hash.ts';
import { contain } from '../../../shared/respond/contain.ts';
import type { Effects } from '../../../shared/respond/effects.ts';
import { hold } from '../../../shared/respond/hold.ts';
import { deliver, intake } from '../../../shared/respond/intake.ts';
import { runEnded } from '../../../shared/respond/runEnded.ts';
import { start } from '../../../shared/respond/start.ts';
import { sweep } from '../../../shared/respond/sweep.ts';
import { type UndoAnswer, undo } from '../../../shared/respond/undo.ts';
import type { RuleSet } from '../../../shared/rules/rule.ts';
import { FakeAccount, fakeActions } from './account.ts';
import { FakeHosts, patchAction } from './hosts.ts';
import { FakeMachine } from './machine.ts';
import { type Crash, type Gate, Schedule } from './schedule.ts';
import { FakeSwaps, swapAction } from './swap.ts';

export const begin = Date.parse('2026-11-20T09:00:00.000Z');
const minute = 60_000;

export const rules: RuleSet = {
  rules: [
    {
      name: 'shut-critical',
      description: '',
      order: 100,
      when: { severity: [{ numeric: ['>=', 7] }] },
      do: [
        { action: 'fake.look', params: {} },
        { action: 'fake.shut', params: {} },
      ],
      mode: 'enforce',
      page: {},
    },
  ],
  exemptions: [],
  settings: {
    defaultMode: 'enforce',
    observeOnly: false,
    quietHours: 24,
    holdAfterUndoHours: 24,
    quietPullDays: 30,
    causeWindowMinutes: 60,
    longestExemptionDays: 90,
    protected: [],
  },
};

/** The same, with an action in two steps before it. */
export const twoPartRules: RuleSet = {
  ...rules,
  rules: rules.rules.map((rule) => ({ ...rule, do: [...rule.do, { action: 'fake.swap', params: {} }] })),
};

/** What is accused is a host of a cluster, and one of them is patched at a time. */
export const hostRules: RuleSet = {
  ...rules,
  rules: rules.rules.map((rule) => ({
    ...rule,
    do: [
      { action: 'fake.look', params: {} },
      { action: 'fake.patch', params: {} },
    ],
  })),
};

export interface WorldOptions {
  readonly seed?: number;
  readonly crashes?: readonly Crash[];
  readonly doomed?: ReadonlySet<string>;
  /** Whether the status event of the how-manieth execution that ends is lost. */
  readonly lostEvents?: readonly boolean[];
  /** Default: `rules`. */
  readonly set?: RuleSet;
}

export interface Published {
  readonly tier: string;
  readonly subject: string;
  readonly body: string;
  readonly about: { readonly [name: string]: string };
}

/** Queue, functions, state machine, topics and account of one stack, all on one schedule. */
export class World {
  readonly schedule: Schedule;
  readonly items = new Map<string, Item>();
  readonly table: Table = memoryTable(this.items);
  readonly account = new FakeAccount();
  readonly swaps = new FakeSwaps();
  readonly hosts = new FakeHosts(() => this.schedule.now);
  readonly machine: FakeMachine;
  readonly published: Published[] = [];
  readonly machinePages: string[] = [];
  readonly deadLetters: { readonly body: string; readonly reason: string; readonly path: string }[] = [];
  rulesUnreadable = false;
  private readonly bodies = memoryBodies(sha256Hex);
  private readonly tokens = new Set<string>();
  private readonly lost: readonly boolean[];
  /** What is published. */
  set: RuleSet;
  private endings = 0;
  private ids = 0;

  constructor({ seed = 1, crashes = [], doomed = new Set(), lostEvents = [], set = rules }: WorldOptions = {}) {
    this.schedule = new Schedule(seed, begin, crashes);
    this.lost = lostEvents;
    this.set = set;
    this.machine = new FakeMachine({
      schedule: this.schedule,
      effectsFor: (gate) => this.effects(gate),
      tokens: this.tokens,
      doomed,
      pageFailure: async (incident) => {
        this.machinePages.push(incident);
      },
      ended: ({ status, input }) => {
        const lost = this.lost[this.endings] ?? false;
        this.endings += 1;
        if (status !== 'SUCCEEDED' && !lost) void this.again(2_000, (effects) => runEnded(effects, { status, input }));
      },
    });
  }

  /** Without crashes, turns or waiting: for looking, and for tests of one function. */
  get direct(): Effects {
    return this.effects((effect) => effect());
  }

  effects(gate: Gate): Effects {
    const { table, bodies } = this;
    return {
      table: {
        get: (key) => gate(() => table.get(key)),
        putIfAbsent: (item) => gate(() => table.putIfAbsent(item)),
        update: (key, expect, change) => gate(() => table.update(key, expect, change)),
        addToSets: (key, text, rooms) => gate(() => table.addToSets(key, text, rooms)),
        query: (pk, prefix) => gate(() => table.query(pk, prefix)),
        candidates: (state) => gate(() => table.candidates(state)),
      },
      bodies: { put: (text) => gate(() => bodies.put(text)), get: (hash) => bodies.get(hash) },
      executions: {
        start: (name, input) => gate(async () => this.machine.start(name, input)),
        describe: (name) => gate(async () => this.machine.executions.get(name)),
      },
      publisher: {
        publish: (tier, subject, body, about = {}) =>
          gate(async () => {
            this.published.push({ tier, subject, body, about });
          }),
      },
      deadLetters: {
        send: (body, reason, path) =>
          gate(async () => {
            this.deadLetters.push({ body, reason, path });
          }),
      },
      ruleSets: {
        current: async () => {
          if (this.rulesUnreadable) throw new InvalidRules('No rule set has been published yet.');
          return { hash: 'rules', number: 1, versions: { '/firebreak/dev/rules/shut-critical': 3 }, set: this.set };
        },
      },
      sessions: { read: async () => noAws, write: async () => noAws, role: () => 'ours' },
      tokens: {
        succeed: (token) =>
          gate(async () => {
            this.tokens.add(token);
          }),
      },
      evidence: () => ({
        put: async (name) => ({ uri: `memory://${name}`, sha256: '' }),
        get: async () => null,
      }),
      catalogue: [
        ...fakeActions(this.account, () => this.schedule.now, gate),
        swapAction(this.swaps, () => this.schedule.now, gate),
        patchAction(this.hosts, () => this.schedule.now, gate),
      ],
      clock: { now: () => new Date(this.schedule.now) },
      newId: () => {
        this.ids += 1;
        return `run${this.ids}`;
      },
      log: () => {},
      stage: 'test',
    };
  }

  /** Invokes until one attempt gets through, as a queue, a schedule or a person does. */
  private async again<T>(delayMs: number, handle: (effects: Effects) => Promise<T>): Promise<T> {
    for (;;) {
      await this.schedule.sleep(delayMs);
      try {
        return await this.schedule.invoke((gate) => handle(this.effects(gate)));
      } catch {
        // Tried again, later.
      }
    }
  }

  /** A message in the source's queue: delivered until intake does not answer its id. */
  async deliver(atMs: number, body: string): Promise<void> {
    await this.schedule.sleep(atMs);
    await this.again(0, async (effects) => {
      const failed = await intake(effects, [{ messageId: 'm', body }]);
      if (failed.length > 0) throw new Error('delivered again');
    });
  }

  /** The finding of another source, whose incident is not named after the same resource: two incidents on one target. */
  async deliverAs(atMs: number, incident: string, finding: Finding, event: string): Promise<void> {
    await this.schedule.sleep(atMs);
    await this.again(0, async (effects) => {
      const hash = contentHash(finding, ['observedAt']);
      const { result, reason, run } = await deliver(effects, incident, { finding, hash, event });
      await start(effects, incident);
      const at = effects.clock.now().toISOString();
      await putRecord(effects.table, {
        id: event,
        result,
        reason,
        incident,
        at,
        ...(run === undefined ? {} : { run }),
      });
    });
  }

  /** Everything that is there now is used by a workload, which is gone after this time. */
  async inUseUntil(ms: number): Promise<void> {
    if (ms === 0) return;
    const things = [...this.account.things.values()];
    for (const thing of things) thing.inUse = true;
    await this.schedule.sleep(ms);
    for (const thing of things) thing.inUse = false;
  }

  async undo(atMs: number, incident: string): Promise<UndoAnswer> {
    await this.schedule.sleep(atMs);
    return this.again(0, (effects) => undo(effects, { incident, by: 'ana', reason: 'false alarm' }));
  }

  async hold(atMs: number, incident: string, forMs: number): Promise<void> {
    await this.schedule.sleep(atMs);
    await this.again(0, (effects) => hold(effects, { incident, by: 'ben', reason: 'looks', forMs }));
  }

  async contain(atMs: number, incident: string): Promise<void> {
    await this.schedule.sleep(atMs);
    await this.again(0, (effects) => contain(effects, { incident, by: 'eve', reason: 'it was none' }));
  }

  /** The schedule of the sweep, for so many minutes. */
  async sweeps(minutes: number): Promise<void> {
    for (let at = 5; at <= minutes; at += 5) {
      await this.schedule.sleep(5 * minute);
      await this.schedule.invoke((gate) => sweep(this.effects(gate))).catch(() => {});
    }
  }

  async run(minutes: number): Promise<void> {
    void this.sweeps(minutes);
    await this.schedule.run(begin + minutes * minute);
  }

  thingOf = (finding: Finding) =>
    this.account.thing(targetKey({ ...finding.resource, account: finding.account, region: finding.region }));

  /** Items whose sort key begins so, of all partitions. */
  all(sk: string): readonly Item[] {
    return [...this.items.values()].filter((item) => item.sk.startsWith(sk));
  }
}

/** The fake actions call no AWS. */
const refuse = (): Promise<never> => Promise.reject(new Error('No AWS here'));
const noAws = {
  applicationAutoScaling: refuse,
  autoScaling: refuse,
  cloudtrail: refuse,
  ec2: refuse,
  ecr: refuse,
  ecs: refuse,
  ...{ logs: refuse, secretsManager: refuse, signer: refuse },
  ssm: refuse,
  eventbridge: refuse,
  iam: refuse,
  ...{ eks: refuse, elasticLoadBalancing: refuse, kubernetes: refuse },
  ...{ wafv2: refuse, cloudwatch: refuse, scheduler: refuse },
  lambda: refuse,
};
