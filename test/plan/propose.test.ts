import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Accused } from '../../shared/account/accused.ts';
import type { Finding } from '../../shared/finding/finding.ts';
import { decideFinding } from '../../shared/plan/match.ts';
import { propose } from '../../shared/plan/propose.ts';
import type { RuleSet } from '../../shared/rules/rule.ts';
import { archive, evidence, exemption, fakeAction, finding, image, now, rule, ruleSet } from './fakes.ts';
import { accused, miner, shell, task, threatFinding } from './threats.ts';

const catalogue = [evidence, archive];
const proposed = (findings: readonly Finding[], set: RuleSet) =>
  propose(
    findings.map((one) => decideFinding(one, set, now)),
    set,
    catalogue,
    now,
  );

const severe = finding();
const mild = finding({ id: 'z', severity: 4, label: 'medium', type: 'PACKAGE_VULNERABILITY' });
const both = ruleSet([
  rule({
    name: 'act',
    do: [
      { action: 'evidence.take', params: {} },
      { action: 'image.archive', params: {} },
    ],
  }),
  rule({
    name: 'watch',
    when: { type: ['PACKAGE_VULNERABILITY'] },
    mode: 'observe',
    do: [{ action: 'image.archive', params: { a: 1 } }],
  }),
]);

describe('what belongs to the accused', () => {
  const stopTask = { ...fakeAction('task.stop', { phase: 'workload', changes: true }), targets: ['ecs-task' as const] };
  const stopService = {
    ...fakeAction('service.stop', { phase: 'workload', changes: true }),
    targets: ['ecs-service' as const, 'ecs-task' as const],
  };
  const cutOff = { ...fakeAction('role.cut', { phase: 'role', changes: true }), targets: ['role' as const] };
  const all = [stopTask, stopService, archive, cutOff];
  const set = ruleSet([
    rule({ name: 'r', when: { type: [shell, miner] }, do: all.map(({ name }) => ({ action: name, params: {} })) }),
  ]);
  const given = (known: Accused | undefined, ...findings: readonly Finding[]) =>
    propose(
      findings.map((one) => decideFinding(one, set, now)),
      set,
      all,
      now,
      new Map(known === undefined ? [] : findings.map(({ id }) => [id, known])),
    );
  const told = (known: Accused | undefined, ...findings: readonly Finding[]) =>
    given(known, ...findings).proposals.map(({ action, target }) => `${action.name} ${target.kind} ${target.id}`);

  test('is what each action of the rule acts on, every target of its kinds', () => {
    expect(told(accused(), threatFinding(shell))).toEqual([
      `task.stop ecs-task ${task.id}`,
      `service.stop ecs-task ${task.id}`,
      'service.stop ecs-service prod/checkout',
      `image.archive image ${image.id}`,
    ]);
  });

  test.each([
    ['secrets', 'secretTargets', { kind: 'secret', id: 'shop/db-a1B2c3' }],
    ['access keys', 'keyTargets', { kind: 'access-key', id: 'AKIAIOSFODNN7EXAMPLE', user: 'ann' }],
  ] as const)(
    'has %s, of which nothing is taken as evidence: what may be known is made worthless',
    (_what, field, own) => {
      const target = { ...own, arn: 'arn', account: '1', region: 'r' };
      const ofKind = { targets: [own.kind] };
      const end = { ...fakeAction('known.end', { phase: 'secrets', changes: true }), ...ofKind };
      const both = [end, { ...fakeAction('known.look'), ...ofKind }];
      const rules = ruleSet([
        rule({ name: 'r', when: { type: [shell] }, do: both.map(({ name }) => ({ action: name, params: {} })) }),
      ]);
      const found = threatFinding(shell);
      const known = new Map([[found.id, accused({ [field]: [target] })]]);
      const { proposals } = propose([decideFinding(found, rules, now)], rules, both, now, known);
      expect(proposals.map((one) => `${one.action.name} ${one.target.id}`)).toEqual([`known.end ${own.id}`]);
    },
  );

  test('is said where nothing of a kind is known, and the rest is proposed', () => {
    expect(given(accused(), threatFinding(shell)).notDone).toEqual([
      `role.cut on ${task.id}: it acts on role, and nothing of that kind is known to belong to ecs-task ${task.id}.`,
    ]);
  });

  test('says why of a kind that an action never acts on', () => {
    const declining = { ...cutOff, declines: { 'ecs-task': 'a task has no credentials of its own.' } };
    const matched = [decideFinding(threatFinding(shell), set, now)];
    expect(propose(matched, set, [declining], now).notDone).toContain(
      `role.cut on ${task.id}: a task has no credentials of its own.`,
    );
  });

  test('is the resource of the finding alone where nothing was read', () => {
    expect(told(undefined, threatFinding(shell))).toEqual([
      `task.stop ecs-task ${task.id}`,
      `service.stop ecs-task ${task.id}`,
    ]);
  });

  test('is one proposal for each target, however many findings accuse it', () => {
    const findings = [threatFinding(shell), threatFinding(miner)];
    expect(told(accused(), ...findings)).toEqual(told(accused(), threatFinding(shell)));
  });

  test('lies where it lies: an image of another registry keeps its account and Region', () => {
    const elsewhere = { ...image, account: '210987654321', region: 'eu-west-1' };
    const { proposals } = given(accused({ targets: [elsewhere] }), threatFinding(shell));
    expect(proposals.map(({ target }) => target)).toEqual([elsewhere]);
  });

  test('of an image without a digest is no target; those that have one are', () => {
    const unnamed = { ...image, id: 'payments/other', digest: null, account: '1', region: 'r' };
    const { proposals, notDone } = given(accused({ targets: [...accused().targets, unnamed] }), threatFinding(shell));
    expect(proposals.filter(({ target }) => target.kind === 'image')).toHaveLength(1);
    expect(notDone.join()).not.toContain('a tag is no identity');
    expect(given(accused({ targets: [unnamed] }), threatFinding(shell)).notDone).toContain(
      `image.archive on ${task.id}: the event named no digest, and a tag is no identity.`,
    );
  });

  test('is left alone as the exemption of its finding says', () => {
    const spared = ruleSet(set.rules, [exemption({ when: { type: [shell] }, actions: ['service.stop'] })]);
    const one = threatFinding(shell);
    const { proposals } = propose([decideFinding(one, spared, now)], spared, all, now, new Map([[one.id, accused()]]));
    expect(proposals.map(({ action }) => action.name)).not.toContain('service.stop');
    expect(proposals).toHaveLength(2);
  });
});

