import type { Bound, Meaning, ValueCondition } from './condition.ts';

type Range = Extract<Meaning, { by: 'numeric' }>;

const notBelow = (inner: Bound, outer: Bound): boolean =>
  inner.at > outer.at || (inner.at === outer.at && (outer.inclusive || !inner.inclusive));
const notAbove = (inner: Bound, outer: Bound): boolean =>
  inner.at < outer.at || (inner.at === outer.at && (outer.inclusive || !inner.inclusive));

const endsBefore = (range: Range, other: Range): boolean =>
  range.most.at < other.least.at ||
  (range.most.at === other.least.at && !(range.most.inclusive && other.least.inclusive));

/** Whether it accepts strings and nothing else. */
const onStrings = ({ means }: ValueCondition): boolean => 'text' in means;

/** What every string that it accepts begins with; undefined where nothing is known. */
const beginsWith = ({ lookup }: ValueCondition): string | undefined =>
  lookup !== undefined && 'beginsWith' in lookup ? lookup.beginsWith : undefined;

/**
 * Whether everything that `inner` accepts is surely accepted by `outer`. False where it may be so and is not seen: whoever asks may
 * miss some, and never says so wrongly.
 */
export function isWithin(inner: ValueCondition, outer: ValueCondition): boolean {
  const { means: narrow } = inner;
  const { means: wide } = outer;
  if (wide.by === 'exists') return true;
  if (narrow.by === 'exactly') return outer.accepts(narrow.value);
  if (wide.by === 'anything-but') {
    return narrow.by === 'anything-but'
      ? wide.excluded.every((out) => narrow.excluded.some((excluded) => isWithin(out, excluded)))
      : wide.excluded.every((out) => areApart(inner, out));
  }
  if (wide.by === 'numeric') {
    return narrow.by === 'numeric' && notBelow(narrow.least, wide.least) && notAbove(narrow.most, wide.most);
  }
  if (!('text' in wide) || !('text' in narrow)) return false;
  if (narrow.by === wide.by && narrow.text === wide.text) return true;
  if (wide.by === 'prefix') return wide.text === '' || (beginsWith(inner)?.startsWith(wide.text) ?? false);
  if (wide.by === 'suffix') return wide.text === '' || (narrow.by === 'suffix' && narrow.text.endsWith(wide.text));
  return wide.by === 'wildcard' && wide.text === '*';
}

/** Whether there is surely no value that both accept. */
export function areApart(a: ValueCondition, b: ValueCondition): boolean {
  if (a.means.by === 'exactly') return !b.accepts(a.means.value);
  if (b.means.by === 'exactly') return !a.accepts(b.means.value);
  if (a.means.by === 'anything-but') return a.means.excluded.some((excluded) => isWithin(b, excluded));
  if (b.means.by === 'anything-but') return b.means.excluded.some((excluded) => isWithin(a, excluded));
  if (a.means.by === 'numeric') {
    return b.means.by === 'numeric' ? endsBefore(a.means, b.means) || endsBefore(b.means, a.means) : onStrings(b);
  }
  if (b.means.by === 'numeric') return onStrings(a);
  const [first, second] = [beginsWith(a), beginsWith(b)];
  if (first === undefined || second === undefined) return false;
  return !first.startsWith(second) && !second.startsWith(first);
}
