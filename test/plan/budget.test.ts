import { describe, expect, it } from 'vitest';
import type { Target } from '../../shared/actions/contract.ts';
import { noAnswers } from '../../shared/plan/approval.ts';
import { assemble } from '../../shared/plan/assemble.ts';
import { budgetsOf, leastHealthyOf, leavesTooLittle } from '../../shared/plan/budget.ts';
import { decideFinding } from '../../shared/plan/match.ts';
import { propose } from '../../shared/plan/propose.ts';
import { namesOf } from '../../shared/plan/targetNames.ts';
import type { Rule, RuleLimits } from '../../shared/rules/rule.ts';
import { archive, finding, now, rule, ruleSet, step } from './fakes.ts';
import { input } from './given.ts';

const place = { account: '123456789012', region: 'eu-west-1' };
const ecs = `arn:aws:ecs:eu-west-1:123456789012`;
const service: Target = {
  kind: 'ecs-service',
  id: 'prod/checkout',
  arn: `${ecs}:service/prod/checkout`,
  cluster: 'prod',
  service: 'checkout',
  ...place,
};
const task: Target = {
  kind: 'ecs-task',
  id: 'prod/0a1b',
  arn: `${ecs}:task/prod/0a1b`,
  cluster: 'prod',
  service: null,
  group: 'service:checkout',
  taskDefinition: null,
  launchType: null,
  containers: [],
  ...place,
};
const host: Target = {
  kind: 'instance',
  id: 'i-0a1b',
  arn: 'arn:aws:ec2:eu-west-1:123456789012:instance/i-0a1b',
  ...place,
};
const prod = 'ecs-cluster/123456789012/eu-west-1/prod';

const limits: RuleLimits = { perHour: 9, perCluster: 3, perService: 1 };
const saysOf = (target: Target, turn?: string) =>
  budgetsOf([{ rule: 'a', limits }], target, turn).map(({ says }) => says);

describe('what a change counts in', () => {
  it('is its rule, its cluster and its service, as far as it has them', () => {
    const ofRule = 'rule a: 9 an hour';
    const ofCluster = 'rule a: 3 an hour in cluster prod';
    expect(saysOf(service)).toEqual([ofRule, ofCluster, 'rule a: 1 an hour in service prod/checkout']);
    expect(saysOf(host, prod)).toEqual([ofRule, ofCluster]);
    expect(saysOf(host)).toEqual([ofRule]);
  });

  it('is the same for a service and for its tasks, and another for each rule, cluster and account', () => {
    const scopes = (target: Target, name = 'a') =>
      budgetsOf([{ rule: name, limits }], target, undefined).map(({ scope }) => scope);
    expect(scopes(task)).toEqual(scopes(service));
    const others = [scopes(service, 'b'), scopes({ ...service, cluster: 'dev' }), scopes({ ...service, account: '2' })];
    for (const other of others) expect(other[1]).not.toBe(scopes(service)[1]);
  });

  it('is what the settings say for the whole account, beside every rule that asks for it', () => {
    const both = budgetsOf(
      [
        { rule: null, limits: { perHour: 20 } },
        { rule: 'a', limits: { perHour: 5 } },
        { rule: 'b', limits: { perHour: 2 } },
      ],
      host,
      undefined,
    );
    expect(both.map(({ scope, atMost }) => [scope, atMost])).toEqual([
      ['account', 20],
      ['rule:a', 5],
      ['rule:b', 2],
    ]);
  });
});

describe('several rules that ask for the same', () => {
  const two = (one: RuleLimits, other: RuleLimits, settings = {}) => {
    const rules: readonly Rule[] = [
      rule({ name: 'a', when: { severity: [{ numeric: ['>=', 9] }] }, limits: one }),
      rule({ name: 'b', limits: other }),
    ];
    const set = { ...ruleSet(rules), settings: { ...ruleSet([]).settings, ...settings } };
    const matched = [finding({ severity: 9.5 }), finding({ id: 'other', severity: 4 })].map((one) =>
      decideFinding(one, set, now),
    );
    return propose(matched, set, [archive], now).proposals;
  };

  it('limit it by all that any of them says', () => {
    const [proposal] = two({ perHour: 5 }, { perHour: 2, minHealthyPercent: 50 }, { limits: { perHour: 9 } });
    expect(proposal?.limited).toEqual([
      { rule: null, limits: { perHour: 9 } },
      { rule: 'a', limits: { perHour: 5 } },
      { rule: 'b', limits: { perHour: 2, minHealthyPercent: 50 } },
    ]);
  });

  it('keep as much healthy as the one that keeps most', () => {
    expect(leastHealthyOf(two({ minHealthyPercent: 50 }, { minHealthyPercent: 80 })[0]?.limited ?? [])).toBe(80);
    expect(leastHealthyOf(two({}, {})[0]?.limited ?? [])).toBeUndefined();
  });
});

