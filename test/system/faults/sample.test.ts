import { expect, it } from 'vitest';
import { openGround } from '../../faults/ground.ts';
import { brokenIn, sampleOf } from '../../faults/sample.ts';

it('a scan survives what AWS does to it, and so does its undo: forty cells of the matrix', async () => {
  await using ground = await openGround({ only: ['quarantine', 'undo-quarantine'] });
  expect(await brokenIn(ground, sampleOf(ground, 40, 1))).toEqual({});
}, 600_000);
