/** Longest title that a finding carries, in UTF-16 units. */
export const titleLength = 300;
/** ECR allows 300 characters for a tag and 1,000 tags for an image; what is beyond that says nothing more. */
export const tagLength = 300;
export const tagCount = 100;

/** A path, a name or an address in a finding: what is beyond tells nobody more. */
export const detailLength = 512;
/** Files, names, signals and containers of one finding. */
export const detailCount = 20;
/** Tasks that one finding accuses. GuardDuty names the tasks of a sequence without a documented bound; DescribeTasks takes 100. */
export const taskCount = 100;

/**
 * Text that others wrote, as data: control characters, markup and all, but bounded, and well formed so that it can be
 * stored and hashed. Whoever prints it, escapes it.
 */
export function bounded(text: string, max: number): string {
  const whole = text.toWellFormed();
  if (whole.length <= max) return whole;
  // The cut may fall between the halves of a surrogate pair; the half that is left is dropped.
  const cut = whole.slice(0, max - 1);
  return `${cut.isWellFormed() ? cut : cut.slice(0, -1)}…`;
}

/** Texts in one order, each once: GuardDuty lists them in any. Long ones are cut, many are left off. */
export const boundedList = (texts: readonly string[], count: number = detailCount): readonly string[] =>
  [...new Set(texts.map((text) => bounded(text, detailLength)))].sort().slice(0, count);
