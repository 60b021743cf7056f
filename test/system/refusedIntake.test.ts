import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { plain, plainImages } from './plainImages.ts';
import { noCapacity, refuse, relent } from './refusals.ts';
import { incidentOf } from './scan.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ world: plainImages });
});
afterEach(() => relent(stage));
afterAll(() => stage[Symbol.asyncDispose]());

const minutes = (n: number) => stage.pass(n * 60);
const inQueue = (id: string): number => stage.queue(id).messages.size;

describe('DynamoDB refuses intake', () => {
  it('for a while: the event waits in its queue and is then accepted, once', async () => {
    refuse(stage, { from: 'imageScan', service: 'dynamodb' }, noCapacity);
    stage.scan(plain('a'));
    await minutes(1);
    expect([stage.records(), stage.heads(), inQueue('ImageScanQueue')]).toEqual([[], [], 1]);
    relent(stage);
    await minutes(10);
    expect(stage.records()).toMatchObject([{ result: 'accepted', incident: incidentOf(plain('a')) }]);
    expect(stage.head(plain('a'))).toMatchObject({ state: 'resting', outcome: 'contained' });
    expect(stage.told().map(({ tier }) => tier)).toEqual(['digest']);
    expect(['ImageScanQueue', 'ImageScanDeadLetters'].map(inQueue)).toEqual([0, 0]);
  });

  it('in the middle of its writes: what is half done is finished, once', async () => {
    refuse(stage, { from: 'imageScan', operation: 'UpdateItem' }, noCapacity, 8);
    stage.scan(plain('b'));
    await minutes(20);
    const records = stage.records().filter(({ incident }) => incident === incidentOf(plain('b')));
    expect(records).toMatchObject([{ result: 'accepted' }]);
    expect(stage.head(plain('b'))).toMatchObject({ state: 'resting', outcome: 'contained' });
    expect(stage.told().filter(({ body }) => body.includes(plain('b').repository))).toHaveLength(1);
    expect(stage.calls('ecr:UpdateImageStorageClass')).toBe(2);
  });

  it('for ever: after five deliveries the event lies whole in the dead letters, and that pages', async () => {
    refuse(stage, { from: 'imageScan', service: 'dynamodb' }, noCapacity);
    const told = stage.told().length;
    const scan = stage.scan(plain('c'));
    await minutes(45);
    expect(inQueue('ImageScanQueue')).toBe(0);
    const [letter, ...more] = [...stage.queue('ImageScanDeadLetters').messages.values()];
    expect(more).toEqual([]);
    expect(JSON.parse(letter?.body ?? '')).toEqual(scan);
    expect(letter?.receiveCount).toBe(5);
    expect(stage.heads().map(({ incident }) => incident)).not.toContain(incidentOf(plain('c')));
    const [page, ...others] = stage.told().slice(told);
    expect(others).toEqual([]);
    expect(page).toMatchObject({ tier: 'page', subject: expect.stringContaining('image-scan-dead-letters') });
  });
});