describe('propose', () => {
  test('takes each action of the rule on the resource of its finding', () => {
    const { proposals, notDone } = proposed([severe], both);
    expect(proposals.map(({ action, mode, rules }) => [action.name, mode, rules])).toEqual([
      ['evidence.take', 'enforce', ['act']],
      ['image.archive', 'enforce', ['act']],
    ]);
    expect(proposals[0]?.target).toMatchObject({ kind: 'image', account: '123456789012', region: 'us-east-1' });
    expect(notDone).toEqual([]);
  });

  test('the same action on the same target is one proposal, in the stricter mode, with both rules', () => {
    const { proposals, notDone } = proposed([mild, severe], both);
    const archiving = proposals.filter(({ action }) => action.name === 'image.archive');
    expect(archiving).toHaveLength(1);
    expect(archiving[0]).toMatchObject({ mode: 'observe', observing: ['watch'], rules: ['act', 'watch'], params: {} });
    expect(notDone).toEqual([expect.stringContaining('rule watch has other parameters; those of rule act apply')]);
  });

  test('the stricter mode is that of the rule that observes, whichever finding is the more severe', () => {
    const { proposals } = proposed([{ ...mild, severity: 10 }, severe], both);
    expect(proposals.find(({ action }) => action.name === 'image.archive')).toMatchObject({
      mode: 'observe',
      observing: ['watch'],
      rules: ['watch', 'act'],
    });
  });

  test('an action that only one rule asks for keeps its mode', () => {
    const { proposals } = proposed([mild, severe], both);
    expect(proposals.find(({ action }) => action.name === 'evidence.take')?.mode).toBe('enforce');
  });

  test('what changes nothing is done if any rule enforces it, whatever else only watches', () => {
    const watching = rule({ name: 'watch', when: { type: ['PACKAGE_VULNERABILITY'] }, mode: 'observe' });
    const take = [{ action: 'evidence.take', params: {} }];
    const one = (mode: 'enforce' | 'observe') =>
      proposed([mild, severe], ruleSet([rule({ name: 'act', mode, do: take }), { ...watching, do: take }]))
        .proposals[0];
    expect(one('enforce')).toMatchObject({ mode: 'enforce', observing: [], rules: ['act', 'watch'] });
    expect(one('observe')).toMatchObject({ mode: 'observe', observing: ['act', 'watch'] });
  });

  test('an exempted action is left out and said; the others stay', () => {
    const set = ruleSet(both.rules, [exemption({ actions: ['image.archive'] })]);
    const { proposals, notDone } = proposed([severe], set);
    expect(proposals.map(({ action }) => action.name)).toEqual(['evidence.take']);
    expect(notDone).toEqual([expect.stringContaining('exemption e1 of team-a leaves it out: known')]);
  });

  test('an image without a digest is no target, and said', () => {
    const unnamed = finding({ resource: { ...image, digest: null, id: 'payments/checkout-api' } });
    const { proposals, notDone } = proposed([unnamed], both);
    expect(proposals).toEqual([]);
    expect(notDone).toContain(
      'image.archive on payments/checkout-api: the event named no digest, and a tag is no identity.',
    );
  });

  test('an action that does not exist here is said, not forgotten', () => {
    const set = ruleSet([rule({ name: 'r', do: [{ action: 'no.such', params: {} }] })]);
    expect(proposed([severe], set)).toEqual({ proposals: [], notDone: [expect.stringContaining('does not exist')] });
  });

  test('an action that does not act on this kind of target is said, not tried', () => {
    const set = ruleSet([rule({ name: 'r' })]);
    const { proposals, notDone } = propose(
      [decideFinding(severe, set, now)],
      set,
      [{ ...archive, targets: ['role'] }],
      now,
    );
    expect(proposals).toEqual([]);
    expect(notDone).toEqual([
      expect.stringMatching(
        /^image\.archive on .*: it acts on role, and nothing of that kind is known to belong to image /,
      ),
    ]);
  });

  test('findings that no rule took propose nothing', () => {
    expect(proposed([finding({ status: 'resolved' })], both).proposals).toEqual([]);
  });

  test('does not depend on the order of the findings', () => {
    const findings = [severe, mild, finding({ id: 'y', severity: null, label: 'unknown' })];
    fc.assert(
      fc.property(fc.shuffledSubarray(findings, { minLength: 3 }), (shuffled) => {
        expect(proposed(shuffled, both)).toEqual(proposed(findings, both));
      }),
    );
  });
});

