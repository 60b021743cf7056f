/** A call by somebody else, as CloudTrail shows it. Each text is somebody else's, and bounded. */
export interface CallByOther {
  /** `UpdateService`. */
  readonly call: string;
  /** ISO. */
  readonly at: string;
  /** The identity: an ARN where there is one. */
  readonly who: string;
  /** An address, or the name of a service of AWS; null where CloudTrail shows none. */
  readonly from: string | null;
}

/** Who has changed what we had changed. */
export interface ChangedBy {
  /** Since when was looked: when the change began (ISO). */
  readonly since: string;
  /** Newest first, a few at most. */
  readonly calls: readonly CallByOther[];
  /** How many more there were. */
  readonly more: number;
  /** Why there may be others, or is none: how far it was looked, or what kept us from looking. Null where all was seen. */
  readonly missing: string | null;
  /** Names of the calls that were looked for, for whoever asks again. */
  readonly asked: readonly string[];
}
