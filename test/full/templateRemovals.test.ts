import { describe, expect, it } from 'vitest';
import { shareOf } from '../share.ts';
import { failureWithout } from '../system/removal/failure.ts';
import { removalsOf } from '../system/removal/removals.ts';
import { packaged } from '../system/stage.ts';

const removals = removalsOf(packaged);

describe('the demo, or what must happen on the worst days, fails without any one thing that the template says', () => {
  it('goes through all of it', () => {
    expect(removals.length).toBeGreaterThan(200);
  });

  it.each(shareOf(removals))('$kind $name', async (removal) => {
    expect(await failureWithout(removal)).not.toBeNull();
  });
});
