import { describe, expect, it } from 'vitest';
import { drainNode as action } from '../../shared/actions/drainNode/drainNode.ts';
import { ActionFailed, TargetGone, Throttled } from '../../shared/platform/errors.ts';
import { actContext } from './actContext.ts';
import { refusedAs } from './clusterAws.ts';
import { chosen, evicted, host, type InCluster, node, nodeAws, other, pod, target } from './nodeWorld.ts';

const params = { deleteEmptyDirData: false };
const cordoned = { spec: { unschedulable: true } };
const budget = { 'web-1': refusedAs('DisruptionBudget', 429) };
const two = [[pod('web-1'), pod('web-2')]];
const ending = { metadata: { deletionTimestamp: new Date() } };

function at(given: InCluster, more: object = {}) {
  const { aws, asked } = nodeAws(given);
  return { asked, context: { ...actContext(aws), chosen, ...more } };
}
async function observed(given: InCluster) {
  return action.observe(target, params, actContext(nodeAws(given).aws));
}
async function draining(given: InCluster, more: object = {}, its = params) {
  const { asked, context } = at(given, more);
  return { asked, done: await action.execute(target, its, {}, context) };
}

describe('a drain', () => {
  it('cordons the node in the state in which it was read, and then evicts each pod that was looked at', async () => {
    const { asked, done } = await draining({ pods: two });
    expect(asked.map(([call]) => call)).toEqual(['patch node', 'list pods', 'evict', 'evict']);
    expect(asked[0]?.[1]).toEqual({
      name: 'node-a',
      body: { metadata: { resourceVersion: '7' }, spec: { unschedulable: true } },
    });
    expect(asked[2]?.[1]).toMatchObject({
      ...{ name: 'web-1', namespace: 'shop' },
      body: { kind: 'Eviction', apiVersion: 'policy/v1', deleteOptions: { preconditions: { uid: 'uid of web-1' } } },
    });
    expect(done).toMatchObject({ did: expect.stringContaining('is cordoned, and 2 pods of it asked to end') });
  });

  it('leaves what stays on every node, what nothing would start again, what keeps something there, and what ends', async () => {
    const pods = [
      [pod('aws-node', { owner: 'DaemonSet' }), pod('debug', { owner: null }), pod('web-1')],
      [pod('kept', { spec: { volumes: [{ emptyDir: {} }] } }), pod('ends', ending)],
    ];
    expect(evicted((await draining({ pods })).asked)).toEqual(['web-1']);
    expect(evicted((await draining({ pods }, {}, { deleteEmptyDirData: true })).asked)).toEqual(['web-1', 'kept']);
  });

  it('cordons nothing twice', async () => {
    const { asked } = await draining({ nodes: [[node('node-a', host, cordoned)]] });
    expect(asked.map(([call]) => call)).toEqual(['list pods']);
  });

  it('asks a budget again while there is another try, after all others were asked', async () => {
    const { asked, context } = at({ pods: two, refused: budget });
    await expect(action.execute(target, params, {}, context)).rejects.toThrow(Throttled);
    expect(evicted(asked)).toEqual(['web-1', 'web-2']);
  });

  it.each([
    ['DisruptionBudget', 429, 'the disruption budget allows no eviction now'],
    ['InternalError', 500, 'the API could not decide (InternalError: two budgets select it)'],
    ['Conflict', 409, 'it has been changed meanwhile (Conflict)'],
    ['Forbidden', 403, 'the cluster denies it (Forbidden)'],
  ])('tells at its last try what was not evicted: %s', async (reason, status, text) => {
    const refused = { 'web-1': refusedAs(reason, status) };
    const { done } = await draining({ pods: two, refused }, { lastTry: true });
    expect(done.did).toContain(`1 pod of it asked to end; not evicted: shop/web-1 (${text}`);
  });

  it('takes a pod for gone that is not there any more', async () => {
    const refused = { 'web-1': refusedAs('NotFound', 404) };
    expect((await draining({ pods: two, refused })).done.did).toContain('2 pods');
  });

  it('stops where the cluster refuses it, and waits where it asks to slow down', async () => {
    const of = (error: Error) => at({ pods: two, refused: { 'web-1': error } }).context;
    // Of one pod, a webhook may deny it: the others are asked all the same.
    await expect(action.execute(target, params, {}, of(refusedAs('Forbidden', 403)))).rejects.toThrow(Throttled);
    await expect(action.execute(target, params, {}, of(refusedAs('TooManyRequests', 429)))).rejects.toThrow(Throttled);
    const patching = at({ patching: refusedAs('Forbidden', 403) }).context;
    await expect(action.execute(target, params, {}, patching)).rejects.toThrow(ActionFailed);
  });

  it('reads a node again that was written meanwhile, and leaves one that is another by now', async () => {
    const meanwhile = at({ patching: refusedAs('Conflict', 409) }).context;
    await expect(action.execute(target, params, {}, meanwhile)).rejects.toThrow(Throttled);
    for (const nodes of [[[node('node-a', other)]], [[node('node-a', host, { metadata: { uid: 'uid-new' } })]], [[]]]) {
      const { asked, context } = at({ nodes, pods: two });
      await expect(action.execute(target, params, {}, context)).rejects.toThrow(TargetGone);
      expect(asked).toEqual([]);
    }
  });
});

