import { describe, expect, it } from 'vitest';
import { worstDays } from '../system/removal/failure.ts';
import { packaged } from '../system/stage.ts';

/** Without any part of the template one of them or the demo fails: templateRemovals.test.ts. */
describe('on the worst days, with the whole template', () => {
  it.each(worstDays)('$name', async ({ failure }) => {
    expect(await failure(packaged)).toBeNull();
  });
});
