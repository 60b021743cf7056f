import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../shared/actions/catalogue.ts';
import { compileRuleSet } from '../../../shared/rules/compile.ts';
import { CoverIndex } from '../../../shared/rules/lint/coverIndex.ts';
import { findings } from '../../../shared/rules/lint/known.ts';
import { mayMeet } from '../../../shared/rules/lint/meets.ts';
import { compilePattern } from '../../../shared/rules/pattern/compile.ts';
import type { RuleSource } from '../../../shared/rules/rule.ts';

const rule = (name: string, order: number, when: string, rest = ''): RuleSource => ({
  path: `rules/${name}`,
  text: `name: ${name}\norder: ${order}\nwhen:\n  ${when}\ndo: [evidence.capture]\n${rest}`,
});
const exemption = (when: string, rest = ''): RuleSource => ({
  path: 'exemptions/e',
  text: `name: e\nwhen: ${when}\nowner: a\nreason: b\nexpires: 2027-01-01\n${rest}`,
});
const said = (...sources: readonly RuleSource[]): readonly string[] =>
  compileRuleSet(sources, catalogue, { now: new Date('2026-11-20T10:00:00Z') }).problems.map(
    ({ code, file, path }) => `${code} ${file} ${path}`,
  );

describe('a rule that is never asked', () => {
  const narrow = rule('narrow', 20, 'resource: { cluster: [prod-a] }\n  severity: [{ numeric: [">=", 8] }]');

  it.each([
    ['by its exact value', 'resource: { cluster: [prod-a, prod-b] }'],
    ['by how it begins', 'resource: { cluster: [{ prefix: prod- }] }'],
    ['by a wildcard', 'resource: { cluster: [{ wildcard: "*" }] }'],
    ['by what it is not', 'resource: { cluster: [{ anything-but: [test] }] }'],
    ['by a lower bound', 'severity: [{ numeric: [">", 7] }]'],
    ['beside what is always so', 'severity: [{ numeric: [">=", 8] }]\n  status: [open]\n  sample: [false]'],
    ['by one of several', '$or: [{ resource: { cluster: [prod-a] } }, { label: [high] }]'],
  ])('is told of, where the one before takes all: %s', (_how, when) => {
    const { problems, set } = compileRuleSet([narrow, rule('wide', 10, when)], catalogue);
    expect(problems).toMatchObject([{ code: 'unreachable', level: 'warning', file: 'rules/narrow', line: 3 }]);
    expect(problems[0]?.message).toContain('"wide" (order 10)');
    // It is a warning: to put a rule before a shipped one is the way to do otherwise.
    expect(set?.rules).toHaveLength(2);
  });

  it.each([
    ['a bound that is higher', 'severity: [{ numeric: [">", 8] }]'],
    ['another cluster', 'resource: { cluster: [prod-b] }'],
    ['one field more', 'resource: { cluster: [prod-a] }\n  label: [high]'],
    ['what need not be there', 'resource: { cluster: [prod-a], service: [{ exists: false }] }'],
  ])('is not told of with %s', (_how, when) => {
    expect(said(narrow, rule('wide', 10, when))).toEqual([]);
  });

  it('is not told of when it comes first', () => {
    expect(said(rule('narrow', 5, 'label: [high]'), rule('wide', 10, 'severity: [{ numeric: [">=", 0] }]'))).toEqual(
      [],
    );
  });

  it('may be taken by several, each an alternative of it', () => {
    const both = '$or: [{ label: [high] }, { label: [critical] }]';
    expect(said(rule('a', 1, 'label: [high]'), rule('b', 2, 'label: [critical]'), rule('c', 3, both))).toEqual([
      'unreachable rules/c when',
    ]);
    expect(said(rule('a', 1, 'label: [high]'), rule('c', 3, both))).toEqual([]);
  });
});

describe('an exemption', () => {
  const images = rule(
    'images',
    10,
    'type: [ImageScan]\n  resource: { kind: [image], repository: [{ prefix: team/ }] }',
  );

  it.each([
    ['of another kind', '{ resource: { kind: [role] } }'],
    ['of a repository that no rule takes', '{ resource: { repository: [base/debian] } }'],
    ['of a field that no such finding has', '{ resource: { session: [a] } }'],
    ['of a source that gives no such type', '{ source: [config] }'],
  ])('%s exempts nothing', (_what, when) => {
    expect(said(images, exemption(when))).toEqual(['exempts-nothing exemptions/e when']);
  });

  it.each([
    '{ resource: { repository: [team/api] } }',
    '{ label: [critical] }',
    '{ resource: { tags: [{ prefix: v }] } }',
  ])('%s exempts something', (when) => expect(said(images, exemption(when))).toEqual([]));

  it('is left alone while a rule has an error: nobody knows what that one takes', () => {
    expect(said({ ...images, text: `${images.text}x: 1\n` }, exemption('{ resource: { kind: [role] } }'))).toEqual([
      'unknown-key rules/images x',
    ]);
  });

  it('is left alone where no rule is', () => {
    expect(said(exemption('{ resource: { kind: [role] } }'))).toEqual([]);
  });
});

