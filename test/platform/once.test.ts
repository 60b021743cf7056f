import { expect, it } from 'vitest';
import { once } from '../../shared/platform/once.ts';

it('makes a thing once, for whoever asks at the same time too', async () => {
  let made = 0;
  const get = once(async () => ({ number: ++made }));
  const [one, other] = await Promise.all([get(), get()]);
  expect(one).toBe(other);
  expect(await get()).toBe(one);
  expect(made).toBe(1);
});

it('does not keep a failure: a warm function would fail for ever', async () => {
  let asked = 0;
  const get = once(async () => {
    asked += 1;
    if (asked === 1) throw new Error('not yet');
    return asked;
  });
  await expect(get()).rejects.toThrow('not yet');
  expect(await get()).toBe(2);
});
