/** `*` stands for any run of characters, `?` for exactly one; everything else is literal. Linear in practice, no regular expression. */
export function wildcardMatches(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    if (p < pattern.length && pattern[p] === '*') {
      star = p;
      resume = t;
      p += 1;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      resume += 1;
      t = resume;
      p = star + 1;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}

/** Action names do not distinguish case. */
export const actionMatches = (pattern: string, action: string): boolean =>
  wildcardMatches(pattern.toLowerCase(), action.toLowerCase());

/** The six parts of an ARN; the last keeps its own colons. */
export function arnParts(arn: string): readonly string[] {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/**
 * Part by part, so that a wildcard in the Region does not reach into the account. An ARN with fewer parts is completed with
 * `*` (parsePolicy lets only those through that end in `*`, where every reading of it agrees).
 */
export function arnMatches(pattern: string, arn: string): boolean {
  const wanted = arnParts(pattern);
  const given = arnParts(arn);
  if (given.length < 6) return false;
  return given.every((part, index) => wildcardMatches(wanted[index] ?? '*', part));
}

/**
 * Does a policy's Resource cover what is asked? An action that AWS does not scope asks with `*`, which only a policy's own `*`
 * covers: a grant on an ARN has no effect on it.
 */
export function resourceMatches(pattern: string, resource: string): boolean {
  if (/^\*+$/.test(pattern)) return true;
  return resource !== '*' && arnMatches(pattern, resource);
}
