import { describe, expect, it } from 'vitest';
import { documentOf, markOf } from '../../shared/actions/revokeRoleSessions/deny.ts';
import type { Observed } from '../../shared/actions/revokeRoleSessions/observe.ts';
import { revokeRoleSessions as action } from '../../shared/actions/revokeRoleSessions/revokeRoleSessions.ts';
import { trustOf } from '../../shared/actions/targets/roleTrust.ts';
import { ActionFailed, Throttled } from '../../shared/platform/errors.ts';
import { now } from './actContext.ts';
import { refusedAs } from './clusterAws.ts';
import { accusedPod, accusing, byPods, byToken, cluster, path, podContext } from './podWorld.ts';
import { accused, byTasks, params, seen, target, taskArn, throwing, trust, trusts } from './roleWorld.ts';

const observing = async (...given: Parameters<typeof podContext>): Promise<Observed> =>
  (await action.observe(target, params, podContext(...given).context)) as Observed;
const association = (serviceAccount: string, roleArn: string, more: object = {}) => ({
  ...{ associationId: `a-${serviceAccount}`, namespace: 'shop', serviceAccount, roleArn },
  ...more,
});
const otherRole = 'arn:aws:iam::123456789012:role/other';
const ofWeb = 'system:serviceaccount:shop:web';

describe('whom a trust policy lets in', () => {
  const read = (...statements: object[]) => trustOf({ AssumeRolePolicyDocument: trust(...statements) });
  const issuer = 'oidc.eks.eu-central-1.amazonaws.com/id/0123ABCD';

  it('of pods, is EKS Pod Identity, and service accounts that are named in full', () => {
    expect(read(byPods)).toEqual({ podIdentity: true, webIdentities: [], others: [] });
    const web = { issuer, namespace: 'shop', serviceAccount: 'web' };
    expect(read(byToken(ofWeb))).toEqual({ podIdentity: false, webIdentities: [web], others: [] });
    expect(read(byToken([ofWeb], issuer, 'StringLike')).webIdentities).toEqual([web]);
  });

  it.each<[string, object]>([
    ['any of a namespace', byToken('system:serviceaccount:shop:*', issuer, 'StringLike')],
    ['any of a cluster', byToken(undefined)],
    ['one of several in part', byToken([ofWeb, 'system:serviceaccount:*:web'], issuer, 'StringLike')],
  ])('is somebody who is not looked for, where it is %s', (_what, statement) => {
    expect(read(statement)).toEqual({
      podIdentity: false,
      webIdentities: [],
      others: [`arn:aws:iam::123456789012:oidc-provider/${issuer}`],
    });
  });

  it('is another provider as it is named, and nobody where the statement denies', () => {
    const github = 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com';
    expect(read(byTasks, trusts({ Federated: github }), trusts({ AWS: '*' }, 'Deny')).others).toEqual([github]);
  });
});

describe('who else has the role of a pod', () => {
  it('is each service account that is associated with it in a cluster of the account, all pages', async () => {
    const associations = [
      association('none', otherRole),
      association('web', target.arn),
      association('till', target.arn),
      association('deep', otherRole, { targetRoleArn: target.arn }),
    ];
    const { others } = await observing([], { associations, accusation: accusing(accusedPod()) });
    expect(others).toEqual(['service account shop-eks/shop/deep', 'service account shop-eks/shop/till']);
  });

  it('is each that its trust policy names, by the cluster whose tokens they are, or by their issuer', async () => {
    const elsewhere = byToken(ofWeb, 'oidc.eks.us-east-1.amazonaws.com/id/FFFF');
    const statements = [byToken([ofWeb, 'system:serviceaccount:shop:till']), elsewhere];
    const { others, byToken: open } = await observing([], { statements, accusation: accusing(accusedPod()) });
    expect(others).toEqual([
      'service account oidc.eks.us-east-1.amazonaws.com/id/FFFF/shop/web',
      'service account shop-eks/shop/till',
    ]);
    expect(open).toEqual(['shop-eks/shop/web']);
  });

  it('is not looked for where the role lets no pod in', async () => {
    const { context, sent } = podContext([], { statements: [byTasks] });
    await action.observe(target, params, context);
    expect(sent.filter(({ operation }) => operation.includes('PodIdentity'))).toEqual([]);
  });

  it('cannot be told where a cluster does not say; what went away meanwhile has nothing', async () => {
    const more = { ListPodIdentityAssociations: throwing('AccessDeniedException') };
    const { unread } = await observing([], { more });
    expect(unread).toContain(`Pod Identity associations of ${cluster}: access denied (AccessDeniedException)`);
    const gone = { DescribePodIdentityAssociation: throwing('ResourceNotFoundException') };
    const found = await observing([], { more: gone, associations: [association('web', target.arn)] });
    expect(found).toMatchObject({ unread: [], others: [] });
    const busy = { ListPodIdentityAssociations: throwing('ThrottlingException') };
    await expect(observing([], { more: busy })).rejects.toThrow(Throttled);
  });

  it('is what runs under the same service account, but for what is attacked and what the plan stops', async () => {
    const pods = [
      { name: 'web-1', owner: 'web' },
      { name: 'web-2', owner: 'web' },
      { name: 'admin-1', owner: 'admin' },
      { name: 'admin-2', owner: 'admin' },
      { name: 'left-1', owner: 'left' },
      { name: 'debug' },
      { name: 'done-1', owner: 'job', phase: 'Succeeded' },
      { name: 'till-1', owner: 'till', account: 'till' },
    ];
    const accusation = { ...accusing(accusedPod()), leaving: [path('left-1')] };
    const { others, runOn } = await observing(pods, { accusation });
    expect(others).toEqual(['ReplicaSet admin in namespace shop', 'pod debug in namespace shop']);
    expect(runOn).toEqual(['pod web-1']);
  });
});

