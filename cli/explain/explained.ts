import type { Cause } from '../../shared/actions/accusation.ts';
import type { Finding } from '../../shared/finding/finding.ts';
import type { Decision } from '../../shared/plan/plan.ts';
import type { Considered, Mode, Tier } from '../../shared/rules/rule.ts';

/** What `explain --json` prints for one event. Others rely on it: add fields freely, rename or remove none. */
export interface Explained {
  readonly id: string | null;
  readonly source: string | null;
  readonly detailType: string | null;
  /** The function that receives it; null when no rule of the template routes it. */
  readonly intake: string | null;
  readonly findings: readonly ExplainedFinding[];
  readonly decision: Decision | 'invalid';
  readonly reason: string;
  /** Of an invalid event: the offending field. */
  readonly path?: string;
  readonly incident: string | null;
  readonly cause: Cause | null;
  readonly rule: { readonly name: string; readonly mode: Mode } | null;
  readonly considered: readonly Considered[];
  /** The steps; where the decision is not to act, those that would be taken. */
  readonly plan: readonly ExplainedStep[];
  /** What was left out, and why. */
  readonly notDone: readonly string[];
  /** What was seen in the account that led here, as lines of text. */
  readonly seen: readonly string[];
  readonly page: ExplainedPage;
}

/** A finding with what was decided about it alone. */
export interface ExplainedFinding extends Finding {
  readonly incident: string | null;
  readonly decision: Decision;
  readonly rule: string | null;
}

export interface ExplainedStep {
  readonly action: string;
  readonly target: string;
  readonly sentence: string;
  /** False when the decision is not to act: it is what would be done. */
  readonly runs: boolean;
  /** Keys of steps that must have succeeded first. */
  readonly needs: readonly string[];
  readonly key: string;
  readonly permissions: readonly string[];
  readonly undo: string;
}

/** The message, as it would be if every step is done and holds; empty when nobody is told. */
export interface ExplainedPage {
  readonly tier: Tier | 'none';
  readonly subject: string;
  readonly body: string;
}

export const noPage: ExplainedPage = { tier: 'none', subject: '', body: '' };
