import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { compileRuleSet } from '../../shared/rules/compile.ts';
import type { RuleSet, RuleSource } from '../../shared/rules/rule.ts';
import { actions, exemption, rule } from './ruleFixtures.ts';

function compiled(...sources: readonly RuleSource[]): RuleSet {
  const { set, problems } = compileRuleSet(sources, actions);
  expect(problems).toEqual([]);
  if (set === null) throw new Error('no set, and no problem said');
  return set;
}

/** What is said of one file, with nothing of where. */
const messages = (path: string, text: string, known = actions): readonly string[] =>
  compileRuleSet([{ path, text }], known).problems.map(({ message }) => message);

/** The problems of one file as `code path line:column`, which together with the message is what people read. */
function problems(path: string, text: string): readonly string[] {
  const result = compileRuleSet([{ path, text }], actions);
  if (result.problems.some(({ level }) => level === 'error')) expect(result.set).toBeNull();
  return result.problems.map(({ code, path: at, line, column }) => `${code} ${at} ${line}:${column}`);
}

describe('a key that is missing', () => {
  it('is named by what is said of it: its position is only that of what should hold it', () => {
    expect(messages('exemptions/ex', 'owner: team\n')).toEqual([
      '"name" is missing',
      '"when" is missing',
      '"reason" is missing',
      '"expires" is missing',
    ]);
  });

  it('within another is named with the way to it', () => {
    const [first, ...others] = actions;
    const asking = {
      name: 'evidence.capture',
      params: z.strictObject({ to: z.string() }),
      targets: first?.targets ?? [],
    };
    const text = 'name: a\nwhen: { type: [x] }\ndo:\n  - evidence.capture: {}\n';
    expect(messages('rules/a', text, [asking, ...others])).toEqual(['"do[0].evidence.capture.to" is missing']);
  });
});

describe('a rule', () => {
  it('gets its defaults, and those of the parameters of its actions', () => {
    const [one] = compiled({
      path: 'rules/a',
      text: 'name: a\nwhen: { type: [x] }\ndo:\n  - ecr.quarantine-image\n  - evidence.capture:\n',
    }).rules;
    expect(one).toEqual({
      name: 'a',
      description: '',
      order: 100,
      when: { type: ['x'] },
      do: [
        { action: 'ecr.quarantine-image', params: { reach: 'index' } },
        { action: 'evidence.capture', params: {} },
      ],
      mode: 'observe',
      page: {},
    });
  });

  it('may be JSON', () => {
    const text = JSON.stringify({
      name: 'a',
      order: 3,
      when: { type: ['x'] },
      do: [{ 'evidence.capture': {} }],
      mode: 'enforce',
    });
    expect(compiled({ path: 'rules/a.json', text }).rules[0]).toMatchObject({ order: 3, mode: 'enforce' });
  });

  it('takes its mode from the settings, or else from the stage', () => {
    const settings = { path: 'settings', text: 'defaultMode: enforce' };
    expect(compiled(rule('a'), settings).rules[0]?.mode).toBe('enforce');
    expect(compiled(rule('a', 'mode: observe\n'), settings).rules[0]?.mode).toBe('observe');
    const stage = compileRuleSet([rule('a'), { path: 'settings', text: '' }], actions, { defaultMode: 'enforce' });
    expect(stage.set?.rules[0]?.mode).toBe('enforce');
  });

  it('says all that is wrong with it at once, each in its place, with what was meant', () => {
    const text = `name: b
when:
  severity: [{ numeric: [">", 6, "<", 5] }]
do:
  - ecr.quarantine-imge
  - ecr.quarantine-image: { raech: digest }
  - ecr.quarantine-image: { reach: indx }
mod: enforce
page: { held: notce, hld: page }
`;
    expect(problems('rules/a', text)).toEqual([
      'value page.held 9:9',
      'unknown-key page.hld 9:22',
      'unknown-key mod 8:1',
      'pattern when.severity[0].numeric 3:16',
      'unknown-action do[0] 5:5',
      'unknown-key do[1].ecr.quarantine-image.raech 6:29',
      'value do[2].ecr.quarantine-image.reach 7:29',
      'name name 1:1',
    ]);
    const suggestions = compileRuleSet([{ path: 'rules/a', text }], actions).problems.map(
      ({ suggestion }) => suggestion,
    );
    expect(suggestions).toEqual([
      'did you mean "notice"?',
      'did you mean "held"?',
      'did you mean "mode"?',
      '',
      'did you mean "ecr.quarantine-image"?',
      'did you mean "reach"?',
      'did you mean "index"?',
      'name: a',
    ]);
  });

  it.each([
    ['without a pattern', 'name: a\ndo: [evidence.capture]', ['missing when 1:1']],
    ['without actions', 'name: a\nwhen: { type: [x] }\ndo: []', ['value do 3:1']],
    [
      'with an action twice',
      'name: a\nwhen: { type: [x] }\ndo: [evidence.capture, evidence.capture]',
      ['duplicate-action do[1] 3:24'],
    ],
    ['with two actions in one entry', 'name: a\nwhen: { type: [x] }\ndo: [{ a: {}, b: {} }]', ['value do[0] 3:6']],
    [
      'with a field that no finding has',
      'name: a\nwhen: { severty: [9] }\ndo: [evidence.capture]',
      ['unknown-field when.severty 2:9'],
    ],
    [
      'with a field that no compliance has',
      'name: a\nwhen: { compliance: { rul: [x] } }\ndo: [evidence.capture]',
      ['unknown-field when.compliance.rul 2:23'],
    ],
    [
      'with a value for an object',
      'name: a\nwhen: { resource: [x] }\ndo: [evidence.capture]',
      ['unknown-field when.resource 2:9'],
    ],
    [
      'with a field twice around $or',
      'name: a\nwhen: { type: [x], $or: [{ type: [y] }, { label: [high] }] }\ndo: [evidence.capture]',
      ['overridden when 2:1'],
    ],
    [
      'with a kind that its action cannot take',
      'name: a\nwhen: { resource: { kind: [role] } }\ndo: [evidence.capture]',
      ['no-target do[0] 3:6'],
    ],
    [
      'with a name that no parameter can have',
      'name: a b\nwhen: { type: [x] }\ndo: [evidence.capture]',
      ['value name 1:1', 'name name 1:1'],
    ],
    [
      'with an order that is no number',
      'name: a\norder: first\nwhen: { type: [x] }\ndo: [evidence.capture]',
      ['value order 2:1'],
    ],
    ['that is a list', '- a', ['value  1:1']],
    ['that is empty', '# nothing', ['empty  1:1']],
  ])('is refused %s', (_what, text, said) => {
    expect(problems('rules/a', text)).toEqual(said);
  });

  it('is only warned of when a failed containment would wake nobody', () => {
    const { set, problems: said } = compileRuleSet([rule('a', 'page: { not-contained: digest }\n')], actions);
    expect(said).toMatchObject([{ code: 'quiet-failure', level: 'warning', line: 6, path: 'page.not-contained' }]);
    expect(set?.rules[0]?.page).toEqual({ 'not-contained': 'digest' });
  });
});

