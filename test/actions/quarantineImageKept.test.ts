import { expect, test } from 'vitest';
import { quarantineImage as action } from '../../shared/actions/quarantineImage/quarantineImage.ts';
import type { TestImage } from '../account/images.ts';
import { arm, observed, target, world } from './quarantineWorld.ts';

const planned = async (...tags: readonly string[]) => {
  const tagged = (image: TestImage): TestImage => (image.digest === arm.digest ? { ...image, tags: [...tags] } : image);
  const seen = await observed(world({ images: world().images.map(tagged) }));
  return action.plan(target, {}, seen, { quietPullDays: 7 });
};
const kept = `firebreak-keep-${arm.digest.slice('sha256:'.length, 'sha256:'.length + 12)}`;

test('a tag that keeps another platform from a lifecycle policy is no tag of its own: the index is archived all the same', async () => {
  expect(await planned(kept)).toMatchObject({ kind: 'step' });
  expect(await planned(kept, 'release-1.0')).toMatchObject({
    kind: 'hold',
    reason: expect.stringContaining('(tagged release-1.0)'),
  });
});