describe('what must stay healthy', () => {
  it.each([
    [{ count: 2, of: 4 }, 50, undefined],
    [{ count: 1, of: 4 }, 50, 'it would leave 1 of 4 healthy, less than the 50% of limits.minHealthyPercent'],
    [{ count: 1, of: 3 }, 50, 'it would leave 1 of 3 healthy, less than the 50% of limits.minHealthyPercent'],
    [{ count: 0, of: 0 }, 100, undefined],
    [{ count: 0, of: 4 }, 0, undefined],
    [{ count: 0, of: 4 }, undefined, undefined],
    [undefined, 100, undefined],
  ])('of %j with %s%%: %s', (left, percent, said) => {
    expect(leavesTooLittle(left, percent)).toBe(said);
  });

  it('is a reason to ask a person about what would leave less', () => {
    const set = ruleSet([rule({ name: 'r1', limits: { minHealthyPercent: 50 } })]);
    const given = input({ set });
    const proposals = given.proposals.map((one) =>
      one.proposal.action.facts.changes
        ? { ...one, planned: { ...step(one.proposal.action), leavesHealthy: { count: 1, of: 4 } } }
        : one,
    );
    const plan = assemble({ ...given, set, proposals });
    expect(plan).toMatchObject({ decision: 'approve', reason: expect.stringContaining('1 of 4 healthy') });
    expect(plan.asks?.until).toBeNull();
    const approved = { kind: 'approve', steps: plan.asks?.steps ?? [], by: 'ana', reason: 'so be it', at: '' } as const;
    const done = assemble({ ...given, set, proposals, answers: { ...noAnswers(now), given: [approved] } });
    expect(done.decision).toBe('contain');
    for (const one of done.steps) expect(one).not.toHaveProperty('leastHealthyPercent');
  });
});

describe('a plan that is wider than its rule may be', () => {
  const planOfImages = (count: number, maxTargets: number) => {
    const set = ruleSet([rule({ name: 'r1', limits: { maxTargets } })]);
    const given = input({ set });
    const [changing] = given.proposals.filter(({ proposal }) => proposal.action.facts.changes);
    if (changing === undefined) throw new Error('nothing changes');
    const proposals = Array.from({ length: count }, (_, n) => ({
      ...changing,
      proposal: { ...changing.proposal, target: { ...changing.proposal.target, id: `image-${n}` } },
    }));
    return assemble({ ...given, set, proposals });
  };

  it('is held as a whole, and says how many it is', () => {
    const plan = planOfImages(4, 3);
    expect(plan).toMatchObject({ decision: 'hold', steps: [] });
    expect(plan.reason).toBe(
      'Rule r1 may change 3 targets at once (limits.maxTargets), and would change 4: nothing is changed until a person has looked.',
    );
    expect(plan.proposed).toHaveLength(4);
  });

  it('runs when it is as wide as it may be', () => {
    expect(planOfImages(3, 3)).toMatchObject({ decision: 'contain', steps: { length: 3 } });
  });
});

describe('what a person may call a target by', () => {
  it('is its key and ARN, and those of the cluster and the service that it belongs to', () => {
    const around = [
      prod,
      'ecs-service/123456789012/eu-west-1/prod/checkout',
      `${ecs}:cluster/prod`,
      `${ecs}:service/prod/checkout`,
    ];
    expect(namesOf(task)).toEqual(expect.arrayContaining([task.arn, ...around]));
    expect(namesOf(service)).toEqual(expect.arrayContaining(around));
    expect(namesOf(host, prod)).toEqual([
      'instance/123456789012/eu-west-1/i-0a1b',
      host.arn,
      prod,
      `${ecs}:cluster/prod`,
    ]);
    expect(namesOf({ ...task, group: null, arn: task.arn.replace('arn:aws:', 'arn:aws-cn:') })).toContain(
      'arn:aws-cn:ecs:eu-west-1:123456789012:cluster/prod',
    );
  });
});
