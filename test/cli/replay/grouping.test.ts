import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { openReading, type Reading } from '../../../cli/explain/reading.ts';
import { Groups, groupOf } from '../../../cli/replay/grouping.ts';
import type { Known } from '../../../cli/replay/known.ts';
import { type Surroundings, surroundingsIn } from '../../../cli/replay/surroundings.ts';
import { type Weighed, weigh } from '../../../cli/replay/weigh.ts';
import { catalogue } from '../../../shared/actions/catalogue.ts';
import type { Finding } from '../../../shared/finding/finding.ts';
import { decideFinding } from '../../../shared/plan/match.ts';
import { compileRuleSet } from '../../../shared/rules/compile.ts';
import type { RuleSet } from '../../../shared/rules/rule.ts';
import { inspectorFinding, oneFinding, scan } from '../../finding/sampleEvent.ts';
import { threatEvent } from '../../finding/threatEvent.ts';

const now = new Date('2026-11-20T10:00:00.000Z');
const withoutTraces = (finding: Finding): Finding =>
  finding.threat === undefined ? finding : { ...finding, threat: { ...finding.threat, process: null, files: [] } };

const bases: readonly Finding[] = [
  oneFinding(scan()),
  oneFinding(inspectorFinding()),
  // Of which nobody can tell whose doing it is.
  withoutTraces(oneFinding(threatEvent('ecs-malware'))),
  // Of the same task.
  { ...oneFinding(threatEvent('ecs-reverse-shell')), resource: oneFinding(threatEvent('ecs-malware')).resource },
];

const rule = (name: string, when: string, rest: string): { path: string; text: string } => ({
  path: `rules/${name}`,
  text: `name: ${name}\nwhen: ${when}\n${rest}\n`,
});

function setOf(): RuleSet {
  const { set, problems } = compileRuleSet(
    [
      rule('a-scan', '{ type: [ImageScan] }', 'do: [evidence.capture, ecr.quarantine-image]\nmode: observe'),
      rule(
        'b-high',
        '{ severity: [{ numeric: [">=", 8] }], source: [inspector] }',
        'do: [ecr.quarantine-image]\nmode: enforce',
      ),
      rule('c-any', '{ source: [inspector] }', 'do: [evidence.capture]\nmode: enforce\npage: { observed: notice }'),
      rule(
        'd-threat',
        '{ source: [guardduty] }',
        'do: [evidence.capture, ecs.contain-service, ecs.stop-task]\nmode: enforce',
      ),
      {
        path: 'exemptions/base',
        text: 'name: base\nwhen: { title: [{ prefix: "exempt" }] }\nactions: [ecr.quarantine-image]\nowner: o\nreason: r\nexpires: 2027-01-01\n',
      },
    ],
    catalogue,
  );
  if (set === null) throw new Error(JSON.stringify(problems));
  return set;
}

/** One version of one of an incident's findings. */
const version = fc.record({
  base: fc.nat(bases.length - 1),
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  severity: fc.constantFrom(null, 2, 7.5, 8, 9.8),
  status: fc.constantFrom('open', 'resolved', 'suppressed', 'inconclusive' as const),
  title: fc.constantFrom('exempt', 'other'),
  sample: fc.boolean(),
});

/** What of a run matters to what is counted and told. */
const resultOf = ({ plan, toContain, told }: Weighed) => ({
  decision: plan.decision,
  rules: plan.rules,
  rule: plan.rule,
  class: plan.class,
  cause: plan.cause,
  page: plan.page,
  steps: plan.steps.map(({ key }) => key),
  proposed: plan.proposed.map(({ key }) => key),
  toContain,
  told: [told(null), told('2026-11-20T09:00:00.000Z')],
});

describe('the most severe of each group', () => {
  const set = setOf();
  let reading: Reading;
  let surroundings: Surroundings;
  beforeAll(async () => {
    reading = await openReading(undefined, now);
    surroundings = surroundingsIn(reading, now);
  });

  it('are two of two threats to one task: each says something of the cause', async () => {
    const [, , malware, shell] = bases as [Finding, Finding, Finding, Finding];
    const groups = new Groups();
    for (const finding of [malware, { ...shell, severity: 5 }]) {
      const matched = decideFinding(finding, set, now);
      const known: Known = { hash: '', observedAt: '', activity: '', opening: 1, relayed: null, matched, group: '' };
      groups.put(known, groupOf(matched, set, now));
    }
    const around = { incident: 'i', earlier: [], now, isNews: () => true, opening: 1 };
    expect((await weigh({ set, surroundings }, { ...around, matched: groups.bests.slice(0, 1) })).plan.cause).toBe(
      'unknown',
    );
    expect((await weigh({ set, surroundings }, { ...around, matched: groups.bests })).plan.cause).toBe('intrusion');
  });

  it('leads to what all findings lead to, whatever came and changed before', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(version, { minLength: 1, maxLength: 14 }), async (versions) => {
        const groups = new Groups();
        const known = new Map<string, Known>();
        let last: Finding | undefined;
        const remembered = new Map<string, Weighed>();
        for (const { base, id, ...fields } of versions) {
          const finding: Finding = { ...(bases[base] as Finding), id, ...fields };
          const one = known.get(id) ?? {
            hash: '',
            observedAt: '',
            activity: '',
            opening: 1,
            relayed: null,
            matched: null,
            group: '',
          };
          known.set(id, one);
          one.matched = decideFinding(finding, set, now);
          const moved = groups.put(one, groupOf(one.matched, set, now));
          last = finding;
          const all = [...known.values()].flatMap(({ matched }) => matched ?? []);
          const ids = groups.idsOf([one.group]);
          const around = { incident: 'i', earlier: [], now, opening: 1 };
          const fromBests = await weigh(
            { set, surroundings },
            { ...around, matched: groups.bests, isNews: (f) => ids.has(f.id) },
          );
          const fromAll = await weigh(
            { set, surroundings },
            { ...around, matched: all, isNews: (f) => f.id === last?.id },
          );
          expect(resultOf(fromBests)).toEqual(resultOf(fromAll));
          // As long as nothing moves, what the same group came to before is the answer.
          if (moved) remembered.clear();
          const answer = remembered.get(one.group) ?? fromBests;
          remembered.set(one.group, answer);
          expect(resultOf(answer)).toEqual(resultOf(fromAll));
        }
      }),
      { numRuns: 150 },
    );
  });
});
