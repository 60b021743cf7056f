import type { AccusedPod } from '../account/accused.ts';

/** What is to blame: the image that was deployed, somebody who got in, or nobody knows. */
export type Cause = 'image' | 'intrusion' | 'unknown';

/**
 * What the findings of an incident accuse, as it was read when the plan was made. Plain data, the same for all steps of a plan,
 * kept in each: Act and Verify act on what was decided.
 */
export type Accusation = {
  /** Null where nobody is known to be at work: a vulnerability accuses an image, and no workload. */
  readonly cause: Cause | null;
  /** ARNs of the tasks that findings name. */
  readonly tasks: readonly string[];
  /** Pods that findings name, by their service accounts; absent where none is known. */
  readonly pods?: readonly AccusedPod[];
  /** Digests that the accused containers ran, as ECS resolved them. */
  readonly digests: readonly string[];
  /** Of them, those of a finding that blames several at once: which of them it is cannot be told, so none is archived without a person. */
  readonly unsure: readonly string[];
  /** Digests that no rollback may return to, because another open incident, or an earlier finding of this one, accuses them. */
  readonly suspects: readonly string[];
  /** ARNs of tasks and services from which earlier steps of the same plan take the accused digests away. */
  readonly leaving: readonly string[];
  /** At the turn of a step, the same of what went before it: by then it is gone, or in the way. Absent: none. */
  readonly left?: readonly string[];
  /** The last pull by a task that is accused or leaves, ISO 8601 UTC: a pull until then is explained. Null when none is known. */
  readonly pulledUntil: string | null;
  /**
   * While the plan is made: since when one of them pulls that has not pulled yet, so that ECR may know of a pull of which ECS shows no
   * end. Absent where none does, and at the turn of a step: by then the pull has ended.
   */
  readonly pullingSince?: string;
  /** What AWS Config has against revisions of task definitions; absent where nothing. */
  readonly complaints?: readonly Complaint[];
};

export type Complaint = {
  /** ARN of the revision. */
  readonly definition: string;
  /** The managed rule, by the name that AWS gives it. */
  readonly rule: string;
};

/** Nobody is at work: what an image scan says. */
export const noAccusation: Accusation = {
  cause: null,
  tasks: [],
  digests: [],
  unsure: [],
  suspects: [],
  leaving: [],
  pulledUntil: null,
};
