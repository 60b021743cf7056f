import type { OpenPage } from '../../shared/incident/openPage.ts';
import { type Acknowledged, acknowledge } from '../../shared/respond/acknowledge.ts';
import { sweepOne } from '../../shared/respond/sweep.ts';
import type { Rule, Settings } from '../../shared/rules/rule.ts';
import { Lab } from './model/lab.ts';
import { type Published, rules } from './model/world.ts';

export const minute = 60_000;
export const escalate = { after: 'PT15M', times: 2 } as const;

/** An incident that wakes somebody once it is contained. */
export class PagedLab extends Lab {
  constructor(more: Partial<Rule> = { escalate }, settings: Partial<Settings> = {}) {
    const all = rules.rules.map((one): Rule => ({ ...one, page: { contained: 'page' }, ...more }));
    super({ set: { ...rules, rules: all, settings: { ...rules.settings, ...settings } } });
  }

  /** Contained, and the page has just gone out. */
  static async paged(more?: Partial<Rule>, settings?: Partial<Settings>): Promise<PagedLab> {
    const lab = new PagedLab(more, settings);
    await lab.takeIn();
    await lab.playPlan();
    await lab.report();
    return lab;
  }

  pages(): readonly Published[] {
    return this.world.published.filter(({ tier }) => tier === 'page');
  }

  async page(): Promise<OpenPage | null> {
    return (await this.head()).page;
  }

  async take(by = 'ana'): Promise<Acknowledged> {
    return acknowledge(this.effects, { incident: this.incident, by, reason: 'I am on it' });
  }

  /** As the state machine does it for the latest run, when its time is over. */
  async wait(): Promise<string | null> {
    return sweepOne(this.effects, { incident: this.incident, run: (await this.head()).run });
  }
}
