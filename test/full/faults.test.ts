import { afterAll, beforeAll, expect, it } from 'vitest';
import { allCells, isBrokenPart } from '../faults/cells.ts';
import { type Ground, openGround } from '../faults/ground.ts';
import { brokenIn, sampleOf } from '../faults/sample.ts';
import { shareOf } from '../share.ts';

let ground: Ground;
beforeAll(async () => {
  ground = await openGround();
}, 600_000);
afterAll(() => ground[Symbol.asyncDispose]());

it('every incident survives what AWS does to it: four hundred cells of the matrix', async () => {
  expect(await brokenIn(ground, shareOf(sampleOf(ground, 400, 2)))).toEqual({});
});

it('the page comes while Decide, Act, Verify, Report or the table is broken: in every play', async () => {
  const parts = allCells(ground.baselines).filter(isBrokenPart);
  expect(new Set(parts.map(({ call }) => call)).size).toBe(5);
  expect(await brokenIn(ground, shareOf(parts))).toEqual({});
});
