import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { accessDenied, relent } from '../refusals.ts';
import { faulty, part } from './faulty.ts';
import { isArchived, openShop, type Shop, serviceIncident } from './shop.ts';
import { accusedDigest, cleanDigest } from './world.ts';

interface Refused {
  readonly service: string;
  readonly operation: string;
  readonly nth: number;
  readonly outcome: 'contained' | 'degraded' | 'not-contained';
  readonly subject: string;
  /** In what was not done. */
  readonly failed: RegExp;
  /** In what can be done. */
  readonly risk: RegExp;
  /** `family:revision` that the service is left at. */
  readonly left: 'clean' | 'accused';
  readonly suspended: boolean;
  readonly desired: number;
  readonly archived: boolean;
}

const accused = 'What is accused may still run, or be started again\\. ';
const startsAgain = 'so that it starts the accused version again\\. What was done before or beside it: suspended its';
const cases: readonly Refused[] = [
  {
    ...{ service: 'suspend', operation: 'RegisterScalableTarget', nth: 1 },
    ...{
      outcome: 'not-contained',
      subject: 'NOT contained',
      risk: new RegExp(`^${accused}The image can still be used`),
    },
    failed:
      /autoscaling of prod\/suspend: access denied .* so that it may change the count by itself\. .*: pointed it back/,
    ...{ left: 'clean', suspended: false, desired: 2, archived: false },
  },
  {
    ...{ service: 'resume', operation: 'RegisterScalableTarget', nth: 2 },
    ...{ outcome: 'degraded', subject: 'contained, NOT up again', risk: /what is clean does not run as it should/ },
    failed:
      /autoscaling of prod\/resume: access denied .* so that its autoscaling stays suspended\. .*: asked for 2 tasks/,
    ...{ left: 'clean', suspended: true, desired: 2, archived: true },
  },
  {
    ...{ service: 'point', operation: 'UpdateService', nth: 1 },
    ...{
      outcome: 'not-contained',
      subject: 'NOT contained',
      risk: new RegExp(`^${accused}The image can still be used`),
    },
    failed: new RegExp(`service prod/point: access denied .* ${startsAgain}`),
    ...{ left: 'accused', suspended: true, desired: 2, archived: false },
  },
  {
    ...{ service: 'start', operation: 'UpdateService', nth: 2 },
    ...{ outcome: 'degraded', subject: 'contained, NOT up again', risk: /what is clean does not run as it should/ },
    failed: /service prod\/start: access denied .* so that it is held at 1 of 2 tasks\. .*: put its autoscaling back/,
    ...{ left: 'clean', suspended: false, desired: 2, archived: true },
  },
  {
    ...{ service: 'stop', operation: 'StopTask', nth: 1 },
    ...{
      outcome: 'not-contained',
      subject: 'NOT contained',
      risk: new RegExp(`^${accused}The image can still be used`),
    },
    failed: /Stopping task\/prod\/\w+: access denied .* runs on unless .*: suspended .*with 1 of 2 tasks, stopped task/,
    ...{ left: 'clean', suspended: true, desired: 1, archived: false },
  },
  {
    ...{ service: 'copy', operation: 'RegisterTaskDefinition', nth: 1 },
    ...{
      outcome: 'not-contained',
      subject: 'NOT contained',
      risk: new RegExp(`^${accused}The image can still be used`),
    },
    failed: new RegExp(`Registering a copy of task-definition/copy:1 .*: access denied .* ${startsAgain}`),
    ...{ left: 'accused', suspended: true, desired: 2, archived: false },
  },
  {
    ...{ service: 'archive', operation: 'UpdateImageStorageClass', nth: 1 },
    ...{ outcome: 'not-contained', subject: 'NOT contained', risk: /^The image can still be used\. / },
    failed: /^FAILED ecr\.quarantine-image: Archiving shop\/archive@sha256:\w+: access denied/,
    ...{ left: 'clean', suspended: false, desired: 2, archived: false },
  },
];

let shop: Shop;
beforeAll(async () => {
  const breaker = { enable: true, rollback: true };
  shop = await openShop([
    ...cases.map(({ service }) => ({ name: service, autoscaled: true, breaker, movedTag: service === 'copy' })),
    { name: 'protected', protectedTasks: 1 },
  ]);
});
afterEach(() => relent(shop.stage));
afterAll(() => shop[Symbol.asyncDispose]());

/** Says undo, and finds the service as it was before. */
async function expectUndone(name: string): Promise<void> {
  expect((await shop.undo(serviceIncident(name))).kind).toBe('opened');
  await shop.stage.pass(40 * 60);
  expect(shop.onlyTold()).toMatchObject({ tier: 'notice', subject: expect.stringContaining(`prod/${name} undone,`) });
  expect(isArchived(shop, name)).toBe(false);
  expect(await shop.service(name)).toMatchObject({
    ...{ taskDefinition: `${name}:2`, desired: 2, digests: [accusedDigest(name)], rollout: 'COMPLETED' },
  });
  expect((await shop.show(serviceIncident(name))).outcome).toBe('undone');
}

describe('AWS denies one write call of a containment: one page says what stands and what is at risk; an undo brings it back', () => {
  it.each(cases)('$operation, call $nth', async (refused) => {
    const { service: name, operation, nth, left } = refused;
    faulty(shop, { from: 'act', operation, nth }, accessDenied);
    await shop.find(name, {});
    await shop.settle();

    const { tier, subject, body } = shop.onlyTold();
    expect(tier).toBe('page');
    expect(subject).toContain(`prod/${name} ${refused.subject},`);
    expect(part(body, 'What was not done, and why')).toMatch(refused.failed);
    expect(part(body, 'What you can do')).toMatch(refused.risk);
    expect(part(body, 'What you can do')).not.toContain('working hours');
    expect(part(body, 'How to undo')).toContain(`firebreak undo ${serviceIncident(name)}`);
    expect(await shop.show(serviceIncident(name))).toMatchObject({ state: 'resting', outcome: refused.outcome });

    const seen = await shop.service(name);
    expect(seen.taskDefinition.startsWith(`${name}:${left === 'clean' ? 1 : 2}`)).toBe(true);
    expect(seen.digests).toEqual([left === 'clean' ? cleanDigest(name) : accusedDigest(name)]);
    expect(seen.desired).toBe(refused.desired);
    expect(seen.scaling).toEqual({ min: 1, max: 6, suspended: refused.suspended });
    expect(isArchived(shop, name)).toBe(refused.archived);

    relent(shop.stage);
    await expectUndone(name);
    const after = await shop.service(name);
    expect(after.scaling).toEqual({ min: 1, max: 6, suspended: false });
    expect(after.breaker).toEqual({ enable: true, rollback: true });
  });

  it('UpdateTaskProtection: the task is stopped all the same, and so the service is contained', async () => {
    faulty(shop, { from: 'act', operation: 'UpdateTaskProtection' }, accessDenied);
    await shop.find('protected', {});
    await shop.settle();
    const { subject, body } = shop.onlyTold();
    expect(subject).toContain('prod/protected contained,');
    expect(part(body, 'What was done')).toMatch(
      /Taking the protection off task\/prod\/\w+: access denied .*, stopped task/,
    );
    expect(await shop.service('protected')).toMatchObject({ desired: 2, digests: [cleanDigest('protected')] });
    expect(isArchived(shop, 'protected')).toBe(true);
    relent(shop.stage);
    await expectUndone('protected');
  });
});
