import type { UpdateSection } from './dynaliteShapes.ts';

/**
 * The clauses of an update in an order in which dynalite, which does one after the other, gives what DynamoDB gives, where an
 * index means the list as it was: members are taken out of a list last, and the last of them first.
 */
export function inSafeOrder(sections: readonly UpdateSection[]): readonly UpdateSection[] {
  const removals = sections.filter(({ type }) => type === 'remove');
  const others = sections.filter(({ type }) => type !== 'remove');
  return [...others, ...removals.toSorted((a, b) => backwards(a.path, b.path))];
}

function backwards(a: UpdateSection['path'], b: UpdateSection['path']): number {
  for (const [at, one] of a.entries()) {
    const other = b[at];
    if (one === other || other === undefined) continue;
    if (typeof one === 'number' && typeof other === 'number') return other - one;
    return String(one) < String(other) ? 1 : -1;
  }
  return 0;
}
