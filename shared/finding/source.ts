import type { Finding } from './finding.ts';

/** The part of an EventBridge envelope that we rely on; whatever else AWS sends is ignored. */
export interface Envelope {
  readonly id: string;
  readonly source: string;
  readonly 'detail-type': string;
  readonly account: string;
  readonly region: string;
  /** ISO 8601, seconds. */
  readonly time: string;
  readonly detail: unknown;
}

export type Parsed =
  | { readonly kind: 'findings'; readonly findings: readonly Finding[] }
  /** A well-formed event that leads to no finding, with a reason a person can read. */
  | { readonly kind: 'ignored'; readonly reason: string };

/** One file per source of findings. */
export interface Source {
  /** The source's name; also the suffix of its queue and of its intake function. */
  readonly name: string;
  readonly matches: (envelope: Envelope) => boolean;
  /** Throws InvalidEvent with the path of the offending field. */
  readonly parse: (envelope: Envelope) => Parsed;
  /** Dotted paths within a Finding that change without the statement changing; left out of its content hash. */
  readonly volatile: readonly string[];
}
