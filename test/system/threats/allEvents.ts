import { expect } from 'vitest';
import { misdeliver } from '../../../sandbox/services/eventbridge/bus.ts';
import { worldSchema } from '../../../sandbox/world/schema.ts';
import { enforcing, incidentOf } from '../scan.ts';
import { openStage, type Stage } from '../stage.ts';
import { firstDifference, traceOf } from '../twoEvents.ts';
import { serviceReaderOf } from './seen.ts';
import { containing, serviceIncident } from './shop.ts';
import { deliverThreat, miner, shell } from './threats.ts';
import { accusedDigest, cleanDigest, repositoryOf, shopWorld } from './world.ts';

/** One image that nothing runs, one that a service runs, a miner that came with an image, and a shell: the demo's events. */
const unused = { repository: repositoryOf('unused'), digest: accusedDigest('unused') };
const running = { repository: repositoryOf('ledger'), digest: accusedDigest('ledger') };

const { repositories, ...services } = shopWorld([
  { name: 'checkout', autoscaled: true },
  { name: 'ledger' },
  { name: 'desk' },
]);
const world = worldSchema.parse({
  ...services,
  repositories: [
    ...repositories,
    { name: unused.repository, images: [{ digest: unused.digest, tags: ['2.0'], scan: { CRITICAL: 12 } }] },
  ],
});

/** Each of them so many times, in an order that the seed shuffles, until nothing more happens. The caller closes the stage. */
export async function allEvents(seed: number, times: number): Promise<Stage> {
  const stage = await openStage({ seed, world, rules: { enforcing, containing } });
  const service = serviceReaderOf(stage.sandbox);
  const [checkout, desk] = [(await service('checkout')).tasks[0], (await service('desk')).tasks[0]];
  misdeliver(stage.account, { duplicates: times - 1, shuffleMs: 2_000 });
  stage.scan(unused);
  stage.scan(running);
  deliverThreat(stage, 'checkout', { kind: miner, task: checkout });
  deliverThreat(stage, 'desk', { kind: shell, task: desk });
  // Deliveries are queued when an event comes in; those of what follows are no part of this.
  misdeliver(stage.account, { duplicates: 0, shuffleMs: 0 });
  await stage.settle();
  return stage;
}

/** One seed, run twice: one incident, one set of changes and one message each; and the same trace, byte for byte. */
export async function expectOneOfAll(seed: number, times: number): Promise<void> {
  await using stage = await allEvents(seed, times);
  // What is read below is in the trail, too.
  const trace = traceOf(stage);
  const incidents = [incidentOf(unused), incidentOf(running), serviceIncident('checkout'), serviceIncident('desk')];
  expect(
    Object.fromEntries(stage.heads().map(({ incident, state, outcome }) => [incident, `${state} ${outcome}`])),
  ).toEqual({
    [incidentOf(unused)]: 'resting contained',
    [incidentOf(running)]: 'resting held',
    [serviceIncident('checkout')]: 'resting contained',
    [serviceIncident('desk')]: 'resting contained',
  });
  expect(
    stage
      .records()
      .map(({ result, incident }) => `${result} ${incident}`)
      .toSorted(),
  ).toEqual(incidents.map((incident) => `accepted ${incident}`).toSorted());
  expect(stage.executions()).toHaveLength(incidents.length);
  await expectOneSetOfChanges(stage);
  expect(
    stage
      .told()
      .map(({ tier, subject }) => `${tier} ${subject.split(',')[0]}`)
      .toSorted(),
  ).toEqual([
    'digest NO ACTION: shop/unused contained',
    'notice NO ACTION: shop/ledger held until you look',
    'page GET UP: prod/checkout contained',
    'page GET UP: prod/desk contained',
  ]);
  await using again = await allEvents(seed, times);
  expect(firstDifference(trace, traceOf(again))).toBeUndefined();
}

async function expectOneSetOfChanges(stage: Stage): Promise<void> {
  expect(stage.calls('ecr:UpdateImageStorageClass')).toBe(2);
  // Back, and up again; the shell's task is stopped, and nothing deployed.
  expect(stage.calls('ecs:UpdateService')).toBe(2);
  expect(stage.calls('application-autoscaling:RegisterScalableTarget')).toBe(2);
  expect(stage.calls('ecs:StopTask')).toBe(3);
  expect(stage.statuses(unused.repository)).toEqual({ [unused.digest]: 'ARCHIVED' });
  expect(stage.statuses(running.repository)[running.digest]).toBe('ACTIVE');
  expect(stage.statuses(repositoryOf('checkout'))[accusedDigest('checkout')]).toBe('ARCHIVED');
  expect(stage.statuses(repositoryOf('desk'))[accusedDigest('desk')]).toBe('ACTIVE');
  const service = serviceReaderOf(stage.sandbox);
  expect((await service('checkout')).digests).toEqual([cleanDigest('checkout')]);
  expect((await service('desk')).digests).toEqual([accusedDigest('desk')]);
}
