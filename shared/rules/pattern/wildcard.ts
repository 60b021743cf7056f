import { beginning, onString, quote, type ValueCondition } from './condition.ts';
import { PatternError } from './error.ts';

/** The literal parts between the `*`s of a wildcard, escapes resolved. `\*` and `\\` are the only escapes. */
function partsOf(text: string, path: string): readonly string[] {
  const parts: string[] = [];
  let part = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    const following = text.charAt(at + 1);
    if (char === '*') {
      if (following === '*')
        throw new PatternError(path, `two wildcards in a row at character ${at}`, 'use a single *');
      parts.push(part);
      part = '';
    } else if (char === '\\') {
      if (following !== '*' && following !== '\\') {
        throw new PatternError(path, `invalid escape at character ${at}`, 'only \\* and \\\\ are escapes');
      }
      part += following;
      at += 1;
    } else {
      part += char;
    }
  }
  return [...parts, part];
}

/**
 * Takes each middle part at its first place after the one before: if any placing exists, this one does, so nothing is
 * ever tried twice.
 */
function fits(parts: readonly string[], value: string): boolean {
  const first = parts[0] ?? '';
  const last = parts[parts.length - 1] ?? '';
  if (parts.length === 1) return value === first;
  if (!value.startsWith(first)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = value.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return value.length - last.length >= at && value.endsWith(last);
}

/** `wildcard`: `*` stands for any number of characters. Throws PatternError for `**` and for unknown escapes. */
export function wildcard(text: string, path: string): ValueCondition {
  const parts = partsOf(text, path);
  return beginning(
    parts[0] ?? '',
    onString(['wildcard', text], (value) => fits(parts, value), `is like ${quote(text)}`, `is not like ${quote(text)}`),
  );
}
