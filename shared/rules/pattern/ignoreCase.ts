import { onString, quote, type ValueCondition } from './condition.ts';

/**
 * Each UTF-16 unit of the wanted text with its lower and upper case. Folded one by one, as AWS's matcher does, because
 * the two can differ in length (`ß` and `SS`).
 */
const casesOf = (text: string): readonly (readonly string[])[] =>
  text.split('').map((unit) => [...new Set([unit.toLowerCase(), unit.toUpperCase()])]);

/** Where reading the wanted units one after the other, from the start on, can have got to in `value`. */
function endsFromStart(units: readonly (readonly string[])[], value: string): ReadonlySet<number> {
  let ends = new Set([0]);
  for (const cases of units) {
    const next = new Set<number>();
    for (const end of ends) {
      for (const unit of cases) if (value.startsWith(unit, end)) next.add(end + unit.length);
    }
    if (next.size === 0) return next;
    ends = next;
  }
  return ends;
}

/** The same from the end backwards, for suffixes. */
function startsFromEnd(units: readonly (readonly string[])[], value: string): ReadonlySet<number> {
  let starts = new Set([value.length]);
  for (const cases of units.toReversed()) {
    const next = new Set<number>();
    for (const start of starts) {
      for (const unit of cases) if (value.endsWith(unit, start)) next.add(start - unit.length);
    }
    if (next.size === 0) return next;
    starts = next;
  }
  return starts;
}

/** `equals-ignore-case`. */
export function equalsIgnoreCase(text: string): ValueCondition {
  const units = casesOf(text);
  const said = `${quote(text)} in any case`;
  return onString(
    ['equals-ignore-case', text],
    (value) => endsFromStart(units, value).has(value.length),
    `is ${said}`,
    `is not ${said}`,
  );
}

/** `prefix` with `equals-ignore-case`. */
export function prefixIgnoreCase(text: string): ValueCondition {
  const units = casesOf(text);
  const said = `${quote(text)} in any case`;
  return onString(
    ['prefix-ignore-case', text],
    (value) => endsFromStart(units, value).size > 0,
    `starts with ${said}`,
    `does not start with ${said}`,
  );
}

/** `suffix` with `equals-ignore-case`. */
export function suffixIgnoreCase(text: string): ValueCondition {
  const units = casesOf(text);
  const said = `${quote(text)} in any case`;
  return onString(
    ['suffix-ignore-case', text],
    (value) => startsFromEnd(units, value).size > 0,
    `ends with ${said}`,
    `does not end with ${said}`,
  );
}
