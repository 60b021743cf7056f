import { describe, expect, it } from 'vitest';
import type { ActionFacts } from '../../shared/actions/facts.ts';
import { assemble } from '../../shared/plan/assemble.ts';
import { decideFinding } from '../../shared/plan/match.ts';
import type { Observation } from '../../shared/plan/steps.ts';
import type { Rule } from '../../shared/rules/rule.ts';
import { oneFinding, sampleEvent } from '../finding/sampleEvent.ts';
import { now, rule, ruleSet } from './fakes.ts';
import { held, input, only } from './given.ts';

const [critical, miner] = [oneFinding(sampleEvent('ssm-patch')), oneFinding(sampleEvent('guardduty-ecs-miner'))];

/** The proposals of a plan whose containing action is a fix, of findings of these. */
function planned(
  findings: readonly ReturnType<typeof oneFinding>[],
  more: Partial<Rule> = {},
  holds = false,
  facts: Partial<ActionFacts> = {},
) {
  const set = ruleSet([rule({ name: 'r1', ...more })]);
  const given = input(holds ? { planned: only('image.archive', held) } : {});
  const proposals = given.proposals.map(
    (one): Observation =>
      one.proposal.action.facts.contains
        ? {
            ...one,
            proposal: {
              ...one.proposal,
              action: { ...one.proposal.action, facts: { ...one.proposal.action.facts, canWait: true, ...facts } },
            },
          }
        : one,
  );
  const matched = findings.map((finding) => ({
    ...decideFinding(finding, set, now),
    rule: 'r1',
    decision: 'rule' as const,
  }));
  return assemble({ ...given, set, matched, proposals });
}

describe('a fix', () => {
  it('is done where nobody is at work', () => {
    const plan = planned([critical]);
    expect(plan.steps.map(({ action }) => action)).toContain('image.archive');
    expect(plan.fix).toBe(true);
  });

  it('is not done, asked or proposed while a threat is open, which is said', () => {
    const plan = planned([critical, miner]);
    expect([...plan.steps, ...plan.proposed].map(({ action }) => action)).not.toContain('image.archive');
    expect(plan.notDone.join('\n')).toMatch(/image\.archive on .*: not while a threat on it is open\./);
    expect(plan.fix).toBeUndefined();
  });

  it('is done for a threat where it replaces what whoever is inside may have read', () => {
    const plan = planned([critical, miner], {}, false, { phase: 'secrets' });
    expect(plan.steps.map(({ action }) => action)).toContain('image.archive');
    expect(plan.notDone).toEqual([]);
  });

  it('that is held waits for working hours, unless its rule says otherwise', () => {
    expect(planned([critical], {}, true)).toMatchObject({ decision: 'hold', page: { held: 'notice' } });
    expect(planned([critical], { page: { held: 'page' } }, true).page.held).toBe('page');
  });
});
