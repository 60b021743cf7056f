import { expect, it } from 'vitest';
import { openedCluster } from './ground.ts';

const place = { namespace: 'shop', name: 'web-1' };
const prints = ['first', 'second', 'third'];
const digest = `sha256:${'a'.repeat(64)}`;
const image = '123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/web:1.0';
const opened = () =>
  openedCluster(
    {
      workloads: [
        { namespace: 'shop', name: 'web', podNames: ['web-1'], image, environment: { STAGE: 'prod' } },
        { namespace: 'shop', name: 'silent', podNames: ['silent-1'] },
      ],
    },
    { repositories: [{ name: 'shop/web', images: [{ digest, tags: ['1.0'], prints }] }] },
  );

it('is what the image of the pod prints, as text, cut as it is asked to be', async () => {
  await using cluster = await opened();
  const { core } = await cluster.api('responder');
  const log = (more: object = {}) => core.readNamespacedPodLog({ ...place, ...more });
  expect(await log()).toBe('first\nsecond\nthird\n');
  expect(await log({ container: 'app', tailLines: 2 })).toBe('second\nthird\n');
  expect(await log({ limitBytes: 8 })).toBe('first\nse');
  expect(await log({ timestamps: true, tailLines: 1 })).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z third\n$/);
  expect(await core.readNamespacedPodLog({ ...place, name: 'silent-1' })).toBe('');
});

it('is refused of what is not there, and to whom the cluster does not let read it', async () => {
  await using cluster = await opened();
  const { core } = await cluster.api('responder');
  await expect(core.readNamespacedPodLog({ ...place, name: 'none' })).rejects.toMatchObject({ name: 'NotFound' });
  await expect(core.readNamespacedPodLog({ ...place, container: 'sidecar' })).rejects.toMatchObject({
    name: 'BadRequest',
  });
  const guest = await cluster.api('guest');
  await expect(guest.core.readNamespacedPodLog(place)).rejects.toMatchObject({ name: 'Forbidden' });
});

it('is of a pod whose environment is what its workload says', async () => {
  await using cluster = await opened();
  const { core } = await cluster.api('responder');
  const pod = await core.readNamespacedPod(place);
  expect(pod.spec?.containers[0]?.env).toEqual([{ name: 'STAGE', value: 'prod' }]);
});