describe('an exemption', () => {
  it('keeps its expiry as a moment in UTC', () => {
    expect(compiled(exemption('e')).exemptions[0]?.expires).toBe('2026-12-31T00:00:00.000Z');
    const late = exemption('e').text.replace('2026-12-31', '2026-12-31T18:00:00+01:00');
    expect(compiled({ path: 'exemptions/e', text: late }).exemptions[0]?.expires).toBe('2026-12-31T17:00:00.000Z');
  });

  it.each([
    ['owner: team\n', '', 'missing owner 1:1'],
    ['reason: base image', 'reason: " "', 'value reason 5:1'],
    ['expires: 2026-12-31', 'expires: 2026-02-30', 'value expires 6:1'],
    ['expires: 2026-12-31', 'expires: never', 'value expires 6:1'],
    ['expires: 2026-12-31\n', '', 'missing expires 1:1'],
    ['owner: team', 'owner: team\nactions: [evidence.captur]', 'unknown-action actions[0] 5:11'],
    ['owner: team', 'owner: team\nactions: []', 'value actions 5:1'],
    ['owner: team', 'owner: team\naction: [evidence.capture]', 'unknown-key action 5:1'],
    ['owner: team', 'owner: team\nrules: []', 'value rules 5:1'],
    ['owner: team', 'owner: team\nrules: [image-criticl]', 'unknown-rule rules[0] 5:9'],
    ['owner: team', 'owner: team\nscope: pages', 'value scope 5:1'],
    ['owner: team', 'owner: team\nscope: paging\nactions: [evidence.capture]', 'scope scope 5:1'],
    ['repository: [', 'repositry: [', 'unknown-field when.resource.repositry 3:15'],
  ])('is refused with "%s" as "%s"', (good, bad, said) => {
    expect(problems('exemptions/e', exemption('e').text)).toEqual([]);
    expect(problems('exemptions/e', exemption('e').text.replace(good, bad))).toEqual([said]);
  });
});

