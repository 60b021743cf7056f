import { describe, expect, it } from 'vitest';
import { noAccusation } from '../../shared/actions/accusation.ts';
import { limitsOf } from '../../shared/actions/limitRole/boundary.ts';
import { limitRole as action } from '../../shared/actions/limitRole/limitRole.ts';
import type { Observed } from '../../shared/actions/limitRole/types.ts';
import { ActionFailed, TargetGone } from '../../shared/platform/errors.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import type { Answers } from './answeringAws.ts';
import { byTasks, contextOf, roleNamed, target, throwing, trust, seen as use } from './roleWorld.ts';

const settings = { quietPullDays: 7 };
const params = action.params.parse({});
const arn = 'arn:aws:iam::123456789012:policy/firebreak-boundary';
const other = 'arn:aws:iam::123456789012:policy/team-boundary';
const { policy: _policy, size: _size, ...roleUse } = use;
const seen: Observed = { ...roleUse, boundary: null, version: 'v3', limits: true };
const planned = (more: Partial<Observed> = {}, of = target, given = params) =>
  action.plan(of, given, { ...seen, ...more }, settings);

const text = (...Statement: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (more: object = {}) => ({ Effect: 'Allow', Action: '*', Resource: '*', ...more });
const some = text(allow({ Action: 'logs:PutLogEvents' }));

const having = (boundary: string | null) => () => ({
  Role: {
    AssumeRolePolicyDocument: trust(byTasks),
    ...(boundary === null ? {} : { PermissionsBoundary: { PermissionsBoundaryArn: boundary } }),
  },
});
const policyOf = (document: string): Answers => ({
  GetPolicy: () => ({ Policy: { DefaultVersionId: 'v3' } }),
  GetPolicyVersion: () => ({ PolicyVersion: { Document: encodeURIComponent(document) } }),
});
function asked(boundary: string | null, more: Answers = {}) {
  const { context, sent } = contextOf({
    more: {
      ...policyOf(some),
      GetRole: having(boundary),
      PutRolePermissionsBoundary: () => ({}),
      DeleteRolePermissionsBoundary: () => ({}),
      ...more,
    },
    accusation: noAccusation,
  });
  const changes = () => sent.filter(({ operation }) => /^(?:Put|Delete)/.test(operation));
  return { context: { ...context, chosen: { boundary: arn } }, changes };
}

describe('what is planned', () => {
  it('is to set the policy that the rule names, as it stands, and what is not limited by that', () => {
    expect(planned()).toMatchObject({
      kind: 'step',
      sentence: expect.stringMatching(/^Limit role cart: set policy firebreak-boundary \(v3\).*nothing else is seen/),
      chosen: { boundary: arn },
      remains: expect.stringMatching(/may do only what firebreak-boundary allows, until an undo.*grants a session/),
    });
  });

  it('names who else is limited, as many as the rule allows', () => {
    const others = ['function mailer', 'service prod/till'];
    const plan = planned({ others, services: ['prod/cart'], siblings: ['t2'] }, target, {
      ...params,
      maxOtherUsers: 2,
    });
    expect(plan).toMatchObject({
      sentence: expect.stringContaining('also used by function mailer, service prod/till, which are limited with it'),
      remains: expect.stringContaining('with it service prod/cart, task t2, function mailer, service prod/till'),
    });
  });

  it('says of a host’s role, where the rule lets that be limited, what its agents may be refused', () => {
    const onHost = { holder: 'instance i-0a', hosts: ['i-0a'] };
    const plan = planned(onHost, target, { ...params, hosts: true });
    expect(plan).toMatchObject({
      kind: 'step',
      remains: expect.stringMatching(
        /with it instance i-0a,.*agents on instance i-0a .*Session Manager, ssm\.patch-hosts.*ecs\.contain-service does not hold.*Kubernetes/,
      ),
    });
    expect(planned({}, target, { ...params, hosts: true })).toMatchObject({
      remains: expect.not.stringContaining('agents'),
    });
  });

  it.each<[string, Partial<Observed>, RegExp]>([
    [
      'more users than the rule allows',
      { others: ['service prod/till'] },
      /till, and the rule lets 0 of them be limited/,
    ],
    [
      'the role of the host that the credentials were given to',
      { holder: 'instance i-0a', hosts: ['i-0a'] },
      /agents on instance i-0a call AWS with.*\(hosts\).*Session Manager.*ECS.*Kubernetes.*operations\.md/,
    ],
    ['the role of several hosts', { hosts: ['i-0a', 'i-0b'] }, /agents on instances i-0a, i-0b call/],
    ['users that cannot be told', { unread: ['Lambda functions: denied'] }, /cannot be told: Lambda functions: denied/],
    ['a role that a pod only says it has', { letIn: false }, /would be limited for a text that whoever deploys there/],
    [
      'no such policy',
      { version: null, limits: false },
      /account 123456789012 has no policy firebreak-boundary; create/,
    ],
    ['a policy that limits nothing', { limits: false }, /policy firebreak-boundary \(v3\) lets everything through/],
    ['another boundary', { boundary: other }, /team-boundary, and IAM puts a new one in its place/],
  ])('is held for a person with %s', (_what, more, reason) => {
    expect(planned(more)).toMatchObject({ kind: 'hold', reason: expect.stringMatching(reason), seen: seen.seen });
  });

  it('counts the host that the credentials were given to among those that have the role', async () => {
    const on = (id: string) => ({ InstanceId: id, State: { Name: 'running' } });
    const { context } = asked(null, {
      ListInstanceProfilesForRole: () => ({ InstanceProfiles: [{ Arn: 'profile' }] }),
      DescribeInstances: () => ({ Reservations: [{ Instances: [on('i-0b'), on('i-0a')] }] }),
    });
    expect(await action.observe({ ...target, session: 'i-0a' }, params, context)).toMatchObject({
      holder: 'instance i-0a',
      hosts: ['i-0a', 'i-0b'],
      others: expect.arrayContaining(['instance i-0b']),
    });
  });

  it('never touches break-glass roles, and has nothing to do where the boundary stands', () => {
    const wide = { ...params, maxOtherUsers: 1000 };
    expect(planned({}, roleNamed('Ops-Break-Glass'), wide)).toMatchObject({ kind: 'hold' });
    expect(planned({ boundary: arn })).toMatchObject({ kind: 'skip', reason: expect.stringContaining('already') });
  });
});

describe('the policy', () => {
  it.each([
    ['something', 'a list of actions', some],
    ['something', 'all that is not denied', text(allow(), { Effect: 'Deny', Action: 'iam:*', Resource: '*' })],
    ['something', 'all under a condition', text(allow({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } }))],
    ['something', 'all of one bucket', text(allow({ Resource: 'arn:aws:s3:::logs/*' }))],
    ['something', 'all but IAM', text({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' })],
    ['nothing', 'everything', text(allow())],
    ['nothing', 'everything, among other things', text(allow({ Action: ['s3:*', '*:*'], Resource: ['*'] }))],
    ['nothing', 'what nobody can read', '{'],
  ])('limits %s where it allows %s', (limits, _what, document) => {
    expect(limitsOf(document)).toBe(limits);
  });

  it('is named by a rule without a path, an ARN or another beginning', () => {
    expect(params['boundary']).toBe('firebreak-boundary');
    expect(action.params.safeParse({ boundary: 'firebreak-boundary-logs' }).success).toBe(true);
    for (const boundary of [
      arn,
      'AdministratorAccess',
      'team/firebreak-boundary',
      'firebreak-boundary/x',
      'firebreak-boundary*',
    ]) {
      expect(action.params.safeParse({ boundary }).error?.issues[0]?.message).toMatch(/^must be the name of a managed/);
    }
  });

  it('is the only one that a step may set or take away', () => {
    const conditions = (chosen?: JsonObject) =>
      new Set(
        action
          .permissions(target, chosen)
          .write.map(({ condition }) => condition?.['ArnLike']?.['iam:PermissionsBoundary']),
      );
    expect([...conditions()]).toEqual([`${arn}*`]);
    expect([...conditions({ boundary: arn })]).toEqual([arn]);
    expect(() => conditions({})).toThrow('The plan names no boundary');
  });

  it('is read with its default version; one that is not there is none', async () => {
    expect(await action.observe(target, params, asked(null).context)).toMatchObject({
      boundary: null,
      version: 'v3',
      limits: true,
    });
    const open = asked(other, policyOf(text(allow())));
    expect(await action.observe(target, params, open.context)).toMatchObject({ boundary: other, limits: false });
    const none = asked(null, { GetPolicy: throwing('NoSuchEntityException') });
    expect(await action.observe(target, params, none.context)).toMatchObject({ version: null, limits: false });
  });
});

describe('the boundary', () => {
  it('is set where the role has none, and not twice', async () => {
    const { context, changes } = asked(null);
    await action.execute(target, params, seen, context);
    expect(changes()).toEqual([
      { operation: 'PutRolePermissionsBoundary', input: { RoleName: 'cart', PermissionsBoundary: arn } },
    ]);
    const again = asked(arn);
    expect(await action.execute(target, params, seen, again.context)).toMatchObject({ kind: 'done' });
    expect(again.changes()).toEqual([]);
  });

  it('is never put in the place of one that somebody has set meanwhile', async () => {
    const { context, changes } = asked(other);
    await expect(action.execute(target, params, seen, context)).rejects.toThrow(ActionFailed);
    expect(changes()).toEqual([]);
  });

  it.each([
    ['holds', arn, some],
    ['pending', null, some],
    ['broken', other, some],
    ['broken', arn, text(allow())],
  ])('%s, read back, where the role has %s', async (state, boundary, document) => {
    const { context } = asked(boundary, policyOf(document));
    expect(await action.verify(target, params, seen, context)).toMatchObject({ state, absence: false });
  });

  it('is taken away by an undo, where it is still ours', async () => {
    const { context, changes } = asked(arn);
    await action.undo?.(target, params, seen, context);
    expect(changes().map(({ operation }) => operation)).toEqual(['DeleteRolePermissionsBoundary']);
    expect(await action.verifyUndone?.(target, params, seen, asked(arn).context)).toMatchObject({ state: 'pending' });
    expect(await action.verifyUndone?.(target, params, seen, asked(null).context)).toMatchObject({ state: 'holds' });
  });

  it('of somebody else is left by an undo, and so is one that was there before', async () => {
    const theirs = asked(other);
    await expect(action.undo?.(target, params, seen, theirs.context)).rejects.toThrow(/which Firebreak has not set/);
    const before = asked(arn);
    await action.undo?.(target, params, { ...seen, boundary: arn }, before.context);
    const gone = asked(null);
    await action.undo?.(target, params, seen, gone.context);
    expect([theirs, before, gone].flatMap(({ changes }) => changes())).toEqual([]);
  });

  it('of a role that is gone is nobody’s', async () => {
    const { context } = asked(null, { GetRole: throwing('NoSuchEntityException') });
    await expect(action.execute(target, params, seen, context)).rejects.toThrow(TargetGone);
  });

  it('is lifted by a release, which puts nothing on a version', async () => {
    const { context } = asked(arn);
    expect(await action.release?.plan(target, params, seen, null, context)).toMatchObject({
      kind: 'release',
      chosen: { boundary: arn },
    });
    expect(await action.release?.plan(target, params, seen, '1.2', context)).toMatchObject({ kind: 'elsewhere' });
  });
});
