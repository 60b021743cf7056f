import { expect, it } from 'vitest';
import { shutWith } from './decided.ts';
import { Lab } from './model/lab.ts';

/** Contained; then the action would hold it, and says whether what stands is all that is asked for. */
async function heldLater(more: boolean) {
  const lab = new Lab();
  await lab.takeIn();
  await lab.run();
  shutWith(lab, {
    plan: () => ({ kind: 'hold', reason: 'it has another flaw', seen: [] }),
    asksMore: () => more,
  });
  const { seq } = await lab.head();
  await lab.takeIn({ id: `event-${seq + 1}`, critical: seq + 4, second: 9 + seq });
  return lab.decide();
}

it('what stands is read back where an action would not do it again now', async () => {
  expect(await heldLater(false)).toMatchObject({ decision: 'contain' });
});

it('what stands is not taken for done where more is asked for: that is held', async () => {
  expect(await heldLater(true)).toMatchObject({ decision: 'hold' });
});
