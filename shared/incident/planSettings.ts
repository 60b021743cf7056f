import type { Escalates } from '../plan/plan.ts';
import type { Responsible } from '../plan/team.ts';
import type { Breaker, Freeze } from '../rules/rule.ts';

/** So many incidents that would wake somebody within so long are a storm. */
export interface StormLimits {
  readonly incidents: number;
  readonly withinSeconds: number;
}

/** What of the settings, and of its rules, a plan is acted on and told under. */
export interface PlanSettings {
  readonly quietPullDays: number;
  /** Blocks of addresses that are never blocked. Absent: none is named. */
  readonly ownAddresses?: readonly string[];
  /** Where else images are used, `ACCOUNT/REGION`. Absent: nowhere. */
  readonly inUse?: readonly string[];
  /** Where an image may come from that is started. Absent: from anywhere. */
  readonly images?: { readonly registries?: readonly string[] };
  readonly holdAfterUndoHours: number;
  readonly freezes?: readonly Freeze[];
  readonly breaker?: Breaker;
  /** Absent where a page of this plan is sent once. */
  readonly escalates?: Escalates;
  /** Absent where the settings fold no storm. */
  readonly storm?: StormLimits;
  /** Days after which a person is asked whether what it contains stays so. Absent: nobody is. */
  readonly leaseDays?: number;
  /** Absent where the settings name no team, no working hours and no digest. */
  readonly responsible?: Responsible;
}
