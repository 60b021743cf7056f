/** StringMatches: `*` stands for any run of characters, `\*` for an asterisk, `\\` for a backslash. */
export function matchesWildcard(pattern: string, text: string): boolean {
  const source = pattern.replace(/\\(.)|[\s\S]/gu, (char, escaped: string | undefined) =>
    escaped === undefined && char === '*' ? '[\\s\\S]*' : literal(escaped ?? char),
  );
  return new RegExp(`^${source}$`, 'u').test(text);
}

const literal = (char: string): string =>
  /[\p{L}\p{N}\s]/u.test(char) ? char : `\\u{${char.codePointAt(0)?.toString(16)}}`;