describe('an irreversible step', () => {
  const patch = (rest: string): readonly string[] =>
    said({
      path: 'rules/p',
      text: `name: p\nwhen: { resource: { kind: [instance] } }\ndo: [evidence.capture, ssm.patch-hosts]\n${rest}`,
    });

  it('is told of where it is enforced and nobody is asked, by the rule or by the settings', () => {
    expect(patch('mode: enforce\n')).toEqual(['irreversible rules/p do[1]']);
    expect(patch('mode: observe\n')).toEqual([]);
    expect(patch('mode: enforce\napproval: { when: [always] }\n')).toEqual([]);
    expect(patch('')).toEqual([]);
    const settings = { path: 'settings', text: 'defaultMode: enforce\n' };
    const without = {
      path: 'rules/p',
      text: 'name: p\nwhen: { resource: { kind: [instance] } }\ndo: [evidence.capture, ssm.patch-hosts]\n',
    };
    expect(said(without, settings)).toEqual(['irreversible rules/p do[1]']);
  });

  it('that makes worthless what somebody had does not wait either, in a rule that puts them out', () => {
    const rotate = (actions: string) => ({
      path: 'rules/s',
      text: `name: s\nwhen: { resource: { kind: [ecs-task] } }\ndo: [${actions}]\nmode: enforce\n`,
    });
    expect(said(rotate('evidence.capture, ecs.stop-task, secrets.rotate'))).toEqual([]);
    expect(said(rotate('evidence.capture, secrets.rotate'))).toEqual(['irreversible rules/s do[1]']);
  });

  it('that is evidence takes nothing from anybody', () => {
    const keep = {
      path: 'rules/k',
      text: 'name: k\nwhen: { source: [guardduty], resource: { kind: [instance] } }\ndo: [ec2.snapshot-volumes, ec2.isolate]\nmode: enforce\n',
    };
    expect(said(keep)).toEqual([]);
  });

  it('that stops somebody at work does not wait for a person', () => {
    const stop = {
      path: 'rules/s',
      text: 'name: s\nwhen: { resource: { kind: [ecs-task] } }\ndo: [evidence.capture, ecs.stop-task]\nmode: enforce\n',
    };
    expect(said(stop)).toEqual([]);
  });
});

describe('patterns of a thousand alternatives', () => {
  const ten = (field: string, prefix: string) =>
    Array.from({ length: 10 }, (_, at) => ({ [field]: [`${prefix}${at}`] }));
  const thousand = (name: string) =>
    compilePattern({
      $or: ten('type', name),
      resource: { $or: ten('cluster', name) },
      threat: { $or: ten('remote', name) },
    });

  it('lint looks at so many pairs of exemptions and rules, and says nothing of the rest', () => {
    const [a, b] = [thousand('a'), thousand('b')];
    expect(mayMeet(a, b, findings, { pairs: 2_000_000 })).toBe(false);
    expect(mayMeet(a, b, findings, { pairs: 1000 })).toBe(true);
  });

  it('lint compares so many pairs of rules, and accuses none of the rest', () => {
    const [wide] = compilePattern({ severity: [{ numeric: ['>=', 2] }] }).branches;
    const [narrow] = compilePattern({ severity: [{ numeric: ['>=', 3] }] }).branches;
    const [apart] = compilePattern({ severity: [{ numeric: ['<', 1] }] }).branches;
    if (wide === undefined || narrow === undefined || apart === undefined) throw new Error('no branch');
    const index = new CoverIndex([wide, narrow], findings);
    for (let at = 0; at < 1000; at += 1) index.add(apart, at);
    index.add(wide, 1000);
    expect(index.ownerOver(narrow)).toBe(1000);
    for (let at = 0; at < 2000; at += 1) index.ownerOver(narrow);
    expect(index.ownerOver(narrow)).toBeUndefined();
  });
});

describe('what contains nobody by itself', () => {
  const doing = (action: string): RuleSource => ({
    path: 'rules/r',
    text: `name: r\nwhen:\n  source: [guardduty]\n  resource: { kind: [ecs-task] }\ndo: [evidence.capture, ${action}]\n`,
  });

  it('is told of where it is done to what somebody is in, and not where it keeps somebody from coming', () => {
    expect(said(doing('ecs.remove-from-traffic'))).toEqual(['stops-nobody rules/r do[1]']);
    expect(said(doing('waf.block-address'))).toEqual([]);
  });

  it('is told of where a host is emptied for nothing, and not where it is patched then, or somebody says yes to it', () => {
    const draining = (more: string, drain: string, approval = ''): RuleSource => ({
      path: 'rules/r',
      text: `name: r\nwhen:\n  source: [ssm]\n  resource: { kind: [instance] }\ndo: [evidence.capture, ${drain}${more}]\n${approval}`,
    });
    for (const drain of ['eks.drain-node', 'ecs.drain-host']) {
      expect(said(draining('', drain))).toEqual(['empties-for-nothing rules/r do[1]']);
      expect(said(draining(', ssm.patch-hosts', drain))).toEqual([]);
      // Who says yes is to replace it; nobody says yes where it goes on without an answer.
      expect(said(draining('', drain, 'approval: { when: [always] }\n'))).toEqual([]);
      const goesOn = 'approval: { when: [always], timeout: PT10M, onTimeout: proceed }\n';
      expect(said(draining('', drain, goesOn))).toContain('empties-for-nothing rules/r do[1]');
    }
  });
});
