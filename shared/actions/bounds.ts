/** So many changes in a clock hour. */
export interface Budget {
  /** Whose: `account`, `rule:NAME`, and for a cluster or a service of its own a hash behind that. */
  readonly scope: string;
  readonly atMost: number;
  /** In words: `rule image-critical: 5 an hour in cluster prod`. */
  readonly says: string;
}

/** What is healthy of a target while an action is at it: so many of so many tasks, hosts or the like. */
export interface Healthy {
  readonly count: number;
  readonly of: number;
}

/** What bounds a step that changes something. */
export interface Bounds {
  /** Names of the rules that ask for it. */
  readonly by?: readonly string[];
  /** In which it counts when it is begun; absent: in none. */
  readonly budgets?: readonly Budget[];
  /** So much of its target must stay healthy; absent where no rule says. */
  readonly leastHealthyPercent?: number;
}
