import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plain, plainImages } from './plainImages.ts';
import type { Image } from './scan.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ world: plainImages });
});
afterAll(() => stage[Symbol.asyncDispose]());

const toldOf = ({ repository }: Image): readonly string[] =>
  stage.told().flatMap(({ body, subject, tier }) => (body.includes(repository) ? [`${tier} ${subject}`] : []));
const statusOf = ({ repository, digest }: Image) => stage.statuses(repository)[digest];
const archived = () => stage.calls('ecr:UpdateImageStorageClass');
const settled = async (): Promise<void> => {
  await stage.settle();
  await stage.pass(10 * 60);
};

describe('an image that is contained', () => {
  const image = plain('a');

  it('and delivered or scanned again, is not changed again, and nobody is told again', async () => {
    const scan = stage.scan(image);
    await settled();
    expect(stage.head(image).outcome).toBe('contained');
    const [made, told] = [archived(), toldOf(image)];
    expect(told).toHaveLength(1);
    for (const again of [
      () => stage.deliver(scan),
      () => stage.scan(image),
      () => stage.scan(image, { counts: { CRITICAL: 13 } }),
    ]) {
      again();
      await settled();
      expect(stage.head(image)).toMatchObject({ state: 'resting', outcome: 'contained', outbox: [] });
      expect(archived()).toBe(made);
      expect(toldOf(image)).toEqual(told);
    }
  });

  it('is put back once, however often that is asked for', async () => {
    expect((await stage.undo(image)).kind).toBe('opened');
    expect((await stage.undo(image)).kind).toBe('under-way');
    await settled();
    expect(stage.head(image)).toMatchObject({ state: 'resting', outcome: 'undone' });
    expect(statusOf(image)).toBe('ACTIVE');
    const told = toldOf(image);
    expect(told).toHaveLength(2);
    expect(told[1]).toMatch(/^notice NO ACTION: .*image-a undone,/);
    expect(await stage.undo(image)).toMatchObject({ kind: 'nothing' });
    await settled();
    expect(toldOf(image)).toEqual(told);
  });

  it('after that, is held on the next finding, which is told, and not contained again', async () => {
    const made = archived();
    stage.scan(image, { counts: { CRITICAL: 20 } });
    await settled();
    expect(stage.head(image)).toMatchObject({ state: 'resting', outcome: 'held' });
    expect(statusOf(image)).toBe('ACTIVE');
    expect(archived()).toBe(made);
    expect(toldOf(image).at(-1)).toMatch(/^notice NO ACTION: .*image-a held until you look,/);
    expect(stage.told().at(-1)?.body).toContain('It was undone by a person');
  });
});

describe('an undo while the run is at work', () => {
  const image = plain('b');

  it('turns it round: what was archived is put back, and the next finding is held', async () => {
    stage.scan(image);
    for (let step = 0; step < 500 && statusOf(image) === 'ACTIVE'; step += 1) await stage.pass(0.01);
    expect(statusOf(image)).toBe('ARCHIVED');
    expect(stage.head(image).state).toBe('running');
    expect((await stage.undo(image)).kind).toBe('opened');
    await settled();
    expect(stage.head(image)).toMatchObject({ state: 'resting', outcome: 'undone', outbox: [] });
    expect(statusOf(image)).toBe('ACTIVE');
    expect(toldOf(image).at(-1)).toMatch(/^notice NO ACTION: .*image-b undone,/);
    stage.scan(image, { counts: { CRITICAL: 20 } });
    await settled();
    expect(stage.head(image).outcome).toBe('held');
    expect(statusOf(image)).toBe('ACTIVE');
  });
});
