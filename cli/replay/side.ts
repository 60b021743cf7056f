import { unchangedCountsAfter } from '../../shared/incident/findings.ts';
import { decideFinding } from '../../shared/plan/match.ts';
import { breachedContainment } from '../../shared/respond/breached.ts';
import { indexed } from '../../shared/rules/indexed.ts';
import { pathsAsked } from '../../shared/rules/pathsAsked.ts';
import type { RuleSet } from '../../shared/rules/rule.ts';
import type { Delivered } from './delivered.ts';
import { groupOf } from './grouping.ts';
import { Incident } from './incident.ts';
import { type Known, place } from './known.ts';
import type { Surroundings } from './surroundings.ts';
import { Tally } from './tally.ts';
import { type Weighed, weigh } from './weigh.ts';
import type { ZoneClock } from './zone.ts';

export interface SideOptions {
  readonly set: RuleSet;
  readonly surroundings: Surroundings;
  /** Whether an account is read: only then what was seen on an earlier image can say anything. */
  readonly keepsThreats: boolean;
  readonly zone: ZoneClock;
}

const hourMs = 3_600_000;

const later = (a: string, b: string): string => (a > b ? a : b);

/**
 * One set of rules and what it makes of a recording. It keeps of each incident what the next decision needs, and of a closed one what is
 * needed to know its findings again: its memory grows with different findings, and not with events.
 */
export class Side {
  readonly tally: Tally;
  readonly #options: SideOptions;
  readonly #incidents = new Map<string, Incident>();
  readonly #asked: ReadonlySet<string>;
  /** When exemptions expire, the earliest first. */
  readonly #expiries: readonly number[];
  readonly #quietMs: number;
  #swept = 0;

  constructor(options: SideOptions) {
    const { set } = options;
    this.#options = options;
    this.tally = new Tally(options.zone);
    this.#asked = pathsAsked(set);
    this.#expiries = indexed(set)
      .exemptions.map(({ expires }) => Date.parse(expires))
      .toSorted((a, b) => a - b);
    this.#quietMs = set.settings.quietHours * hourMs;
  }

