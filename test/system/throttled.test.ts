import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { executionFigures } from '../../sandbox/services/states/store.ts';
import { plain, plainImages } from './plainImages.ts';
import { refuse, relent, slowDown } from './refusals.ts';
import type { Image } from './scan.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ world: plainImages });
});
afterEach(() => relent(stage));
afterAll(() => stage[Symbol.asyncDispose]());

const toldOf = ({ repository }: Image) => stage.told().filter(({ body }) => body.includes(repository));
const active = ({ repository }: Image): boolean =>
  Object.values(stage.statuses(repository)).every((status) => status === 'ACTIVE');
/** How often the state machine called a function again, in all runs. */
const retries = (): number =>
  stage.executions().reduce((sum, { arn }) => sum + executionFigures(stage.account, arn).retries, 0);
const changesAsked = (): number => stage.account.trail.filter(({ action }) => action === change).length;

const change = 'ecr:UpdateImageStorageClass';
/** The SDK's attempts in one call of a function. */
const attempts = 3;
/** Of Act, by the state machine. */
const calls = 6;

describe('ECR throttles the change', () => {
  it('for a while: Act is called again, the image is contained, and nobody is woken', async () => {
    refuse(stage, { from: 'act', operation: 'UpdateImageStorageClass' }, slowDown, 2 * attempts);
    stage.scan(plain('a'));
    await stage.settle();
    expect(retries()).toBe(2);
    expect(stage.head(plain('a'))).toMatchObject({ state: 'resting', outcome: 'contained' });
    expect(toldOf(plain('a')).map(({ tier }) => tier)).toEqual(['digest']);
  });

  it('for ever: after so many attempts one page says what was and was not done, and why', async () => {
    const [before, asked] = [retries(), changesAsked()];
    refuse(stage, { from: 'act', operation: 'UpdateImageStorageClass' }, slowDown);
    stage.scan(plain('b'));
    await stage.settle();
    await stage.pass(20 * 60);
    expect(retries() - before).toBe(calls - 1);
    expect(changesAsked() - asked).toBe(calls * attempts);
    expect(stage.head(plain('b'))).toMatchObject({ state: 'resting', outcome: 'not-contained', outbox: [] });
    expect(active(plain('b'))).toBe(true);

    const [page, ...more] = toldOf(plain('b'));
    expect(more).toEqual([]);
    expect(page).toMatchObject({ tier: 'page', subject: expect.stringMatching(/^GET UP: .*image-b NOT contained,/) });
    const [done = '', notDone = ''] = page?.body.split('What was not done, and why') ?? [];
    expect(done).toContain('evidence.capture: stored 4 files');
    expect(notDone).toMatch(
      /FAILED ecr\.quarantine-image: Archiving .*AWS asked us to slow down \(ThrottlingException\)/,
    );
    expect(notDone).not.toContain('evidence.capture');
  });

  it('and lets go: the next finding contains the image, and an undo puts it back', async () => {
    stage.scan(plain('b'), { counts: { CRITICAL: 13 } });
    await stage.settle();
    expect(stage.head(plain('b')).outcome).toBe('contained');
    expect(active(plain('b'))).toBe(false);
    expect((await stage.undo(plain('b'))).kind).toBe('opened');
    await stage.settle();
    expect(stage.head(plain('b')).outcome).toBe('undone');
    expect(active(plain('b'))).toBe(true);
  });
});

describe('AWS throttles what Decide reads', () => {
  it('for a while: Decide is called again, and nothing is held for it', async () => {
    const before = retries();
    refuse(stage, { from: 'decide', operation: 'ListTasks' }, slowDown, 2 * attempts);
    refuse(stage, { from: 'decide', operation: 'ListTagsForResource' }, slowDown, attempts);
    stage.scan(plain('c'));
    await stage.settle();
    expect(retries() - before).toBeGreaterThanOrEqual(2);
    expect(stage.head(plain('c')).outcome).toBe('contained');
    expect(toldOf(plain('c')).map(({ tier }) => tier)).toEqual(['digest']);
  });

  it('for ever: held once, with the place and the reason, and nothing is changed', async () => {
    refuse(stage, { from: 'decide', operation: 'ListTasks' }, slowDown);
    stage.scan(plain('d'));
    await stage.settle();
    await stage.pass(20 * 60);
    expect(stage.head(plain('d'))).toMatchObject({ state: 'resting', outcome: 'held', outbox: [] });
    expect(active(plain('d'))).toBe(true);
    const [held, ...more] = toldOf(plain('d'));
    expect(more).toEqual([]);
    expect(held).toMatchObject({ tier: 'notice', subject: expect.stringContaining('image-d held until you look') });
    expect(held?.body).toContain('ECS tasks of cluster/prod: AWS asked us to slow down (ThrottlingException)');
    expect(stage.executions().map(({ status }) => status)).not.toContain('FAILED');
  });
});

describe('AWS throttles reading back for ever', () => {
  it('one page says that it was done and could not be read back', async () => {
    refuse(stage, { from: 'verify', service: 'ecr' }, slowDown);
    stage.scan(plain('e'));
    await stage.settle();
    await stage.pass(20 * 60);
    expect(stage.head(plain('e'))).toMatchObject({ state: 'resting', outcome: 'not-contained', outbox: [] });
    const [page, ...more] = toldOf(plain('e'));
    expect(more).toEqual([]);
    expect(page?.tier).toBe('page');
    expect(page?.body).toMatch(/FAILED ecr\.quarantine-image: it was done, but it could not be read back\./);
    expect(page?.body).toMatch(/Read back .* \(unread\): Reading .*AWS asked us to slow down/);
  });
});
