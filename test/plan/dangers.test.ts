import { describe, expect, it } from 'vitest';
import { dangersOf } from '../../shared/plan/dangers.ts';
import { threatClass, typesOfClassA } from '../../shared/plan/threatTypes.ts';
import type { Rule, RuleSet } from '../../shared/rules/rule.ts';
import { archive, evidence, exemption, now, rule, ruleSet } from './fakes.ts';

const actions = [archive, evidence];
const acting = rule({ name: 'x', when: { type: ['ImageScan'], label: ['high'] } });
const threat = rule({ name: 'x', when: { type: [{ prefix: 'Backdoor:' }] } });
const wider = { ...acting, when: { type: ['ImageScan'] } };
const from = (before: readonly Rule[], after: readonly Rule[]) =>
  dangersOf(ruleSet(before), ruleSet(after), actions, now);

describe('a change that a person should have seen', () => {
  it.each([
    ['a rule that acts takes much more', [acting], [wider], 'rule x enforces, and takes much more than before: label'],
    [
      'a new one takes whatever there is',
      [],
      [{ ...acting, when: { source: [{ exists: true }] } }],
      'rule x is new, enforces, and takes whatever there is',
    ],
    [
      'nobody is asked any more',
      [{ ...acting, approval: { when: ['always'] } }],
      [acting],
      'rule x enforces, and asks nobody any more: approval is gone',
    ],
    [
      'what is protected is changed when nobody answers',
      [acting],
      [{ ...acting, approval: { when: ['protected'], timeout: 'PT1M', onTimeout: 'proceed' } }],
      'rule x does more when nobody answers about what is protected: onTimeout proceed, which was hold',
    ],
    [
      'a new one changes what is protected when nobody answers',
      [],
      [{ ...acting, approval: { when: ['always'], timeout: 'PT1M', onTimeout: 'minimum' } }],
      'rule x does more when nobody answers about what is protected: onTimeout minimum, which was hold',
    ],
    [
      'an answer is waited for a shorter time',
      [{ ...acting, approval: { when: ['always'], timeout: 'PT8H', onTimeout: 'proceed' } }],
      [{ ...acting, approval: { when: ['always'], timeout: 'PT1M', onTimeout: 'proceed' } }],
      'rule x waits for an answer for a shorter time: onTimeout proceed after PT1M, which was PT8H',
    ],
    [
      'a limit is gone',
      [{ ...acting, limits: { perHour: 5, minHealthyPercent: 50 } }],
      [{ ...acting, limits: { minHealthyPercent: 50 } }],
      'rule x enforces, and has no limit perHour any more, which was 5',
    ],
    [
      'a limit is higher',
      [{ ...acting, limits: { perHour: 5 } }],
      [{ ...acting, limits: { perHour: 50 } }],
      'rule x enforces, and has perHour 50, which was 5',
    ],
    [
      'less must stay healthy',
      [{ ...acting, limits: { minHealthyPercent: 50 } }],
      [{ ...acting, limits: { minHealthyPercent: 10 } }],
      'rule x enforces, and has minHealthyPercent 10, which was 50',
    ],
    [
      'the worst is told more quietly',
      [threat],
      [{ ...threat, page: { contained: 'digest' } }],
      'rule x tells of the worst findings, contained, by digest alone, which was page',
    ],
    [
      'by a new rule, too',
      [],
      [{ ...threat, page: { 'not-contained': 'notice' } }],
      'rule x tells of the worst findings, not-contained, by notice alone, which was page',
    ],
  ] as readonly (readonly [string, readonly Rule[], readonly Rule[], string])[])('%s', (_what, before, after, said) => {
    expect(from(before, after)).toEqual([expect.stringContaining(said)]);
  });

  it('is an exemption that takes out whatever there is', () => {
    const after: RuleSet = ruleSet([acting], [exemption({ name: 'all', when: { source: [{ exists: true }] } })]);
    expect(dangersOf(ruleSet([acting]), after, actions, now)).toEqual(['exemption all takes out whatever there is']);
    expect(dangersOf(after, after, actions, now)).toEqual([]);
  });

  it('is an exemption from being woken by the worst findings', () => {
    const quiet = exemption({ name: 'pen-test', when: { resource: { cluster: ['test'] } }, scope: 'paging' });
    const after: RuleSet = ruleSet([acting], [quiet]);
    const said = ['exemption pen-test lets nobody be woken by the worst findings'];
    expect(dangersOf(ruleSet([acting]), after, actions, now)).toEqual(said);
    expect(dangersOf(ruleSet([acting], [{ ...quiet, scope: undefined } as never]), after, actions, now)).toEqual(said);
    expect(dangersOf(after, after, actions, now)).toEqual([]);
    const scans = exemption({ when: { type: ['ImageScan'] }, scope: 'paging' });
    expect(dangersOf(ruleSet([acting]), ruleSet([acting], [scans]), actions, now)).toEqual([]);
  });

  it('is a limit of all rules that is gone', () => {
    const set = ruleSet([acting]);
    const limited = { ...set, settings: { ...set.settings, limits: { perHour: 20 } } };
    expect(dangersOf(limited, set, actions, now)).toEqual(['settings have no limit perHour any more, which was 20']);
    expect(dangersOf(set, limited, actions, now)).toEqual([]);
  });

  it('is that something is not protected any more', () => {
    const set = ruleSet([acting]);
    const settings = { ...set.settings, protected: [{ cluster: ['prod'] }] };
    expect(dangersOf({ ...set, settings }, set, actions, now)).toEqual([
      'settings protect less: {"cluster":["prod"]} is not protected any more',
    ]);
  });
});

describe('a change that goes through', () => {
  it.each([
    ['nothing', [acting], [acting]],
    ['a rule that watches takes more', [acting], [{ ...wider, mode: 'observe' }]],
    [
      'one that stores evidence alone takes more',
      [acting],
      [{ ...wider, do: [{ action: evidence.name, params: {} }] }],
    ],
    ['a rule takes less', [wider], [acting]],
    ['a rule is gone', [acting], []],
    [
      'a limit is lower',
      [{ ...acting, limits: { perHour: 5 } }],
      [{ ...acting, limits: { perHour: 2, maxTargets: 1 } }],
    ],
    ['a new rule takes what it names', [], [acting]],
    ['a rule that takes no threat is quieter', [acting], [{ ...acting, page: { contained: 'digest' } }]],
    [
      'what is asked about is waited for without an end',
      [acting],
      [{ ...acting, approval: { when: ['protected'], onTimeout: 'proceed' } }],
    ],
    [
      'an answer is waited for longer',
      [{ ...acting, approval: { when: ['always'], timeout: 'PT1M', onTimeout: 'proceed' } }],
      [{ ...acting, approval: { when: ['always'], timeout: 'PT8H', onTimeout: 'proceed' } }],
    ],
    [
      'the worst is told louder',
      [{ ...threat, page: { contained: 'digest' } }],
      [{ ...threat, page: { contained: 'notice' } }],
    ],
  ] as readonly (readonly [string, readonly Rule[], readonly Rule[]])[])('%s', (_what, before, after) => {
    expect(from(before, after)).toEqual([]);
  });
});

it('each type that stands for the worst class is of it', () => {
  for (const type of typesOfClassA) expect(threatClass({ type, severity: null }), type).toBe('A');
});
