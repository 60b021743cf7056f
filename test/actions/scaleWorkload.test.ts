import { describe, expect, it } from 'vitest';
import type { Target } from '../../shared/actions/contract.ts';
import { scaleWorkload as action } from '../../shared/actions/scaleWorkload.ts';
import { ActionFailed, TargetGone, Throttled } from '../../shared/platform/errors.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import { actContext } from './actContext.ts';
import { clusterAws, type InNamespace, ownedBy, refusedAs } from './clusterAws.ts';

const settings = { quietPullDays: 7 };
const target = (workload: string | null, namespace: string | null = 'shop'): Target<'pod'> => ({
  kind: 'pod',
  id: ['prod', namespace, workload?.split('/')[1]].filter((part) => part != null).join('/'),
  arn: 'arn:aws:eks:eu-central-1:123456789012:cluster/prod',
  ...{ cluster: 'prod', namespace, workload, serviceAccount: null, account: '123456789012', region: 'eu-central-1' },
});
const pod = target('pods/web-5c9f7d8b6-x2k4q');

const web = (replicas: number, metadata: object = {}) => ({
  metadata,
  spec: { replicas, selector: { matchLabels: { app: 'web' } } },
});
const shop: InNamespace = {
  pods: { 'web-5c9f7d8b6-x2k4q': { owners: ownedBy('ReplicaSet', 'web-5c9f7d8b6') } },
  replicaSets: { 'web-5c9f7d8b6': ownedBy('Deployment', 'web') },
  deployments: { web: web(3) },
  listed: [['web-5c9f7d8b6-x2k4q', 'web-5c9f7d8b6-b7d9k']],
};
const observing = (given: InNamespace, about = pod, before?: JsonObject) => {
  const { aws } = clusterAws(given);
  return action.observe(about, {}, { ...actContext(aws), ...(before === undefined ? {} : { before }) });
};
const planned = async (given: InNamespace, about = pod) =>
  action.plan(about, {}, await observing(given, about), settings);

describe('what is observed', () => {
  it('is the deployment that a pod is one of, how many pods it is to have, and all that there are', async () => {
    expect(await observing(shop)).toEqual({
      workload: 'deployments/web',
      none: null,
      gone: false,
      replicas: 3,
      pods: ['web-5c9f7d8b6-x2k4q', 'web-5c9f7d8b6-b7d9k'],
      protectedBy: null,
      owner: 'unknown (no tag firebreak:owner, owner, team)',
      seen: [
        'deployments/web in namespace shop is to have 3 pods',
        'pod web-5c9f7d8b6-x2k4q',
        'pod web-5c9f7d8b6-b7d9k',
      ],
    });
  });

  it('has the pods of all pages', async () => {
    const listed = [['web-5c9f7d8b6-x2k4q'], [], ['b']];
    expect(await observing({ ...shop, listed })).toMatchObject({ pods: ['web-5c9f7d8b6-x2k4q', 'b'] });
  });

  it('is the stateful set of a pod, and a workload that the finding names itself', async () => {
    const pods = { 'db-0': { owners: ownedBy('StatefulSet', 'db') } };
    const statefulSets = { db: web(1) };
    const listed = [['db-0']];
    expect(await observing({ pods, statefulSets, listed }, target('pods/db-0'))).toMatchObject({
      workload: 'statefulsets/db',
    });
    expect(await observing(shop, target('deployments/web'))).toMatchObject({
      workload: 'deployments/web',
      gone: false,
    });
  });

  it.each(['Pod', 'pod', 'PODS'])('takes a pod however its kind is written: %s', async (kind) => {
    expect(await observing(shop, target(`${kind}/web-5c9f7d8b6-x2k4q`))).toMatchObject({ workload: 'deployments/web' });
    expect(await observing(shop, target('Deployment/web'))).toMatchObject({ workload: 'deployments/web' });
  });

  it('says owner and protection by annotations and labels', async () => {
    const metadata = { annotations: { 'firebreak/protected': 'yes' }, labels: { team: 'payments' } };
    expect(await observing({ ...shop, deployments: { web: web(3, metadata) } })).toMatchObject({
      protectedBy: 'tag firebreak:protected',
      owner: 'payments (tag team)',
    });
  });

  it('goes on with the workload that stands scaled, whose accused pod is gone', async () => {
    const before = { ...(await observing(shop)) };
    const scaled = { replicaSets: {}, deployments: { web: web(0) }, listed: [[]] };
    expect(await observing(scaled, pod, before)).toMatchObject({
      workload: 'deployments/web',
      replicas: 0,
      gone: false,
    });
  });

  it.each([
    [
      'replica set',
      pod,
      { replicaSets: { 'web-5c9f7d8b6': ownedBy('Deployment', 'web') }, deployments: { web: web(3) } },
    ],
    ['stateful set', target('pods/db-0'), { statefulSets: { db: web(1) } }],
  ] as const)('of a pod that is gone is what its name says: %s', async (_what, about, given) => {
    expect(await observing({ ...given, listed: [['other']] }, about)).toMatchObject({ gone: true });
  });

  it('is nothing where neither the pod nor what its name says is there', async () => {
    await expect(observing({}, pod)).rejects.toThrow(TargetGone);
    await expect(observing({}, target('pods/db-0'))).rejects.toThrow(TargetGone);
  });

  it('fails where its pods are chosen by more than labels: nobody could tell when they are gone', async () => {
    const selector = { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'a', operator: 'Exists' }] };
    const deployments = { web: { spec: { replicas: 3, selector } } };
    await expect(observing({ ...shop, deployments })).rejects.toThrow(/chosen by more than labels/);
    const unselective = { web: { spec: { replicas: 3, selector: {} } } };
    await expect(observing({ ...shop, deployments: unselective })).rejects.toThrow(ActionFailed);
  });

  it.each([
    ['Forbidden', 403, ActionFailed, 'access denied (Forbidden)'],
    ['Unauthorized', 401, ActionFailed, 'access denied (Unauthorized)'],
    ['TooManyRequests', 429, Throttled, 'AWS asked us to slow down'],
    ['InternalError', 500, Throttled, 'AWS did not answer'],
  ])('is %s as the cluster says', async (reason, status, error, text) => {
    const asking = observing({ pods: { 'web-5c9f7d8b6-x2k4q': refusedAs(reason, status) } });
    await expect(asking).rejects.toThrow(error);
    await expect(asking).rejects.toThrow(text);
  });
});

