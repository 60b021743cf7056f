import { expect, it } from 'vitest';
import { openGround } from '../faults/ground.ts';
import { brokenIn, sampleOf } from '../faults/sample.ts';
import { shareOf } from '../share.ts';

it('every incident survives what AWS does to it: four hundred cells of the matrix', async () => {
  await using ground = await openGround();
  expect(await brokenIn(ground, shareOf(sampleOf(ground, 400, 2)))).toEqual({});
});
