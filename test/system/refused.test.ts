import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { plain, plainImages } from './plainImages.ts';
import { accessDenied, refuse, relent } from './refusals.ts';
import type { Image } from './scan.ts';
import { openStage, type Stage, type Told } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ world: plainImages });
});
afterEach(() => relent(stage));
afterAll(() => stage[Symbol.asyncDispose]());

/** The one message about a scan of an image; ten minutes later there is still no other. */
async function toldOfScan(image: Image): Promise<Told> {
  stage.scan(image);
  await stage.settle();
  await stage.pass(10 * 60);
  const [only, ...more] = stage.told().filter(({ body }) => body.includes(image.repository));
  expect(more).toEqual([]);
  if (only === undefined) throw new Error(`Nobody was told of ${image.repository}`);
  return only;
}

describe('AWS denies the change', () => {
  it('one page says so, beside what was done; it is not tried again', async () => {
    refuse(stage, { from: 'act', operation: 'UpdateImageStorageClass' }, accessDenied);
    const { tier, subject, body } = await toldOfScan(plain('a'));
    expect(tier).toBe('page');
    expect(subject).toMatch(/^GET UP: .*image-a NOT contained,/);
    expect(body).toContain('evidence.capture: stored 4 files');
    expect(body).toMatch(/FAILED ecr\.quarantine-image: Archiving .*: access denied \(AccessDeniedException\)/);
    expect(stage.calls('ecr:UpdateImageStorageClass', 'AccessDeniedException')).toBe(1);
    expect(stage.statuses(plain('a').repository)).toEqual({ [plain('a').digest]: 'ACTIVE' });
    expect(stage.head(plain('a'))).toMatchObject({ state: 'resting', outcome: 'not-contained' });
  });
});

describe('AWS denies what must be read before anything is changed', () => {
  it.each([
    ['ListTasks', plain('b'), 'ECS tasks of cluster/prod', 'held until you look'],
    ['ListFunctions', plain('c'), 'Lambda functions', 'held until you look'],
    ['DescribeImages', plain('d'), `Reading plain/image-d@${plain('d').digest.slice(0, 19)}`, 'held until you look'],
    // What counts as protected is a person's to say.
    ['ListTagsForResource', plain('e'), 'the tags could not be read', 'waits for your approval'],
  ])('%s: held with the reason, and nothing is changed', async (operation, image, what, says) => {
    refuse(stage, { from: 'decide', operation }, accessDenied);
    const before = stage.calls('ecr:UpdateImageStorageClass');
    const { tier, subject, body } = await toldOfScan(image);
    expect(tier).toBe('notice');
    expect(subject).toContain(says);
    expect(body).toContain(`${what}: access denied (AccessDeniedException)`);
    expect(body).not.toMatch(/^ecr\.quarantine-image: /m);
    expect(stage.head(image)).toMatchObject({ state: 'resting', outcome: 'held' });
    expect(stage.calls('ecr:UpdateImageStorageClass')).toBe(before);
    expect(stage.statuses(image.repository)).toEqual({ [image.digest]: 'ACTIVE' });
  });
});
