import { expect } from 'vitest';
import type { AwsError } from '../../../sandbox/account.ts';
import { relent } from '../refusals.ts';
import { type Faulty, faulty, part } from './faulty.ts';
import { isArchived, openShop, type Shop, serviceIncident } from './shop.ts';
import { accusedDigest, cleanDigest } from './world.ts';

/** A write call of a containment that AWS refuses, and what comes of it. */
export interface Refused {
  readonly service: string;
  readonly operation: string;
  readonly nth: number;
  readonly outcome: 'contained' | 'degraded' | 'not-contained';
  readonly subject: string;
  /** In what was not done, whatever the reason. */
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
export const refusedWrites: readonly Refused[] = [
  {
    ...{ service: 'suspend', operation: 'RegisterScalableTarget', nth: 1 },
    ...{
      outcome: 'not-contained',
      subject: 'NOT contained',
      risk: new RegExp(`^${accused}The image can still be used`),
    },
    failed: /autoscaling of prod\/suspend: [^,]+, so that it may change the count by itself\. .*: pointed it back/,
    ...{ left: 'clean', suspended: false, desired: 2, archived: false },
  },
  {
    ...{ service: 'resume', operation: 'RegisterScalableTarget', nth: 2 },
    ...{ outcome: 'degraded', subject: 'contained, NOT up again', risk: /what is clean does not run as it should/ },
    failed: /autoscaling of prod\/resume: [^,]+, so that its autoscaling stays suspended\. .*: asked for 2 tasks/,
    ...{ left: 'clean', suspended: true, desired: 2, archived: true },
  },
  {
    ...{ service: 'point', operation: 'UpdateService', nth: 1 },
    ...{
      outcome: 'not-contained',
      subject: 'NOT contained',
      risk: new RegExp(`^${accused}The image can still be used`),
    },
    failed: new RegExp(`service prod/point: [^,]+, ${startsAgain}`),
    ...{ left: 'accused', suspended: true, desired: 2, archived: false },
  },
  {
    ...{ service: 'start', operation: 'UpdateService', nth: 2 },
    ...{ outcome: 'degraded', subject: 'contained, NOT up again', risk: /what is clean does not run as it should/ },
    failed: /service prod\/start: [^,]+, so that it is held at 1 of 2 tasks\. .*: put its autoscaling back/,
    ...{ left: 'clean', suspended: false, desired: 2, archived: true },
  },
  {
    ...{ service: 'stop', operation: 'StopTask', nth: 1 },
    ...{
      outcome: 'not-contained',
      subject: 'NOT contained',
      risk: new RegExp(`^${accused}The image can still be used`),
    },
    failed: /Stopping task\/prod\/\w+: [^,]+, so that it runs on unless .*: suspended .*with 1 of 2 tasks/,
    ...{ left: 'clean', suspended: true, desired: 1, archived: false },
  },
  {
    ...{ service: 'copy', operation: 'RegisterTaskDefinition', nth: 1 },
    ...{
      outcome: 'not-contained',
      subject: 'NOT contained',
      risk: new RegExp(`^${accused}The image can still be used`),
    },
    failed: new RegExp(`Registering a copy of task-definition/copy:1 .*: [^,]+, ${startsAgain}`),
    ...{ left: 'accused', suspended: true, desired: 2, archived: false },
  },
  {
    ...{ service: 'archive', operation: 'UpdateImageStorageClass', nth: 1 },
    ...{ outcome: 'not-contained', subject: 'NOT contained', risk: /^The image can still be used\. / },
    failed: /^FAILED ecr\.quarantine-image: Archiving shop\/archive@sha256:\w+: [^,]+$/m,
    ...{ left: 'clean', suspended: false, desired: 2, archived: false },
  },
];

/** An account with a service for each of them, and one whose task is protected. */
export const openRefusing = ({ seed = 1 } = {}): Promise<Shop> => {
  const breaker = { enable: true, rollback: true };
  const services = [
    ...refusedWrites.map(({ service: name }) => ({ name, autoscaled: true, breaker, movedTag: name === 'copy' })),
    { name: 'protected', protectedTasks: 1 },
  ];
  return openShop(services, { seed });
};

/** Says undo, and finds the service as it was before. */
export async function expectUndone(shop: Shop, name: string): Promise<void> {
  expect((await shop.undo(serviceIncident(name))).kind).toBe('opened');
  await shop.stage.pass(40 * 60);
  expect(shop.onlyTold()).toMatchObject({ tier: 'notice', subject: expect.stringContaining(`prod/${name} undone,`) });
  expect(isArchived(shop, name)).toBe(false);
  expect(await shop.service(name)).toMatchObject({
    ...{ taskDefinition: `${name}:2`, desired: 2, digests: [accusedDigest(name)], rollout: 'COMPLETED' },
  });
  expect((await shop.show(serviceIncident(name))).outcome).toBe('undone');
}

/**
 * A miner is found while AWS refuses these calls: one page says which step stands, which does not and what is at risk. Then AWS
 * answers again, and an undo brings back what stands.
 */
export async function expectTold(shop: Shop, refused: Refused, calls: Faulty, error: AwsError): Promise<void> {
  const { service: name, left } = refused;
  faulty(shop, calls, error);
  await shop.find(name, {});
  await shop.settle();
  await shop.stage.pass(20 * 60);

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
  await expectUndone(shop, name);
  const after = await shop.service(name);
  expect(after.scaling).toEqual({ min: 1, max: 6, suspended: false });
  expect(after.breaker).toEqual({ enable: true, rollback: true });
}
