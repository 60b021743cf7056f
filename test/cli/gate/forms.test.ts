import { describe, expect, it } from 'vitest';
import { junitOf } from '../../../cli/gate/junit.ts';
import { failureLine, gateLines } from '../../../cli/gate/lines.ts';
import { resultOf } from '../../../cli/gate/result.ts';
import { sarifOf } from '../../../cli/gate/sarif.ts';
import { digest, name, registry, scanned } from '../../plan/gate/fakes.ts';
import { gatedOf, hostile, titled } from './gated.ts';
import { sarifProblems } from './sarifShape.ts';
import { type Element, parseXml } from './xml.ts';

const critical = { scan: scanned({ CRITICAL: 2 }) };
const running = { scan: scanned(null, 'IN_PROGRESS') };
const observed = { ...critical, observeOnly: true, policy: { registries: ['docker.io'] } };
const pinned = `${registry}/payments/api@${digest}`;
const all = [{}, critical, running, observed, titled(hostile), { image: 'nginx', asked: null }];

describe('for a person, a gate says', () => {
  it('the verdict first, with the digest that was judged, then each reason with its place and what to do', () => {
    const lines = gateLines(gatedOf(critical));
    expect(lines.slice(0, 4)).toEqual([
      `BLOCKED: ${name} (${pinned})`,
      'block   rules: Rule critical would contain the image: Vulnerabilities: 2 critical in payments/api.',
      `        at ${pinned}`,
      expect.stringContaining('an exemption from rule critical'),
    ]);
    expect(lines.at(-1)).toBe('rules   set 7 of stage prod, aaaaaaaaaaaa');
    expect(gateLines(gatedOf({}))[0]).toBe(`PASSED: ${name} (${pinned})`);
    expect(gateLines(gatedOf(running))[0]).toBe(`CANNOT BE TOLD: ${name} (${pinned})`);
  });

  it('no line that others wrote', () => {
    const lines = gateLines(gatedOf(titled(hostile)));
    expect(lines.filter((line) => line.startsWith('BLOCKED'))).toHaveLength(1);
    expect(lines.join('')).not.toMatch(/\p{Cc}|\p{Cf}/u);
  });

  it('on standard error one sentence', () => {
    const of = (given: Parameters<typeof gatedOf>[0]) => failureLine(gatedOf(given));
    expect(of(critical)).toBe(
      `firebreak: ${name} is blocked: Rule critical would contain the image: Vulnerabilities: 2 critical in payments/api.`,
    );
    expect(of(running)).toBe(
      `firebreak: whether ${name} may be deployed cannot be told: The scan has not ended (IN_PROGRESS). Ask again when it has, or with --wait 10m.`,
    );
    expect(of({ ...critical, policy: { registries: ['docker.io'] } })).toMatch(
      /is in no approved registry.* \(and 1 more\)$/,
    );
    expect(of(titled(hostile))).not.toMatch(/\p{Cc}/u);
  });
});

describe('the JSON of a gate', () => {
  it('has what was asked, what came of it, and what to deploy', () => {
    expect(resultOf(gatedOf(critical))).toMatchObject({
      version: 1,
      verdict: 'blocked',
      exit: 1,
      image: {
        given: name,
        ...{ registry, repository: 'payments/api', tag: '1.0', digest, pinned, status: 'ACTIVE' },
        runnable: [{ digest, platform: null, status: 'ACTIVE', scan: { status: 'COMPLETE', counts: { CRITICAL: 2 } } }],
      },
      rules: { stage: 'prod', folder: null, number: 7 },
      checkedAt: '2026-11-20T10:00:00.000Z',
      checks: ['registry', 'region', 'image', 'age', 'signature', 'scan', 'rules'].map((check) => ({ check })),
      reasons: [
        { check: 'rules', code: 'rule', level: 'block', place: pinned, rule: { name: 'critical', mode: 'enforce' } },
      ],
    });
  });

  it.each([
    [{}, 'passed', 0],
    [critical, 'blocked', 1],
    [running, 'unknown', 2],
  ])('%j ends with its exit code', (given, verdict, exit) => {
    expect(resultOf(gatedOf(given))).toMatchObject({ verdict, exit });
  });

  it('has what keeps the image from passing before what is only to be known', () => {
    const rule = {
      ...(titled('x').rules?.[0] as NonNullable<ReturnType<typeof titled>['rules']>[number]),
      mode: 'observe' as const,
    };
    const { reasons } = resultOf(
      gatedOf({ ...titled('x'), rules: [rule], asked: { unread: [{ place: 'a', why: 'b' }] } }),
    );
    expect(reasons.map(({ level }) => level)).toEqual(['unknown', 'warn']);
  });
});