describe('an accused pod', () => {
  const web = [{ name: 'web-1', owner: 'web' }];

  it('runs on unless a step of the plan takes it away', async () => {
    const accusation = { ...accusing(accusedPod()), leaving: [path('web-1')] };
    expect(await observing(web, { accusation })).toMatchObject({ runOn: [], others: [] });
  });

  it('may be any under the service account, where the finding names what it is one of', async () => {
    const accusation = accusing({ ...accusedPod(), workload: 'deployments/web' });
    expect((await observing(web, { accusation })).runOn).toEqual(['pod web-1']);
  });

  it('is gone with its cluster; of one that does not let us in nobody knows', async () => {
    const accusation = accusing(accusedPod());
    expect((await observing(refusedAs('NotFound', 404), { accusation })).runOn).toEqual([]);
    await expect(observing(refusedAs('Forbidden', 403), { accusation })).rejects.toThrow(ActionFailed);
  });
});

describe('the cut-off of a pod', () => {
  const revoke = async (...given: Parameters<typeof podContext>) => {
    const { context, sent } = podContext(...given);
    await action.execute(target, params, seen, context);
    const put = sent.find(({ operation }) => operation === 'PutRolePolicy');
    return /"aws:TokenIssueTime":"([^"]*)"/.exec(String(put?.input['PolicyDocument']))?.[1];
  };

  it('is now: nobody knows when it ended', async () => {
    expect(await revoke([], { accusation: accusing(accusedPod()) })).toBe('2026-11-24T12:00:01Z');
    const tasks = [{ taskArn: taskArn('t1'), lastStatus: 'STOPPED', stoppedAt: new Date('2026-11-24T11:00:00Z') }];
    const accusation = { ...accused('t1'), pods: [accusedPod()] };
    expect(await revoke([], { accusation, more: { DescribeTasks: () => ({ tasks }) } })).toBe('2026-11-24T12:00:01Z');
  });

  it.each([
    ['the accused one', accusing(accusedPod())],
    ['one that the plan has stopped', { ...accusing(accusedPod('web-0')), left: [path('web-1')] }],
  ])('is not made while %s runs', async (_which, accusation) => {
    await expect(revoke([{ name: 'web-1' }], { accusation })).rejects.toThrow(
      'Pod shop-eks/shop/web-1 still runs, and would get new credentials of role cart at once',
    );
  });
});

describe('read back, of a pod', () => {
  const standing = (cutOff: string, ...pods: readonly ReturnType<typeof accusedPod>[]) => ({
    GetRolePolicy: () => ({
      PolicyDocument: encodeURIComponent(documentOf({ cutOff, mark: markOf({ tasks: [], pods }) })),
    }),
  });
  const later = '2026-11-24T12:00:01Z';
  const verify = async (running: Parameters<typeof podContext>[0], more: object, begunAt = now.toISOString()) => {
    const { context } = podContext(running, { accusation: accusing(accusedPod()), more: { ...more } });
    return (await action.verify(target, params, seen, { ...context, begunAt })).state;
  };

  it('holds once it is gone, where the policy is of this step and for this pod', async () => {
    expect(await verify([], standing(later, accusedPod()))).toBe('holds');
    expect(await verify([], standing(later, accusedPod('web-2')))).toBe('pending');
    expect(await verify([], standing(later, accusedPod()), '2026-11-24T12:30:00Z')).toBe('pending');
  });

  it('is pending while it runs: it has new credentials', async () => {
    expect(await verify([{ name: 'web-1' }], standing(later, accusedPod()))).toBe('pending');
  });
});

it('a role that a taken token opens anew is told so, and stays open', () => {
  const observed = { ...seen, byToken: ['shop-eks/shop/web'] };
  const plan = action.plan(target, params, observed, { quietPullDays: 7 });
  expect(plan).toMatchObject({
    kind: 'step',
    reopens: true,
    remains: expect.stringContaining('the web identity token of service account shop-eks/shop/web gets new sessions'),
  });
  // First, because a message cuts what is long at its end.
  const shared = action.plan(
    target,
    { maxOtherUsers: 9 },
    { ...observed, others: ['service a'] },
    { quietPullDays: 7 },
  );
  expect(shared).toMatchObject({ remains: expect.stringMatching(/^Whoever took the web identity token/) });
  expect(action.plan(target, params, seen, { quietPullDays: 7 })).not.toHaveProperty('reopens');
});

describe('a role that a pod says it has', () => {
  const letIn = async (given: Parameters<typeof observing>[1]) =>
    observing([], { accusation: accusing(accusedPod()), ...given });

  it.each([
    ['an association', { associations: [association('web', target.arn)] }],
    ['its trust policy by name', { statements: [byToken(ofWeb)] }],
    [
      'its trust policy by a pattern',
      {
        statements: [
          byToken('system:serviceaccount:shop:*', 'oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE', 'StringLike'),
        ],
      },
    ],
  ])('is one that %s lets it have', async (_what, given) => {
    expect((await letIn(given)).letIn).toBe(true);
  });

  it.each([
    ['lets no pod in', { statements: [byTasks] }],
    ['lets another service account in', { statements: [byToken('system:serviceaccount:shop:till')] }],
    ['is given to another service account', { associations: [association('till', target.arn)] }],
  ])('and that %s is cut off by nobody: whoever deploys a pod could name any', async (_what, given) => {
    const observed = await letIn(given);
    expect(observed.letIn).toBe(false);
    expect(action.plan(target, { maxOtherUsers: 9 }, observed, { quietPullDays: 7 })).toMatchObject({
      kind: 'hold',
      reason: expect.stringContaining('neither that role nor an association of EKS lets it in'),
    });
  });
});
