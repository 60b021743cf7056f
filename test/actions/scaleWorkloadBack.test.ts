import { describe, expect, it } from 'vitest';
import type { Target } from '../../shared/actions/contract.ts';
import { scaleWorkload as action } from '../../shared/actions/scaleWorkload.ts';
import { actContext, now } from './actContext.ts';
import { clusterAws } from './clusterAws.ts';

const target: Target<'pod'> = {
  kind: 'pod',
  id: 'prod/shop/web',
  arn: 'arn:aws:eks:eu-central-1:123456789012:cluster/prod',
  ...{ cluster: 'prod', namespace: 'shop', workload: 'deployments/web', serviceAccount: null },
  ...{ account: '123456789012', region: 'eu-central-1' },
};

const minutesAgo = (minutes: number): string => new Date(now.getTime() - minutes * 60_000).toISOString();

/** A deployment of three pods is there again, so many minutes ago; a release reads the same back. */
async function readBack(how: 'undo' | 'release', replicas: number, ready: number | undefined, minutes: number) {
  const web = (count: number) => ({ spec: { replicas: count, selector: { matchLabels: { app: 'web' } } } });
  const before = await action.observe(target, {}, actContext(clusterAws({ deployments: { web: web(3) } }).aws));
  // While none is ready the field is left out.
  const status = ready === undefined ? {} : { readyReplicas: ready };
  const { aws } = clusterAws({ deployments: { web: { ...web(replicas), status } }, listed: [['a', 'b', 'c']] });
  const context = { ...actContext(aws), begunAt: minutesAgo(minutes) };
  const verify = how === 'undo' ? action.verifyUndone : action.release?.verify;
  return verify?.(target, {}, before, context);
}

describe.each(['undo', 'release'] as const)('the number of pods that there was, after an %s', (how) => {
  it('is back when so many are ready', async () => {
    expect(await readBack(how, 3, 3, 0)).toEqual({
      state: 'holds',
      seen: 'deployments/web is to have 3 pods, and 3 of them are ready',
      absence: false,
    });
  });

  it('is pending while fewer are ready, and pods have their time to start', async () => {
    expect(await readBack(how, 3, 1, 4)).toEqual({
      state: 'pending',
      seen: 'deployments/web is to have 3 pods, and 1 of them is ready',
      absence: false,
    });
  });

  it('is below its count once that time is over, which says how many are missing and where to look', async () => {
    const since = minutesAgo(5);
    expect(await readBack(how, 3, undefined, 5)).toMatchObject({
      state: 'pending',
      seen: 'deployments/web is to have 3 pods, and 0 of them are ready',
      short: {
        since,
        todo: `shop/deployments/web of the cluster prod is below its count: 0 of 3 pods are ready since it was scaled at ${since}. Look why the others do not start: kubectl describe pods --namespace shop`,
      },
    });
  });

  it('is not what somebody else has set', async () => {
    expect(await readBack(how, 1, 3, 30)).toEqual({
      state: 'pending',
      seen: 'deployments/web is to have 1 pod, and 3 of them are ready',
      absence: false,
    });
  });
});