describe('the settings', () => {
  const defaults = {
    defaultMode: 'observe',
    observeOnly: false,
    quietHours: 24,
    holdAfterUndoHours: 24,
    quietPullDays: 30,
    causeWindowMinutes: 60,
    longestExemptionDays: 90,
    protected: [],
  };

  it('have a default for each key', () => {
    expect(compiled().settings).toEqual(defaults);
    expect(compiled({ path: 'settings', text: '# nothing\n' }).settings).toEqual(defaults);
    const text = 'quietHours: 1\nprotected: [{ repository: [{ prefix: base/ }] }]';
    expect(compiled({ path: 'settings.yaml', text }).settings).toEqual({
      ...defaults,
      quietHours: 1,
      protected: [{ repository: [{ prefix: 'base/' }] }],
    });
  });

  it.each([
    ['quietHours: 0', 'value quietHours 1:1'],
    ['quietHours: 721', 'value quietHours 1:1'],
    ['quietHours: 1.5', 'value quietHours 1:1'],
    ['holdAfterUndoHours: "24"', 'value holdAfterUndoHours 1:1'],
    ['quietPullDays: 366', 'value quietPullDays 1:1'],
    ['longestExemptionDays: 367', 'value longestExemptionDays 1:1'],
    ['longestExemptionDays: 0', 'value longestExemptionDays 1:1'],
    ['defaultMode: enforced', 'value defaultMode 1:1'],
    ['quietHour: 3', 'unknown-key quietHour 1:1'],
    ['teams: [{ name: a }, { name: b, owners: [A] }]', 'value teams[1] 1:22'],
    ['teams: [{ name: a, owns: [{ repositry: [x] }] }]', 'unknown-field teams[0].owns[0].repositry 1:29'],
    ['teams: [{ name: a, owner: [a] }]', 'unknown-key teams[0].owner 1:20'],
    ['workingHours: { timeZone: Europe/Berlin, from: "8", to: "18:00" }', 'value workingHours.from 1:42'],
    ['workingHours: { timeZone: UTC, from: "08:00", to: "08:00" }', 'value workingHours 1:1'],
    ['workingHours: { timeZone: +01:00, from: "08:00", to: "18:00" }', 'value workingHours.timeZone 1:17'],
    ['digest: { at: "7", timeZone: Europe/Berlin }', 'value digest.at 1:11'],
    ['digest: { at: mon 07:00, timeZone: Europe/Berlin }', 'value digest.at 1:11'],
    ['digest: { at: "07:00", timeZone: Europe/Berln }', 'value digest.timeZone 1:24'],
    ['digest: { at: "07:00" }', 'missing digest.timeZone 1:9'],
    ['teams: [{ name: a, digest: { at: "25:00", timeZone: UTC } }]', 'value teams[0].digest.at 1:30'],
    ['escalate: { after: PT1M }', 'value escalate.after 1:13'],
    ['escalate: { after: PT15M, times: 6 }', 'value escalate.times 1:27'],
    ['escalate: PT15M', 'value escalate 1:1'],
    ['protected: [{ repositry: [x] }]', 'unknown-field protected[0].repositry 1:15'],
    ['protected: [{ repository: x }]', 'pattern protected[0].repository 1:15'],
  ])('are refused with %s', (text, said) => {
    expect(problems('settings', text)).toEqual([said]);
  });
});

describe('a set', () => {
  it('is the same whatever the order of its files', () => {
    const files = [
      rule('b'),
      rule('a', 'order: 3\n', 'ImagePushed'),
      exemption('y'),
      exemption('x'),
      { path: 'settings', text: 'quietHours: 2' },
    ];
    expect(JSON.stringify(compiled(...files.toReversed()))).toBe(JSON.stringify(compiled(...files)));
    expect(compiled(...files).rules.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('has no two rules of one name, but may have a rule and an exemption of one', () => {
    compiled(rule('a'), exemption('a'));
    const twice = [rule('a'), { ...rule('a'), path: 'rules/a.yml' }];
    expect(compileRuleSet(twice, actions)).toMatchObject({
      set: null,
      problems: [{ code: 'duplicate-name', file: 'rules/a.yml' }],
    });
  });

  it('is none when any file has an error', () => {
    expect(compileRuleSet([rule('a'), rule('b', 'x: 1\n')], actions).set).toBeNull();
  });

  it('takes no file that is none of its kinds', () => {
    expect(problems('other/a', 'x: 1')).toEqual(['path  1:1']);
    expect(problems('a', 'x: 1')).toEqual(['path  1:1']);
  });
});
