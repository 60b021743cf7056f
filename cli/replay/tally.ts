import type { Step } from '../../shared/actions/contract.ts';
import { targetKey } from '../../shared/actions/contract.ts';
import type { Decision, Plan } from '../../shared/plan/plan.ts';
import type { Tier } from '../../shared/rules/rule.ts';
import type { ZoneClock } from './zone.ts';

/** From the least to the most that can come of an incident; what it came to is the most. */
const decisions: readonly Decision[] = ['ignore', 'observe', 'hold', 'approve', 'contain'];

export type ByTier = Record<Tier, number>;

/** One action on one target. */
export interface Deed {
  readonly action: string;
  readonly target: string;
  /** Whether it takes the incident's threat away (`ActionFacts`), or changes anything at all. */
  readonly contains: boolean;
  readonly changes: boolean;
}

/** What became of one incident over the whole recording, however often it was opened. */
export interface Sum {
  opened: number;
  decision: Decision;
  readonly rules: Set<string>;
  /** By the key of the step. */
  readonly done: Map<string, Deed>;
  /** Of what a rule observes, or what is held: by the key of the step, what was never done. */
  readonly would: Map<string, Deed>;
  readonly told: ByTier;
  pagesAtNight: number;
}

export interface Day extends ByTier {
  contained: number;
}

/** What a single opening has come to so far, so that nothing of it is counted twice. */
export class Opening {
  decision: Decision | null = null;
  readonly rules = new Set<string>();
  readonly done = new Set<string>();
  readonly would = new Set<string>();
}

const noTiers = (): ByTier => ({ page: 0, notice: 0, digest: 0 });

const deedOf = ({ action, target, facts }: Step): Deed => ({
  action,
  target: targetKey(target),
  contains: facts.contains,
  changes: facts.changes,
});

const more = (counts: Map<string, number>, name: string, by = 1): void => {
  counts.set(name, (counts.get(name) ?? 0) + by);
};

/** A later part of an action is no action of its own. */
const firsts = (steps: readonly Step[]): readonly Step[] => steps.filter(({ part }) => part === undefined);

/** What one set of rules would have led to, in numbers that do not grow with the events. */
export class Tally {
  readonly sums = new Map<string, Sum>();
  readonly decided = new Map<string, number>();
  readonly done = new Map<string, number>();
  readonly would = new Map<string, number>();
  readonly rules = new Map<string, number>();
  readonly told: ByTier = noTiers();
  readonly days = new Map<string, Day>();
  readonly pagesByHour: number[] = Array.from({ length: 24 }, () => 0);
  pagesAtNight = 0;
  accepted = 0;
  duplicates = 0;
  readonly #zone: ZoneClock;

  constructor(zone: ZoneClock) {
    this.#zone = zone;
  }

  sumOf(incident: string): Sum {
    const known = this.sums.get(incident);
    if (known !== undefined) return known;
    const fresh: Sum = {
      opened: 0,
      decision: 'ignore',
      rules: new Set(),
      done: new Map(),
      would: new Map(),
      told: noTiers(),
      pagesAtNight: 0,
    };
    this.sums.set(incident, fresh);
    return fresh;
  }

  /** A run of an incident has decided. */
  decide(sum: Sum, opening: Opening, plan: Plan, nowMs: number): void {
    this.#raise(sum, opening, plan.decision, nowMs);
    for (const rule of plan.rules) {
      if (opening.rules.has(rule)) continue;
      opening.rules.add(rule);
      sum.rules.add(rule);
      more(this.rules, rule);
    }
    for (const step of firsts(plan.steps)) this.#doing(sum, opening, step);
    for (const step of firsts(plan.proposed)) this.#proposing(sum, opening, step);
  }

  #raise(sum: Sum, opening: Opening, decision: Decision, nowMs: number): void {
    const before = opening.decision;
    if (before !== null && decisions.indexOf(before) >= decisions.indexOf(decision)) return;
    if (before !== null) more(this.decided, before, -1);
    // Ignored, it is no incident to anybody.
    if (decision !== 'ignore' && (before ?? 'ignore') === 'ignore') sum.opened += 1;
    more(this.decided, decision);
    opening.decision = decision;
    if (decisions.indexOf(sum.decision) < decisions.indexOf(decision)) sum.decision = decision;
    if (decision === 'contain') this.#day(nowMs).contained += 1;
  }

  #doing(sum: Sum, opening: Opening, step: Step): void {
    if (opening.done.has(step.key)) return;
    opening.done.add(step.key);
    more(this.done, step.action);
    if (opening.would.delete(step.key)) more(this.would, step.action, -1);
    sum.would.delete(step.key);
    if (!sum.done.has(step.key)) sum.done.set(step.key, deedOf(step));
  }

  #proposing(sum: Sum, opening: Opening, step: Step): void {
    if (opening.done.has(step.key) || opening.would.has(step.key)) return;
    opening.would.add(step.key);
    more(this.would, step.action);
    if (!sum.done.has(step.key) && !sum.would.has(step.key)) sum.would.set(step.key, deedOf(step));
  }

  /** A message went out. */
  tell(sum: Sum, tier: Tier, nowMs: number): void {
    this.told[tier] += 1;
    sum.told[tier] += 1;
    this.#day(nowMs)[tier] += 1;
    if (tier !== 'page') return;
    const { hour, night } = this.#zone.at(nowMs);
    this.pagesByHour[hour] = (this.pagesByHour[hour] ?? 0) + 1;
    if (!night) return;
    this.pagesAtNight += 1;
    sum.pagesAtNight += 1;
  }

  #day(nowMs: number): Day {
    const { day } = this.#zone.at(nowMs);
    const known = this.days.get(day);
    if (known !== undefined) return known;
    const fresh: Day = { ...noTiers(), contained: 0 };
    this.days.set(day, fresh);
    return fresh;
  }
}
