import type { Answer } from '../plan/plan.ts';

/** What a person decided about a run. */
export interface PersonDecision {
  readonly kind: 'undo' | 'hold' | 'contain' | 'acknowledge' | 'keep' | 'extend' | 'release' | Answer['kind'];
  readonly run: string;
  /** The plan that the person saw; null when there was none yet. */
  readonly plan: string | null;
  readonly by: string;
  readonly reason: string;
  readonly at: string;
  /** Who AWS says that it was, where that was asked: an ARN. */
  readonly caller?: string;
  /** Something had come in before it could be done, so that it was not: it says nothing any more. */
  readonly withdrawn?: true;
  /** The first of two approvals: by itself it answers nothing. */
  readonly first?: true;
  /** Of a release: the version that was named. Of a hold, or a lease that was extended: when it ends, ISO. */
  readonly to?: string;
  readonly until?: string;
}

/** What a person answered to what a run asked. `plan`: the hash of what was asked. */
export interface PersonAnswer extends PersonDecision, Answer {
  readonly kind: Answer['kind'];
  readonly plan: string;
}
