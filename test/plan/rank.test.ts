import { expect, test } from 'vitest';
import { decideFinding } from '../../shared/plan/match.ts';
import { mostSevereFirst } from '../../shared/plan/rank.ts';
import { finding, now, rule, ruleSet } from './fakes.ts';

const set = ruleSet([rule({ name: 'r' })]);
const matched = (id: string, severity: number | null) => decideFinding(finding({ id, severity }), set, now);
const ids = (...some: readonly ReturnType<typeof matched>[]) => mostSevereFirst(some).map(({ finding: { id } }) => id);

test('the most severe comes first, then by id; what nobody rated comes last', () => {
  const [critical, none, low, alike] = [matched('b', 9), matched('a', null), matched('z', 0), matched('c', 9)];
  expect(ids(none, low, alike, critical)).toEqual(['b', 'c', 'z', 'a']);
  expect(ids(critical, alike, low, none)).toEqual(['b', 'c', 'z', 'a']);
});
