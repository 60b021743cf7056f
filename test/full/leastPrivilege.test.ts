import { expect, it } from 'vitest';
import { check } from '../../tools/leastPrivilege/check.ts';
import { exceptions } from '../../tools/leastPrivilege/exceptions.ts';
import { linesOf } from '../../tools/leastPrivilege/print.ts';
import { isClean } from '../../tools/leastPrivilege/report.ts';
import { scenarios } from '../../tools/leastPrivilege/scenarios.ts';
import { bundles, packaged } from '../system/stage.ts';

/** As `npm run least-privilege`. */
it('everything that the template grants is used, and nothing is denied', async () => {
  const checked = await check({ template: packaged, bundles, scenarios, exceptions });
  expect(checked.failed).toEqual([]);
  expect(isClean(checked.report), linesOf(checked).join('\n')).toBe(true);
});
