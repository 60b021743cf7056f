import { expect, test } from 'vitest';
import { decideFinding } from '../../shared/plan/match.ts';
import { mostSevereFirst } from '../../shared/plan/rank.ts';
import { oneFinding, sampleEvent } from '../finding/sampleEvent.ts';
import { finding, now, rule, ruleSet } from './fakes.ts';

const set = ruleSet([rule({ name: 'r' })]);
const matched = (id: string, severity: number | null) => decideFinding(finding({ id, severity }), set, now);
const ids = (...some: readonly ReturnType<typeof matched>[]) => mostSevereFirst(some).map(({ finding: { id } }) => id);

test('a threat comes before whatever is not patched, however that is rated', () => {
  const found = decideFinding(oneFinding(sampleEvent('guardduty-ecs-miner')), set, now);
  const threat = { ...found, decision: 'observe' as const };
  expect(ids(matched('a', 10), threat)).toEqual([threat.finding.id, 'a']);
  const ignored = { ...found, decision: 'ignore' as const };
  expect(ids(ignored, matched('a', 10))).toEqual(['a', threat.finding.id]);
});

test('the most severe comes first, then by id; what nobody rated comes last', () => {
  const [critical, none, low, alike] = [matched('b', 9), matched('a', null), matched('z', 0), matched('c', 9)];
  expect(ids(none, low, alike, critical)).toEqual(['b', 'c', 'z', 'a']);
  expect(ids(critical, alike, low, none)).toEqual(['b', 'c', 'z', 'a']);
});
