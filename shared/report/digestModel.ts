import type { Outcome } from '../incident/items.ts';
import type { Tier } from '../rules/rule.ts';

/** An incident in a digest. What it is called may be anything that somebody else wrote. */
export interface DigestLine {
  readonly incident: string;
  /** ISO: since when it is so, or when it was done. */
  readonly since: string;
  readonly outcome: Outcome | 'running' | 'not-fixed';
}

export interface ContainedLine extends DigestLine {
  /** How people were told of it since the last digest, each once; empty: it is told here for the first time. */
  readonly tiers: readonly Tier[];
}

export interface WaitingLine extends DigestLine {
  /** What it waits for, one sentence. */
  readonly why: string;
  /** Hash of what a person is asked; null where nobody is. */
  readonly asks: string | null;
}

export interface DigestExemption {
  readonly name: string;
  readonly owner: string;
  readonly reason: string;
  readonly expires: string;
}

/** A containment that ends by itself unless somebody says otherwise. */
export interface DigestLease {
  readonly incident: string;
  readonly target: string;
  /** ISO. */
  readonly expires: string;
}

export interface CollectedLine {
  readonly incident: string;
  /** As it would have been sent by itself. */
  readonly subject: string;
}

/** All that a digest tells: what came after `since`, up to `at`, and what is still so. */
export interface DigestModel {
  readonly stage: string;
  /** Null: of what belongs to no team. */
  readonly team: string | null;
  readonly since: string;
  readonly at: string;
  readonly contained: readonly ContainedLine[];
  readonly undone: readonly DigestLine[];
  readonly waiting: readonly WaitingLine[];
  /** Not contained, or under way for long. */
  readonly open: readonly DigestLine[];
  /** Accused, and not quarantined; not patched. They may stand above, too. */
  readonly images: readonly DigestLine[];
  readonly hosts: readonly DigestLine[];
  /** What else a fix did not come through on: repositories and the like. */
  readonly unfixed: readonly DigestLine[];
  /** Rules that observe, by how many incidents they would have acted in. */
  readonly observed: readonly { readonly rule: string; readonly times: number }[];
  readonly exemptions: readonly DigestExemption[];
  readonly leases: readonly DigestLease[];
  /** What was collected about incidents that stand in none of these lists. */
  readonly others: readonly CollectedLine[];
  /** Messages by tier; those of the digest are told here. */
  readonly told: { readonly [tier in Tier]: number };
  /** Runs of the state machine, and steps that they began. */
  readonly runs: number;
  readonly steps: number;
  /** Incidents that were left out because there are too many. */
  readonly unread: number;
}

/** Whether there is nothing to tell. */
export const isEmpty = (model: DigestModel): boolean =>
  [
    model.contained,
    model.undone,
    model.waiting,
    model.open,
    model.images,
    model.hosts,
    model.unfixed,
    model.observed,
    model.exemptions,
    model.leases,
    model.others,
  ].every(({ length }) => length === 0) && model.told.page + model.told.notice + model.told.digest + model.unread === 0;