it('says why the cluster could not be asked', async () => {
  const { aws } = clusterAws(shop);
  const name = 'ClusterUnreachable';
  const unreachable = Object.assign(new Error('The API can be reached from its VPC alone'), { name });
  const context = actContext({ ...aws, kubernetes: async () => Promise.reject(unreachable) });
  const asked = action.observe(pod, {}, context);
  await expect(asked).rejects.toThrow(ActionFailed);
  await expect(asked).rejects.toThrow('Reading pod web-5c9f7d8b6-x2k4q: The API can be reached from its VPC alone');
});

describe('what is planned', () => {
  it('is to scale the workload to zero, and what goes on is said', async () => {
    expect(await planned(shop)).toMatchObject({
      kind: 'step',
      sentence: 'Scale deployments/web in namespace shop of the cluster prod to zero, from 3 pods.',
      remains:
        'shop/deployments/web of the cluster prod serves nobody until firebreak undo or firebreak release. Its nodes are not touched.',
    });
  });

  it('is nothing where no pod is meant to be there and none is', async () => {
    expect(await planned({ ...shop, deployments: { web: web(0) }, listed: [[]] })).toEqual({
      kind: 'skip',
      reason: 'deployments/web has no pods already',
    });
    expect(await planned({ ...shop, deployments: { web: web(0) } })).toMatchObject({ kind: 'step' });
  });

  it('is to ask a person where the accused pod is gone, and others of it run', async () => {
    const { pods: _gone, ...rest } = shop;
    expect(await planned(rest)).toMatchObject({
      kind: 'hold',
      reason: expect.stringContaining('by its name it was one of deployments/web'),
    });
    expect(await planned({ ...rest, deployments: { web: web(0) }, listed: [[]] })).toMatchObject({ kind: 'skip' });
  });

  it.each([
    ['started by itself', { pods: { 'web-5c9f7d8b6-x2k4q': {} } }],
    [
      'owned, but by no controller',
      {
        pods: {
          'web-5c9f7d8b6-x2k4q': { owners: ownedBy('ReplicaSet', 'a').map((one) => ({ ...one, controller: false })) },
        },
      },
    ],
    ['of a daemon set', { pods: { 'web-5c9f7d8b6-x2k4q': { owners: ownedBy('DaemonSet', 'log') } } }],
    ['of a rollout', { ...shop, replicaSets: { 'web-5c9f7d8b6': ownedBy('Rollout', 'web') } }],
    ['of a replica set alone', { ...shop, replicaSets: { 'web-5c9f7d8b6': [] } }],
  ])('is to ask a person about a pod that is %s', async (_what, given) => {
    expect(await planned(given)).toMatchObject({ kind: 'hold', reason: expect.stringContaining('cannot be scaled') });
  });

  it.each([
    ['no workload', target(null)],
    ['no namespace', target('pods/a', null)],
    ['a job', target('jobs/nightly')],
  ])('is to ask a person where the finding names %s', async (_what, about) => {
    expect(await planned({}, about)).toMatchObject({
      kind: 'hold',
      reason: expect.stringContaining('cannot be scaled'),
    });
  });

  it.each(['kube-system', 'kube-public', 'kube-node-lease'])(
    'is to ask a person about what is in %s',
    async (namespace) => {
      expect(await planned(shop, target('pods/web-5c9f7d8b6-x2k4q', namespace))).toMatchObject({
        kind: 'hold',
        reason: expect.stringContaining('which the cluster itself runs on'),
      });
    },
  );
});

