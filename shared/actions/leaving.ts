/** Tasks and services that are taken off an image, or pods that stop, and until when they pulled it. */
export interface Leaving {
  /** ARNs; of a pod, its path (`podPath`). */
  readonly arns: readonly string[];
  /** ISO; null when none of them is known to have pulled. */
  readonly pulledUntil: string | null;
  /** Since when one of them pulls, ISO; null or absent when none does. */
  readonly pullingSince?: string | null;
}
