import { expect, it } from 'vitest';
import { cellNamed } from '../../faults/cells.ts';
import { openGround } from '../../faults/ground.ts';
import { brokenIn, sampleOf } from '../../faults/sample.ts';

it('a scan survives what AWS does to it, and so does its undo: forty cells of the matrix', async () => {
  await using ground = await openGround({ only: ['quarantine', 'undo-quarantine'] });
  expect(await brokenIn(ground, sampleOf(ground, 40, 1))).toEqual({});
}, 600_000);

it('so does the patch of a host, one that fails, and a push of what is contained: thirty cells', async () => {
  const own = ['push-again', 'patch', 'patch-fails'];
  await using ground = await openGround({ only: ['quarantine', ...own] });
  const whole = own.map((name) => cellNamed(`${name}/nothing/1/none`));
  expect(await brokenIn(ground, [...whole, ...sampleOf(ground, 27, 1, own)])).toEqual({});
}, 600_000);
