import { describe, expect, it } from 'vitest';
import { environmentOf, firebreak } from './firebreak.ts';
import { healthy } from './healthy.ts';
import { openStage } from './stage.ts';

describe('firebreak doctor', () => {
  it('finds a stage in order', async () => {
    await using stage = await openStage({ world: healthy });
    await stage.pass(360);
    const ran = await firebreak(['doctor'], { env: environmentOf(stage.account) });
    console.log(ran.out, ran.err);
    expect(ran.exit).toBe(0);
  });
});
