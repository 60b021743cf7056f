import type { Action } from '../../shared/actions/contract.ts';
import type { Head } from '../../shared/incident/items.ts';
import { decideLease, type LeaseAnswer, type LeaseRequest } from '../../shared/respond/decideLease.ts';
import { sweep } from '../../shared/respond/sweep.ts';
import type { Rule, Settings } from '../../shared/rules/rule.ts';
import { Lab } from './model/lab.ts';
import { type Published, rules } from './model/world.ts';

export const hour = 3_600_000;
export const day = 24 * hour;

/** An incident whose rule lets what it contains stand for a time before it asks. */
export class LeaseLab extends Lab {
  constructor(more: Partial<Rule> = { lease: 'P7D' }, settings: Partial<Settings> = {}) {
    const all = rules.rules.map((one): Rule => ({ ...one, ...more }));
    super({ set: { ...rules, rules: all, settings: { ...rules.settings, ...settings } } });
  }

  /** Contained, and told. */
  static async contained(more?: Partial<Rule>, settings?: Partial<Settings>): Promise<LeaseLab> {
    const lab = new LeaseLab(more, settings);
    await lab.takeIn();
    await lab.playPlan();
    await lab.report();
    return lab;
  }

  /** Nothing that stands can be put on a version. */
  withoutVersions(): void {
    const replaced = ({ release, ...action }: Action): Action => {
      if (release === undefined) return action;
      const { takesVersion: _none, ...rest } = release;
      return { ...action, release: rest };
    };
    this.with({ catalogue: this.effects.catalogue.map(replaced) });
  }

  async lease(): Promise<Head['lease']> {
    return (await this.head()).lease;
  }

  say(forMs: number | null, more: Partial<LeaseRequest> = {}): Promise<LeaseAnswer> {
    const { incident } = this;
    return decideLease(this.effects, { incident, by: 'ana', reason: 'the fix is in review', forMs, ...more });
  }

  /** So long after it was contained, and swept once. */
  async after(ms: number): Promise<void> {
    const since = Date.parse((await this.head()).restedAt ?? '');
    this.world.schedule.now = since + ms;
    await sweep(this.effects);
  }

  /** What was told of leases. */
  asked(): readonly Published[] {
    return this.world.published.filter(({ body }) => /lease of this containment/.test(body));
  }
}
