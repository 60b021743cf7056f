import { expect, it } from 'vitest';
import { cellNamed } from '../../faults/cells.ts';
import { openGround } from '../../faults/ground.ts';
import { brokenIn, sampleOf } from '../../faults/sample.ts';

/** With everything, test/full/faults.test.ts takes four hundred of the whole matrix. */
const full = process.env['FIREBREAK_FULL'] === '1';

it.skipIf(full)(
  'a scan survives what AWS does to it, and so does its undo: forty cells of the matrix',
  async () => {
    await using ground = await openGround({ only: ['quarantine', 'undo-quarantine'] });
    expect(await brokenIn(ground, sampleOf(ground, 40, 1))).toEqual({});
  },
  600_000,
);

it.skipIf(full)(
  'so does the patch of a host, one that fails, and a push of what is contained: thirty cells',
  async () => {
    const own = ['push-again', 'patch', 'patch-fails'];
    await using ground = await openGround({ only: ['quarantine', ...own] });
    const whole = own.map((name) => cellNamed(`${name}/nothing/1/none`));
    expect(await brokenIn(ground, [...whole, ...sampleOf(ground, 27, 1, own)])).toEqual({});
  },
  600_000,
);
