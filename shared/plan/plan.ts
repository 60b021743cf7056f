import type { Planned, Step } from '../actions/contract.ts';
import type { Finding } from '../finding/finding.ts';
import type { Tier } from '../rules/rule.ts';

export type Cause = 'image' | 'intrusion' | 'unknown';
export type Decision = 'contain' | 'observe' | 'approve' | 'hold' | 'ignore';
export type FindingClass = 'A' | 'B' | 'C';

/** Why a rule did or did not take a finding. */
export interface Considered {
  readonly rule: string;
  readonly matched: boolean;
  readonly because: string;
}

/** What was decided about one finding before anything was observed. */
export interface Matched {
  readonly finding: Finding;
  readonly decision: 'rule' | 'ignore' | 'observe';
  readonly reason: string;
  /** Name of the deciding rule, null when none matched. */
  readonly rule: string | null;
  readonly considered: readonly Considered[];
}

/** What an action said of one target: a candidate for the plan, observed and not yet in order. */
export interface Candidate {
  readonly step: Step;
  readonly planned: Planned;
  /** Set when the target could not be observed (no account given to `explain`): the sentence says so. */
  readonly unobserved?: string;
}

/** The plan of a run: a pure value, stored as it is, hashed for what people decide about. */
export interface Plan {
  readonly decision: Decision;
  /** One sentence a person can act on. */
  readonly reason: string;
  readonly cause: Cause | null;
  /** The rule of the most severe finding, then the others. */
  readonly rule: { readonly name: string; readonly mode: 'enforce' | 'observe' } | null;
  readonly rules: readonly string[];
  readonly findings: readonly Matched[];
  /** In the order in which they run. Empty unless the decision is `contain`; what would be done otherwise is in `proposed`. */
  readonly steps: readonly Step[];
  readonly proposed: readonly Step[];
  /** What was left out and why: skipped, held, owned by another incident. One sentence each. */
  readonly notDone: readonly string[];
  /** What was seen that led here (the graph of what runs an image), as lines of text. */
  readonly seen: readonly string[];
  readonly class: FindingClass;
  /** What the rules say instead of the default tier. */
  readonly page: Partial<Readonly<Record<string, Tier>>>;
  readonly owner: string;
}
