import { describe, expect, it } from 'vitest';
import { shareOf } from '../share.ts';
import { worstDays } from '../system/removal/failure.ts';
import { packaged } from '../system/stage.ts';

/** Without any part of the template one of them or the demo fails: templateRemovals.test.ts. */
describe('on the worst days, with the whole template', () => {
  it.each(shareOf(worstDays))('$name', async ({ failure }) => {
    expect(await failure(packaged)).toBeNull();
  });
});
