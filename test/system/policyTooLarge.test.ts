import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addFaults, removeFaults } from '../../sandbox/faults/set.ts';
import { plain, plainImages } from './plainImages.ts';
import type { Image } from './scan.ts';
import { openStage, type Stage } from './stage.ts';

const tooLarge = {
  service: 'sts',
  operation: 'AssumeRole',
  fault: 'refused',
  code: 'PackedPolicyTooLarge',
} as const;

const sentence =
  /STS packs the session policy of \d+ characters into more than it takes \(PackedPolicyTooLargeException\): the step must be split\n/;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ world: plainImages });
});
afterEach(() => removeFaults(stage.account));
afterAll(() => stage[Symbol.asyncDispose]());

/** What on-call hears of a scan of the image while sessions of one function are refused, ten minutes later still once. */
async function scanned(image: Image, from: string) {
  addFaults(stage.account, [{ ...tooLarge, function: from }]);
  stage.scan(image);
  await stage.settle();
  await stage.pass(10 * 60);
  const told = stage.told().filter(({ body }) => body.includes(image.repository));
  expect(told).toHaveLength(1);
  return { ...told[0], status: stage.statuses(image.repository)[image.digest], outcome: stage.head(image)?.outcome };
}

describe('a session policy that STS packs into more than it takes', () => {
  it('stops the step before it changes anything, and one page says why', async () => {
    const before = stage.calls('ecr:UpdateImageStorageClass');
    const { tier, subject, body, status, outcome } = await scanned(plain('a'), 'act');
    expect({ tier, status, outcome }).toEqual({ tier: 'page', status: 'ACTIVE', outcome: 'not-contained' });
    expect(subject).toMatch(/^GET UP: .*image-a NOT contained,/);
    expect(body).toMatch(new RegExp(`FAILED ecr\\.quarantine-image: ${sentence.source}`));
    expect(stage.calls('ecr:UpdateImageStorageClass')).toBe(before);
    // Not tried again: the same policy would be packed the same.
    expect(stage.calls('sts:AssumeRole', 'PackedPolicyTooLarge')).toBe(2);
  });

  it('when the change is to be read back: it is not taken to hold, and paged', async () => {
    const { tier, body, status, outcome } = await scanned(plain('b'), 'verify');
    expect({ tier, status, outcome }).toEqual({ tier: 'page', status: 'ARCHIVED', outcome: 'not-contained' });
    expect(body).toMatch(sentence);
  });

  it('when it is decided: held, and nothing is changed', async () => {
    const { body, status, outcome } = await scanned(plain('c'), 'decide');
    expect({ status, outcome }).toEqual({ status: 'ACTIVE', outcome: 'held' });
    expect(body).toMatch(sentence);
  });
});
