import { quote, type Scalar, type ValueCondition } from './condition.ts';

/** The value itself: character by character for strings, by value for numbers (7 is 7.0), and never across types. */
export function exactly(wanted: Scalar): ValueCondition {
  const text = quote(wanted);
  return {
    kind: 'value',
    accepts: (value) => value === wanted,
    is: `is ${text}`,
    not: `is not ${text}`,
    means: { by: 'exactly', value: wanted },
    lookup: { exactly: wanted },
  };
}
