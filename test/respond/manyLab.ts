import type { Finding } from '../../shared/finding/finding.ts';
import { contentHash } from '../../shared/finding/hash.ts';
import { foldedInto } from '../../shared/incident/gatherings.ts';
import { readHead } from '../../shared/incident/head.ts';
import type { Head, Message } from '../../shared/incident/items.ts';
import { keys } from '../../shared/incident/keys.ts';
import { acknowledge } from '../../shared/respond/acknowledge.ts';
import { act } from '../../shared/respond/act.ts';
import { decide } from '../../shared/respond/decide.ts';
import type { Effects } from '../../shared/respond/effects.ts';
import { deliver } from '../../shared/respond/intake.ts';
import { report } from '../../shared/respond/report.ts';
import { sweep } from '../../shared/respond/sweep.ts';
import { verify } from '../../shared/respond/verify.ts';
import type { Escalation, Rule, Settings } from '../../shared/rules/rule.ts';
import { findingIn, incidentOf, scanEvent } from './model/events.ts';
import { type Published, rules, World, type WorldOptions } from './model/world.ts';

export const minute = 60_000;
export const actor = '203.0.113.7';

export interface Seen {
  /** Whom it talked to; null: nobody knows. */
  readonly remote?: string | null;
  readonly sha256?: string | null;
  readonly second?: number;
  /** Whose credentials are open. */
  readonly roles?: readonly string[];
  readonly id?: string;
}

const letters = '123456789abcdef';

/** The how-manieth image, with what makes each an incident of its own. */
const eventOf = (n: number, second = 0): string =>
  scanEvent({ second }).replaceAll('1'.repeat(64), `${letters[n % 15]}${letters[Math.floor(n / 15)]}`.repeat(32));

export const incidentNo = (n: number): string => incidentOf(eventOf(n));

function findingNo(n: number, { remote = actor, sha256 = null, second = 0 }: Seen): Finding {
  const finding = findingIn(eventOf(n, second));
  const process = sha256 === null ? null : { name: 'x', path: '/bin/x', sha256 };
  const firstSeenAt = finding.observedAt;
  const threat = { firstSeenAt, count: 1, role: null, process, files: [], names: [], remote, from: null, signals: [] };
  return { ...finding, source: 'guardduty', type: 'Backdoor:Runtime/C&CActivity.B', severity: 8, threat };
}

/** Many incidents, each of which wakes somebody once it is contained. */
export class ManyLab {
  readonly world: World;
  effects: Effects;

  constructor(settings: Partial<Settings> = {}, more: Partial<Rule> = {}, options: Omit<WorldOptions, 'set'> = {}) {
    const all = rules.rules.map((one): Rule => ({ ...one, page: { contained: 'page', held: 'page' }, ...more }));
    this.world = new World({ ...options, set: { ...rules, rules: all, settings: { ...rules.settings, ...settings } } });
    this.effects = this.world.direct;
  }

  pass(ms: number): void {
    this.world.schedule.now += ms;
  }

  with(changed: Partial<Effects>): void {
    this.effects = { ...this.effects, ...changed };
  }

  /** Pages of what is decided from now on go on so. */
  escalate(escalate: Escalation): void {
    this.world.set = { ...this.world.set, rules: this.world.set.rules.map((one) => ({ ...one, escalate })) };
  }

  async head(n: number): Promise<Head> {
    const head = await readHead(this.world.table, incidentNo(n));
    if (head === undefined) throw new Error('There is no head');
    return head;
  }

  /** Takes it in and contains it, and does not tell yet. */
  async contain(n: number, seen: Seen = {}, inUse = false): Promise<void> {
    const finding = findingNo(n, seen);
    const incident = incidentNo(n);
    this.world.thingOf(finding).inUse = inUse;
    const { direct } = this.world;
    await deliver(direct, incident, { finding, hash: contentHash(finding, ['observedAt']), event: `${n}` });
    const { run } = await this.head(n);
    const { steps, decision, round } = await decide(direct, { incident, run, retries: 0 });
    for (const { n: step } of decision === 'contain' ? steps : []) {
      await act(direct, { incident, run, round, step, token: 'token', retries: 0 });
      await verify(direct, { incident, run, round, step });
    }
  }

  /** Tells of it, by effects that may die. */
  async report(n: number, effects = this.effects): Promise<void> {
    const { incident, run, round } = await this.head(n);
    await report(effects, { incident, run, round });
  }

  async paged(n: number, seen: Seen = {}): Promise<void> {
    await this.contain(n, seen);
    const { bodies } = this.effects;
    const { roles = [] } = seen;
    // As if the workload had had these roles.
    const get = async (hash: string): Promise<string> =>
      JSON.stringify({ ...JSON.parse(await bodies.get(hash)), openRoles: roles });
    await this.report(n, roles.length === 0 ? this.effects : { ...this.effects, bodies: { ...bodies, get } });
  }

  /** It cannot be contained: something uses it. */
  async pagedInUse(n: number, seen: Seen = {}): Promise<void> {
    await this.contain(n, seen, true);
    await this.report(n);
  }

  async sweep(): Promise<void> {
    await sweep(this.effects);
  }

  async take(incident: string, by = 'ana') {
    return acknowledge(this.effects, { incident, by, reason: 'on it' });
  }

  told(tier: string): readonly Published[] {
    return this.world.published.filter((one) => one.tier === tier);
  }

  pages(): readonly Published[] {
    return this.told('page');
  }

  async folded(parent: string): Promise<readonly string[]> {
    return (await foldedInto(this.world.table, parent)).map(({ incident }) => incident).sort();
  }

  /** The storm that is on, or was. */
  async storm(): Promise<Head> {
    const pointer = await this.world.table.get(keys.storm);
    const head = await readHead(this.world.table, String(pointer?.['parent']));
    if (head === undefined) throw new Error('There is no storm');
    return head;
  }

  /** What is kept of the messages of an incident. */
  async messages(n: number): Promise<readonly Message[]> {
    return (await this.world.table.query(keys.incident(incidentNo(n)), 'message#')) as unknown as readonly Message[];
  }
}