describe('where all of its pods meet', () => {
  it('is the workload, whichever of them is accused', async () => {
    const observed = await observing(shop);
    const other = target('pods/web-5c9f7d8b6-b7d9k');
    const [one, two] = [pod, other].map((each) => action.meets?.(each, observed));
    expect(one?.at.id).toBe('prod/shop/web');
    expect(two?.at).toEqual(one?.at);
    expect(one?.members.map(({ id }) => id)).toEqual(['prod/shop/web', pod.id]);
    const itself = target('deployments/web');
    expect(action.meets?.(itself, observed).members.map(({ id }) => id)).toEqual([itself.id]);
  });

  it('is itself where it is one of nothing', async () => {
    const observed = await observing({}, target('jobs/nightly'));
    expect(action.meets?.(target('jobs/nightly'), observed)).toMatchObject({ at: target('jobs/nightly') });
  });
});

describe('what is read back', () => {
  const verifying = async (given: InNamespace) => {
    const before = await observing(shop);
    return action.verify(pod, {}, before, actContext(clusterAws(given).aws));
  };

  it('holds when no pod is listed any more, and that is an absence', async () => {
    const none = { ...shop, deployments: { web: web(0) }, listed: [[]] };
    expect(await verifying(none)).toMatchObject({ state: 'holds', absence: true });
    expect(await verifying({})).toMatchObject({ state: 'holds', absence: true });
  });

  it('is pending while one pod is left, whatever number is meant', async () => {
    expect(await verifying({ ...shop, deployments: { web: web(0) } })).toMatchObject({ state: 'pending' });
    expect(await verifying({ ...shop, listed: [[]] })).toMatchObject({ state: 'pending' });
  });

  it('is pending while a pod of it runs on under other labels, and one that never was its own is none', async () => {
    const none = { ...shop, deployments: { web: web(0) } };
    const relabelled = { ...none, listed: [['web-5c9f7d8b6-x2k4q']], labelled: { 'web-5c9f7d8b6-x2k4q': 'hidden' } };
    expect(await verifying(relabelled)).toMatchObject({
      state: 'pending',
      seen: expect.stringContaining('1 is there'),
    });
    const another = { ...none, listed: [['shop-1']], labelled: { 'shop-1': 'shop' } };
    expect(await verifying(another)).toMatchObject({ state: 'holds' });
  });
});

describe('what is changed', () => {
  it('is the number of pods of the workload that was observed, and nothing else', async () => {
    const before = await observing(shop);
    const { aws, asked } = clusterAws({});
    await action.execute(pod, {}, before, actContext(aws));
    await action.undo?.(pod, {}, before, actContext(aws));
    const named = { namespace: 'shop', name: 'web' };
    expect(asked).toEqual([
      ['scale deployment', { ...named, body: { spec: { replicas: 0 } } }],
      ['scale deployment', { ...named, body: { spec: { replicas: 3 } } }],
    ]);
  });
});

describe('what is permitted', () => {
  it.each([
    ['another cluster', { cluster: 'other' }],
    ['a star', { cluster: '*', arn: 'arn:aws:eks:eu-central-1:123456789012:cluster/*' }],
    ['another account', { account: '210987654321' }],
    ['another Region', { region: 'us-east-1' }],
  ])('is nothing for what is no cluster of the target: %s', (_what, change) => {
    expect(() => action.permissions({ ...pod, ...change } as never)).toThrow(ActionFailed);
  });
});