describe('the SARIF of a gate', () => {
  it.each(all)('%# has the shape of SARIF 2.1.0', (given) => {
    expect(sarifProblems(JSON.parse(JSON.stringify(sarifOf(gatedOf(given)))))).toEqual([]);
  });

  it('has a result for each reason, an error where the image may not be deployed', () => {
    expect(sarifOf(gatedOf(observed))).toMatchObject({
      runs: [{ results: [{ level: 'warning' }, { level: 'warning' }], properties: { verdict: 'passed', exit: 0 } }],
    });
    expect(sarifOf(gatedOf(running))).toMatchObject({
      runs: [
        {
          tool: { driver: { rules: [{ id: 'scanning' }] } },
          results: [
            {
              ruleId: 'scanning',
              level: 'error',
              locations: [
                {
                  physicalLocation: { artifactLocation: { uri: `${registry}/payments/api` } },
                  logicalLocations: [{ fullyQualifiedName: pinned }],
                },
              ],
            },
          ],
          properties: { verdict: 'unknown', exit: 2 },
        },
      ],
    });
  });

  it('has no link that others wrote', () => {
    const { runs } = sarifOf(gatedOf(titled(hostile))) as { runs: [{ results: [{ message: { text: string } }] }] };
    const { text } = runs[0].results[0].message;
    expect(text).toContain('click');
    expect(text.replace(/\\[\\[\]]/g, '')).not.toMatch(/[[\]\\]/);
    expect(text).not.toMatch(/\p{Cc}|https:\/\//u);
  });
});

describe('the JUnit XML of a gate', () => {
  const parsed = (given: Parameters<typeof gatedOf>[0], as?: string): Element => parseXml(junitOf(gatedOf(given, as)));
  const cases = (root: Element): readonly Element[] => root.children[0]?.children ?? [];
  const inside = (root: Element): readonly string[] =>
    cases(root).flatMap(({ attributes, children }) => children.map((child) => `${attributes['name']} ${child.name}`));

  it('is a test for each check: it fails where it blocks, errs where it cannot be told, is skipped where nothing is asked', () => {
    const root = parsed(critical);
    expect(root.attributes).toMatchObject({ tests: '7', failures: '1', errors: '0', skipped: '4' });
    expect(root.children[0]?.attributes['name']).toBe(name);
    expect(inside(root)).toEqual([
      ...['registry skipped', 'region skipped', 'age skipped', 'signature skipped', 'rules failure'],
    ]);
    expect(parsed(running).attributes).toMatchObject({ failures: '0', errors: '1' });
    expect(inside(parsed(running))).toContain('scan error');
    expect(inside(parsed(observed))).toContain('rules system-out');
  });

  it('stays whole, and says all of it, whatever others wrote', () => {
    for (const given of all) expect(() => parsed(given)).not.toThrow();
    const [failure] = cases(parsed(titled(hostile))).at(-1)?.children ?? [];
    expect(failure?.name).toBe('failure');
    expect(failure?.attributes['message']).toContain('</failure><script>alert(1)</script>]]> & "quoted" \'single\'');
    expect(parsed({}, `a"><evil x='&\u0001`).children[0]?.attributes['name']).toBe(`a"><evil x='&\\u{1}`);
  });

  it.each(['<a>', '<a></b>', '<a b="<"/>', '<a>&x;</a>', '<a/><b/>', '<a>\u0001</a>', '<a b="1" b="2"/>'])(
    'is read by a parser that refuses %j',
    (document) => {
      expect(() => parseXml(document)).toThrow();
    },
  );
});
