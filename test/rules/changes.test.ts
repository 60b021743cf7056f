import { describe, expect, it } from 'vitest';
import { changesBetween, sentencesBetween, shortened } from '../../shared/rules/changes.ts';
import { exemption, rule, ruleSet } from '../plan/fakes.ts';

const set = ruleSet([rule({ name: 'a' }), rule({ name: 'b' })], [exemption({ name: 'e' })]);
const withRule = (fields: object) => ({ ...set, rules: [{ ...set.rules[0], ...fields }, set.rules[1]] as never });

describe('what is different between two sets', () => {
  it('is nothing where they are equal, whatever their order', () => {
    expect(changesBetween(set, structuredClone(set))).toEqual([]);
    expect(changesBetween(set, { ...set, rules: set.rules.toReversed() })).toEqual([]);
  });

  it.each([
    ['a rule that is gone', { ...set, rules: set.rules.slice(1) }, 'rule a is gone'],
    ['a rule that is new', { ...set, rules: [...set.rules, rule({ name: 'c' })] }, 'rule c is new'],
    ['an exemption that is gone', { ...set, exemptions: [] }, 'exemption e is gone'],
    ['another mode', withRule({ mode: 'observe' }), 'rule a: mode is "observe", was "enforce"'],
    [
      'another value of a condition',
      withRule({ when: { type: ['ImageScan'], resource: { repository: ['x'] } } }),
      'rule a: when.resource.repository is ["x"], was not said',
    ],
    [
      'another action',
      withRule({ do: [...(set.rules[0]?.do ?? []), { action: 'evidence.take', params: {} }] }),
      'rule a: does evidence.take as well ({})',
    ],
    ['an action fewer', withRule({ do: [] }), 'rule a: does not do image.archive any more'],
    [
      'other parameters',
      withRule({ do: [{ action: 'image.archive', params: { when: 'now' } }] }),
      'rule a: do image.archive is {"when":"now"}, was {}',
    ],
    ['another tier', withRule({ page: { held: 'digest' } }), 'rule a: page.held is "digest", was not said'],
    ['another setting', { ...set, settings: { ...set.settings, quietHours: 7 } }, 'settings: quietHours is 7, was 24'],
  ])('names %s', (_what, after, sentence) => {
    expect(sentencesBetween(set, after)).toEqual([sentence]);
  });

  it('never stays silent: each member that differs is said', () => {
    for (const key of ['description', 'order', 'when', 'do', 'mode', 'page', 'approval']) {
      expect(changesBetween(set, withRule({ [key]: { x: key } })), key).toMatchObject([{ name: 'a', kind: 'changed' }]);
    }
  });

  it('cuts what is long', () => {
    const [sentence] = sentencesBetween(set, withRule({ description: 'x'.repeat(1000) }));
    expect(sentence?.length).toBeLessThan(250);
  });

  it('shows long values where they differ, never both alike', () => {
    const long = (last: string) =>
      withRule({ do: [{ action: 'image.archive', params: { x: `${'y'.repeat(500)}${last}` } }] });
    const [sentence = ''] = sentencesBetween(long('before'), long('after'));
    expect(sentence).toContain('after');
    expect(sentence).toContain('before');
    expect(sentence.length).toBeLessThan(400);
  });

  it('shows of a long list what was added and taken out', () => {
    const of = (...clusters: string[]) => withRule({ when: { resource: { cluster: clusters } } });
    const many = Array.from({ length: 60 }, (_, at) => `cluster-${at}`);
    expect(sentencesBetween(of(...many), of(...many.slice(1), 'prod'))).toEqual([
      'rule a: when.resource.cluster has "prod" added and has "cluster-0" taken out',
    ]);
    const [sentence] = sentencesBetween(of('x'), of(...many));
    expect(sentence).toContain('"cluster-9" and 50 more added and has "x" taken out');
  });

  it('names what concerns all rules first', () => {
    const after = { ...withRule({ mode: 'observe' }), exemptions: [], settings: { ...set.settings, quietHours: 7 } };
    expect(changesBetween(set, after).map(({ what }) => what)).toEqual(['settings', 'exemption', 'rule']);
  });
});

describe('many sentences', () => {
  const gone = (count: number) => Array.from({ length: count }, (_, n) => `rule g${n} is gone`);
  const other = (count: number) => Array.from({ length: count }, (_, n) => `rule o${n} is new`);

  it('that are few enough stay as they are', () => {
    const few = [...other(20), ...gone(20)];
    expect(shortened(few)).toEqual(few);
  });

  it('are cut behind what is gone, and the rest is counted', () => {
    expect(shortened([...other(50), ...gone(1)], 2)).toEqual(['rule g0 is gone', 'rule o0 is new', 'and 49 more']);
    expect(shortened([...other(1), ...gone(4)], 3)).toEqual([
      ...gone(3),
      'and 2 more, 1 of which say that one is gone',
    ]);
  });

  it('that were cut before are counted on', () => {
    expect(shortened(shortened([...other(50), ...gone(45)]), 10)).toEqual([
      ...gone(10),
      'and 85 more, 35 of which say that one is gone',
    ]);
    const once = shortened(other(50), 10);
    expect(shortened(once, 10)).toEqual(once);
  });
});
