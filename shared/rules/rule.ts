import type { JsonObject } from '../platform/json.ts';
import type { Pattern } from './pattern/pattern.ts';

export type Mode = 'enforce' | 'observe';
export type Tier = 'page' | 'notice' | 'digest';
/** The outcomes that a rule may give a tier of its own. */
export type PagedOutcome = 'contained' | 'degraded' | 'not-contained' | 'held' | 'observed';

export interface DoEntry {
  readonly action: string;
  readonly params: JsonObject;
}

/** A rule as the decision reads it: defaults filled in, parameters validated by the action's own schema. */
export interface Rule {
  readonly name: string;
  readonly description: string;
  /** Lower is asked first; then by name. Default 100. */
  readonly order: number;
  readonly when: Pattern;
  readonly do: readonly DoEntry[];
  readonly mode: Mode;
  readonly page: Partial<Readonly<Record<PagedOutcome, Tier>>>;
  /** When a person is asked before anything is changed. Absent: never. */
  readonly approval?: Approval;
}

/** `always` is all that this version obeys. */
export interface Approval {
  readonly when: readonly 'always'[];
}

export interface Exemption {
  readonly name: string;
  readonly when: Pattern;
  /** Named actions are left out; without, the whole finding is. */
  readonly actions?: readonly string[];
  readonly owner: string;
  readonly reason: string;
  /** ISO 8601 UTC; from then on the exemption is as if it were not there. */
  readonly expires: string;
}

export interface Settings {
  /** For rules that say no mode. */
  readonly defaultMode: Mode;
  /** Every rule observes, whatever it says: the way to begin, and to stop all changes. */
  readonly observeOnly: boolean;
  /** An incident is closed when it has been quiet this long and nothing is contained. */
  readonly quietHours: number;
  /** After undo the incident is held this long. */
  readonly holdAfterUndoHours: number;
  /** See "in use" in the design. */
  readonly quietPullDays: number;
  /** What is first seen this soon after an image was first deployed came with it. */
  readonly causeWindowMinutes: number;
  /** EventBridge patterns over a target; whatever matches is protected. */
  readonly protected: readonly Pattern[];
}

/** A complete, linted, immutable set: what decisions read. */
export interface RuleSet {
  readonly rules: readonly Rule[];
  readonly exemptions: readonly Exemption[];
  readonly settings: Settings;
}

/** Why a rule did or did not take a finding. */
export interface Considered {
  readonly rule: string;
  readonly matched: boolean;
  readonly because: string;
}

/** A file as people write it: `rules/x.yaml`, `rules/exemptions/y.yaml`, `rules/settings.yaml` or the parameter of that name. */
export interface RuleSource {
  /** Path below the folder or parameter prefix: `rules/x`, `exemptions/y`, `settings`. */
  readonly path: string;
  readonly text: string;
}

export interface Problem {
  readonly code: string;
  readonly level: 'error' | 'warning';
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly path: string;
  readonly message: string;
  readonly suggestion: string;
}