describe('what was reported before', () => {
  const copied = fakeAction('disk.copy', { phase: 'evidence', changes: true });
  const all = [evidence, copied, archive];
  const set = ruleSet([rule({ name: 'r', do: all.map(({ name }) => ({ action: name, params: {} })) })]);
  const given = (isNews: boolean) =>
    propose([decideFinding(severe, set, now)], set, all, now, new Map(), () => isNews).proposals.map(
      ({ action }) => action.name,
    );

  test('is read once; evidence that changes something may have been held, and is proposed until it stands', () => {
    expect(given(true)).toEqual(['evidence.take', 'disk.copy', 'image.archive']);
    expect(given(false)).toEqual(['disk.copy', 'image.archive']);
  });
});

describe('the security groups that let an instance be reached', () => {
  const close = {
    ...fakeAction('group.close', { phase: 'hygiene', changes: true }),
    targets: ['security-group' as const],
  };
  const set = ruleSet([
    rule({ name: 'r', when: { type: ['NETWORK_REACHABILITY'] }, do: [{ action: close.name, params: {} }] }),
  ]);
  const [one, other] = ['sg-0a1b2c3d', 'sg-0a1b2c3e'] as const;
  const reached = (groups: readonly string[]): Finding => ({
    ...finding({ type: 'NETWORK_REACHABILITY', region: 'eu-west-1' }),
    resource: { kind: 'instance', id: 'i-0ab12cd3', arn: 'arn:aws:ec2:eu-west-1:123456789012:instance/i-0ab12cd3' },
    exposure: { protocol: 'TCP', fromPort: 22, toPort: 22, groups },
  });
  const given = (groups: readonly string[]) => propose([decideFinding(reached(groups), set, now)], set, [close], now);

  test('are acted on with it, in its account and Region', () => {
    expect(given([one, other]).proposals.map(({ target }) => target)).toEqual(
      [one, other].map((id) => ({
        ...{ kind: 'security-group', id, account: reached([]).account, region: 'eu-west-1' },
        arn: `arn:aws:ec2:eu-west-1:${reached([]).account}:security-group/${id}`,
      })),
    );
  });

  test('are missed, in words, where the finding names none', () => {
    expect(given([])).toMatchObject({
      proposals: [],
      notDone: [
        'group.close on i-0ab12cd3: it acts on security-group, and nothing of that kind is known to belong to instance i-0ab12cd3.',
      ],
    });
  });
});
