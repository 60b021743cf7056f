import { beginning, onString, quote, type Scalar, type ValueCondition } from './condition.ts';
import { PatternError } from './error.ts';
import { exactly } from './exact.ts';
import { equalsIgnoreCase } from './ignoreCase.ts';
import { comparable } from './numeric.ts';
import { wildcard } from './wildcard.ts';
import { isObject, onlyEntry, textAt } from './written.ts';

/** An empty prefix or suffix would exclude every string. AWS refuses it here, and only here. */
function nonEmpty(text: string, path: string): string {
  if (text === '') throw new PatternError(path, 'must not be empty: that would exclude everything');
  return text;
}

const NESTED: Readonly<Record<string, (text: string, path: string) => ValueCondition>> = {
  prefix: (text, path) => startsWith(nonEmpty(text, path)),
  suffix: (text, path) => endsWith(nonEmpty(text, path)),
  'equals-ignore-case': (text) => equalsIgnoreCase(text),
  wildcard,
};

export const startsWith = (text: string): ValueCondition =>
  beginning(
    text,
    onString(
      ['prefix', text],
      (value) => value.startsWith(text),
      `starts with ${quote(text)}`,
      `does not start with ${quote(text)}`,
    ),
  );
export const endsWith = (text: string): ValueCondition =>
  onString(
    ['suffix', text],
    (value) => value.endsWith(text),
    `ends with ${quote(text)}`,
    `does not end with ${quote(text)}`,
  );

/** The members of a value that may be single or a list, each with its path. */
function listed(written: unknown, path: string): readonly { readonly value: unknown; readonly path: string }[] {
  if (!Array.isArray(written)) return [{ value: written, path }];
  if (written.length === 0) throw new PatternError(path, 'must not be empty: it would exclude nothing');
  return written.map((value: unknown, at) => ({ value, path: `${path}[${at}]` }));
}

function values(written: unknown, path: string): readonly ValueCondition[] {
  const members = listed(written, path);
  const excluded = members.map(({ value, path: at }) => {
    if (typeof value === 'string') return exactly(value);
    if (typeof value === 'number') return exactly(comparable(value, at));
    throw new PatternError(at, 'must be a string or a number', 'null, true and false cannot be excluded');
  });
  if (new Set(members.map(({ value }) => typeof value)).size > 1) {
    throw new PatternError(path, 'must be all strings or all numbers');
  }
  return excluded;
}

function excludedBy(written: unknown, path: string): readonly ValueCondition[] {
  if (!isObject(written)) return values(written, path);
  const { key, value, path: inner } = onlyEntry(written, path, Object.keys(NESTED));
  const condition = NESTED[key];
  if (condition === undefined) throw new PatternError(inner, `"${key}" cannot be used within anything-but`);
  return listed(value, inner).map((member) => condition(textAt(member.value, member.path), member.path));
}

/**
 * `anything-but`, of values or of one operator on strings, each single or as a list. The field must be there; null,
 * booleans and numbers differ from every string.
 */
export function anythingBut(written: unknown, path: string): ValueCondition {
  const excluded = excludedBy(written, path);
  return {
    kind: 'value',
    accepts: (value: Scalar) => !excluded.some((condition) => condition.accepts(value)),
    is: excluded.map((condition) => condition.not).join(' and '),
    not: `${excluded.map((condition) => condition.is).join(' or ')}, which is excluded`,
    means: { by: 'anything-but', excluded },
  };
}
