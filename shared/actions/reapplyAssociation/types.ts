import * as z from 'zod';
import type { Target } from '../contract.ts';

export type HostTarget = Target<'instance'>;

/** Of a document (Systems Manager API, "DocumentName"). */
const documentName = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{3,128}$/, 'must be the name of a document, e.g. AWS-ConfigureAWSPackage');

export const params = z.strictObject({
  /** Documents that may be applied besides those of which it is known that they neither install nor reboot. */
  documents: z.array(documentName).max(10).default([]),
  /** So many other hosts may be applied to with this one. */
  maxOtherHosts: z.int().min(0).max(50).default(0),
});
export type Params = z.infer<typeof params>;

/** More are named nowhere: of an association of more hosts it is known that it is too wide. */
export const mostOthers = 51;

/** What applying an association again would do. */
export type Reach = {
  readonly id: string;
  /** Its name, or its document's where it has none. */
  readonly name: string;
  readonly document: string;
  readonly documentVersion: string;
  readonly version: string;
  /** `Scan` or `Install` of a document that patches; null for others. */
  readonly operation: string | null;
  /** A runbook of Automation: it works with a role of its own. */
  readonly automated: boolean;
  /** Ids of the other managed nodes that it is applied to, at most `mostOthers`; null where that cannot be known. */
  readonly others: readonly string[] | null;
};

/** What `ssm.reapply-association` reads of its target. */
export type Observed = {
  /** Of Systems Manager's agent: Online, ConnectionLost, Inactive. Null where Systems Manager does not manage it. */
  readonly ping: string | null;
  readonly protectedBy: string | null;
  /** Of what has failed on the host, and of what the plan has chosen; at most `mostLookedAt`, in the order of their ids. */
  readonly reaches: readonly Reach[];

  /** Ids of associations that have failed on the host, all of them. */
  readonly failed: readonly string[];
  readonly owner: string;
  readonly seen: readonly string[];
};

/** So many are looked at: each takes two or three calls. */
export const mostLookedAt = 10;

/** What the plan chose: ids of associations, in the order in which they are applied. */
export const chosenShape = z.object({ apply: z.array(z.string()).min(1) });

/** Names of the parts after the first: so many are applied by one plan, each read back before the next. */
export const laterParts = ['second', 'third'] as const;