  /** How many incidents are open. */
  get open(): number {
    return [...this.#incidents.values()].filter(({ state }) => state !== 'closed').length;
  }

  /** How many incidents, and how many findings of them, are known. */
  get known(): { readonly incidents: number; readonly findings: number; readonly bodies: number } {
    const findings = [...this.#incidents.values()].flatMap((one) => [...one.findings.values()]);
    return {
      incidents: this.#incidents.size,
      findings: findings.length,
      bodies: findings.filter(({ matched }) => matched !== null).length,
    };
  }

  /** The findings of one event. Answers with what must be waited for, where something is to be decided that was not yet. */
  take(findings: readonly Delivered[], nowMs: number): Promise<void> | undefined {
    this.#sweep(nowMs);
    let accepted = false;
    const touched = new Set<Incident>();
    for (const delivered of findings) {
      const incident = this.#incidentOf(delivered.incident);
      if (incident.state === 'resting' && incident.isQuiet(nowMs, this.#quietMs)) this.#close(incident);
      accepted = this.#deliver(incident, delivered, nowMs) || accepted;
      touched.add(incident);
    }
    if (accepted) this.tally.accepted += 1;
    else this.tally.duplicates += 1;
    const undecided = accepted ? [...touched].filter((incident) => !this.#isRun(incident, nowMs)) : [];
    return undecided.length === 0 ? undefined : this.#runAll(undecided, nowMs);
  }

  /** Runs an incident that comes to what it has come to before. False: that is not known. */
  #isRun(incident: Incident, nowMs: number): boolean {
    if (incident.state !== 'running') return true;
    const weighed = incident.weighed.get(newsOf(incident));
    if (weighed !== undefined) this.#run(incident, weighed, nowMs);
    return weighed !== undefined;
  }

  async #runAll(incidents: readonly Incident[], nowMs: number): Promise<void> {
    for (const incident of incidents) this.#run(incident, await this.#weighed(incident, nowMs), nowMs);
  }

  #incidentOf(key: string): Incident {
    const known = this.#incidents.get(key);
    if (known !== undefined) return known;
    const fresh = new Incident(key, this.tally.sumOf(key));
    this.#incidents.set(key, fresh);
    return fresh;
  }

  /** What nobody asks for any more is let go once an hour; whether an incident is open is looked at when it is asked for. */
  #sweep(nowMs: number): void {
    if (nowMs - this.#swept < hourMs) return;
    this.#swept = nowMs;
    for (const incident of this.#incidents.values()) {
      if (incident.state === 'resting' && incident.isQuiet(nowMs, this.#quietMs)) this.#close(incident);
    }
  }

  #close(incident: Incident): void {
    incident.close(this.#options.keepsThreats);
  }

  /** Protocol 1. Answers whether the finding counts. */
  #deliver(incident: Incident, delivered: Delivered, nowMs: number): boolean {
    const head = incident.opening === 0 ? undefined : incident;
    const placed = place(incident.findings, delivered, unchangedCountsAfter(head));
    if (placed.kind === 'superseded') return false;
    if (placed.kind === 'duplicate') {
      incident.lastFindingAt = later(incident.lastFindingAt, placed.activity);
      return false;
    }
    const { known, unchanged, finding, isSame } = placed;
    if (incident.state === 'closed') {
      incident.open();
      if (!unchanged) incident.told = null;
    }
    incident.state = 'running';
    incident.lastFindingAt = later(incident.lastFindingAt, known.activity);
    this.#renew(incident, nowMs);
    const isCurrent = known.opening === incident.opening && known.matched !== null;
    known.opening = incident.opening;
    // What the rules do not look at may differ, and they say the same again.
    const same = isSame && isCurrent && !delivered.volatile.some((path) => this.#asked.has(path));
    if (same) known.matched = { ...(known.matched as NonNullable<Known['matched']>), finding };
    else this.#decide(incident, known, finding, nowMs);
    incident.news.add(known.group);
    return true;
  }

  #decide(incident: Incident, known: Known, finding: Delivered['finding'], nowMs: number): void {
    const { set } = this.#options;
    const now = new Date(nowMs);
    known.matched = decideFinding(finding, set, now);
    if (incident.groups.put(known, groupOf(known.matched, set, now))) incident.weighed.clear();
  }

  /** An exemption has expired since its findings were decided: they are decided again. */
  #renew(incident: Incident, nowMs: number): void {
    const expired = this.#expiredBy(nowMs);
    if (incident.expired === expired) return;
    incident.expired = expired;
    for (const known of incident.findings.values()) {
      if (known.opening !== incident.opening || known.matched === null) continue;
      this.#decide(incident, known, known.matched.finding, nowMs);
    }
    incident.weighed.clear();
  }

  #expiredBy(nowMs: number): number {
    let expired = 0;
    while ((this.#expiries[expired] ?? Number.POSITIVE_INFINITY) <= nowMs) expired += 1;
    return expired;
  }

  /** Decide, every step done and holding, and Report. */
  #run(incident: Incident, weighed: Weighed, nowMs: number): void {
    incident.news.clear();
    const { plan } = weighed;
    const holds = weighed.toContain.every((key) => incident.contained.has(key));
    const { containedAt, lastFindingAt, plan: before } = incident;
    // All of its findings are gone through only where the answer may depend on them.
    const mayBe = containedAt !== null && (!holds || before?.breached != null);
    const atWork = mayBe ? incident.atWork() : null;
    const breached = breachedContainment({ containedAt, direction: 'do', plan: before }, atWork, holds);
    incident.plan = { activity: lastFindingAt, breached };
    const contains = plan.steps.filter(({ facts }) => facts.contains);
    for (const { key } of contains) incident.contained.add(key);
    if (contains.length > 0) incident.containedAt = new Date(nowMs).toISOString();
    this.tally.decide(incident.sum, incident.tally, plan, nowMs);
    const { outcome, tier, state } = weighed.told(breached);
    if (tier !== 'none' && state !== incident.told) this.tally.tell(incident.sum, tier, nowMs);
    if (outcome !== 'joined') incident.told = state;
    incident.state = 'resting';
    incident.restedAtMs = nowMs;
  }

  async #weighed(incident: Incident, nowMs: number): Promise<Weighed> {
    const news = newsOf(incident);
    const ids = incident.groups.idsOf(incident.news);
    const made = await weigh(this.#options, {
      incident: incident.key,
      matched: incident.groups.bests,
      earlier: this.#options.keepsThreats ? incident.earlier() : [],
      isNews: ({ id }) => ids.has(id),
      now: new Date(nowMs),
      opening: incident.opening,
    });
    incident.weighed.set(news, made);
    return made;
  }
}

/** What a run is decided from, beside all that its incident holds. */
function newsOf({ news }: Incident): string {
  const [only = ''] = news;
  return news.size === 1 ? only : [...news].sort().join('\n');
}