describe('what is read back', () => {
  const nodes = [[node('node-a', host, cordoned)]];
  const verifying = (given: InCluster) => action.verify(target, params, {}, at({ nodes, ...given }).context);

  it('holds when nothing is left but what stays on every node, and that is an absence', async () => {
    const pods = [[pod('aws-node', { owner: 'DaemonSet' }), pod('over', { phase: 'Failed' })]];
    expect(await verifying({ pods })).toMatchObject({
      ...{ state: 'holds', absence: true },
      seen: 'node node-a of the cluster prod is cordoned, and no pod is left on it but 1 pod of daemon sets and of the node itself',
    });
    expect(await verifying({})).toMatchObject({ state: 'holds' });
  });

  it('is pending while a pod ends, on whatever page it is', async () => {
    expect(await verifying({ pods: [[], [pod('web-1', ending)]] })).toMatchObject({ state: 'pending' });
  });

  it.each([
    ['was not let go', [pod('web-1'), pod('web-2', ending)]],
    ['nothing would start again', [pod('debug', { owner: null })]],
  ])('is broken where a pod is left that %s', async (_what, pods) => {
    expect(await verifying({ pods: [pods] })).toMatchObject({
      state: 'broken',
      seen: expect.stringContaining('not empty'),
    });
  });

  it('is broken where it takes pods again', async () => {
    expect(await verifying({ nodes: [[node('node-a', host)]] })).toMatchObject({
      ...{ state: 'broken', seen: expect.stringContaining('somebody has uncordoned it') },
    });
  });
});

describe('an undo', () => {
  it('lets the node take pods, and that is read back', async () => {
    const before = await observed({});
    const nodes = [[node('node-a', host, cordoned)]];
    const { asked, context } = at({ nodes });
    await action.undo?.(target, params, before, context);
    expect(asked).toEqual([
      ['patch node', { name: 'node-a', body: { metadata: { resourceVersion: '7' }, spec: { unschedulable: false } } }],
    ]);
    expect(await action.verifyUndone?.(target, params, before, context)).toMatchObject({ state: 'broken' });
    expect(await action.verifyUndone?.(target, params, before, at({}).context)).toMatchObject({ state: 'holds' });
  });

  it('changes nothing where somebody has let it take pods already, nor where it was cordoned before', async () => {
    const { asked, context } = at({});
    await action.undo?.(target, params, await observed({}), context);
    expect(asked).toEqual([]);
    const before = await observed({ nodes: [[node('node-a', host, cordoned)]] });
    await expect(action.undo?.(target, params, before, context)).rejects.toThrow(ActionFailed);
  });
});
