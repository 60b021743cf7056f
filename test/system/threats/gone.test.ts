import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { repositories } from '../../../sandbox/services/ecr/state.ts';
import { clusters } from '../../../sandbox/services/ecs/state.ts';
import { part } from './faulty.ts';
import { isArchived, openShop, type Shop, serviceIncident } from './shop.ts';
import { accusedDigest, cleanDigest, repositoryOf } from './world.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(['task', 'service', 'image', 'cluster'].map((name) => ({ name })));
});
afterAll(() => shop[Symbol.asyncDispose]());

const cluster = () => clusters(shop.stage.account).get('prod');

/** The task that GuardDuty will name, and what happens before it does. */
async function foundAfter(name: string, happen: (task: string) => void): Promise<void> {
  const [task] = (await shop.service(name)).tasks;
  happen(task?.arn.slice(-32) ?? '');
  await shop.find(name, { task });
  await shop.settle();
}

describe('what GuardDuty names is gone before we came', () => {
  it('the task: its service is contained, and what was lost as evidence is said', async () => {
    await foundAfter('task', (id) => cluster()?.tasks.delete(id));
    const { tier, subject, body } = shop.onlyTold();
    expect(tier).toBe('page');
    expect(subject).toContain('prod/task contained, a step failed,');
    expect(part(body, 'What was not done, and why')).toMatch(
      /^FAILED evidence\.capture: .*\n.*missing: the task \(it is not there any more\)/,
    );
    expect(await shop.show(serviceIncident('task'))).toMatchObject({ state: 'resting', outcome: 'degraded' });
    expect(await shop.service('task')).toMatchObject({ desired: 2, digests: [cleanDigest('task')] });
    expect(isArchived(shop, 'task')).toBe(true);
  });

  it('the image: the service is contained, and nothing is archived', async () => {
    await foundAfter('image', () =>
      repositories(shop.stage.account).get(repositoryOf('image'))?.images.delete(accusedDigest('image')),
    );
    const { tier, subject, body } = shop.onlyTold();
    expect(tier).toBe('page');
    expect(subject).toContain('prod/image contained');
    expect(part(body, 'What was not done, and why')).toContain('is not there any more');
    expect(await shop.service('image')).toMatchObject({ desired: 2, digests: [cleanDigest('image')] });
  });

  it.each([
    [
      'service',
      () => {
        cluster()?.services.delete('service');
        for (const { id, group } of [...(cluster()?.tasks.values() ?? [])]) {
          if (group === 'service:service') cluster()?.tasks.delete(id);
        }
      },
    ],
    ['cluster', () => clusters(shop.stage.account).delete('prod')],
  ])('the %s: one page says that nothing is left to do, and nothing is changed', async (name, happen) => {
    const made = shop.stage.calls('ecs:UpdateService');
    await foundAfter(name, happen);
    const { tier, subject, body } = shop.onlyTold();
    expect(tier).toBe('page');
    expect(subject).toContain(`prod/${name} seen, nothing done`);
    expect(part(body, 'What happened')).toMatch(/^Nothing to do: /);
    expect(part(body, 'What was not done, and why')).toContain('it is gone, and evidence was lost with it');
    expect(await shop.show(serviceIncident(name))).toMatchObject({
      state: 'resting',
      outcome: 'observed',
      targets: [],
    });
    expect(shop.stage.calls('ecs:UpdateService')).toBe(made);
    expect(isArchived(shop, name)).toBe(false);
  });
});
