/** Longest title that a finding carries, in UTF-16 units. */
export const titleLength = 300;
/** ECR allows 300 characters for a tag and 1,000 tags for an image; what is beyond that says nothing more. */
export const tagLength = 300;
export const tagCount = 100;

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
