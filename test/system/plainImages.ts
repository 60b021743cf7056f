import { type World, worldSchema } from '../../sandbox/world/schema.ts';
import type { Image } from './scan.ts';

const letters = [...'abcdef'] as const;
type Letter = 'a' | 'b' | 'c' | 'd' | 'e' | 'f';

/** One of six images that nothing runs, so that one account can meet one fault after the other. */
export const plain = (letter: Letter): Image => ({
  repository: `plain/image-${letter}`,
  digest: `sha256:${letter.repeat(64)}`,
});

/** Those images, and a cluster without a task. */
export const plainImages: World = worldSchema.parse({
  repositories: letters.map((letter) => ({
    name: `plain/image-${letter}`,
    images: [{ digest: `sha256:${letter.repeat(64)}`, tags: ['1.0'], scan: { CRITICAL: 12 } }],
  })),
  clusters: [{ name: 'prod' }],
});
