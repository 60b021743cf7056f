import type { World } from './schema.ts';

type WorldRepository = World['repositories'][number];
type WorldImage = WorldRepository['images'][number];

/** An image of a repository: an entry of the account file, or a platform that its indexes list. */
export type FlatImage = Omit<WorldImage, 'storageClass'> & { readonly archived: boolean };

/** Every image of a repository once: the entries, then the platforms that have no entry of their own. */
export function imagesOf({ images }: WorldRepository): readonly FlatImage[] {
  const entries = new Set(images.map(({ digest }) => digest));
  const platforms = new Set(images.flatMap((image) => image.platforms.map(({ digest }) => digest)));
  return [
    ...images.map(entry),
    ...[...platforms].filter((digest) => !entries.has(digest)).map((digest) => listed(digest, images)),
  ];
}

function entry({ storageClass, scan, ...image }: WorldImage): FlatImage {
  const archived = storageClass === 'ARCHIVE';
  // ECR scans the images of an index, not the index.
  return { ...image, archived, ...(scan === undefined || image.platforms.length > 0 ? {} : { scan }) };
}

/** A platform without an entry: pushed with its first index, pulled when any was, archived when all of them are. */
function listed(digest: string, images: readonly WorldImage[]): FlatImage {
  const indexes = images.filter(({ platforms }) => platforms.some((platform) => platform.digest === digest));
  const pulls = indexes.flatMap(({ lastPulledAt }) => lastPulledAt ?? []).sort(byTime);
  const lastPulledAt = pulls.at(-1);
  const scan = indexes.find((index) => index.scan !== undefined)?.scan;
  return {
    digest,
    tags: [],
    pushedAt: indexes.map(({ pushedAt }) => pushedAt).sort(byTime)[0] ?? '',
    platforms: [],
    exits: indexes.some(({ exits }) => exits === true),
    archived: indexes.every(({ storageClass }) => storageClass === 'ARCHIVE'),
    ...(lastPulledAt === undefined ? {} : { lastPulledAt }),
    ...(scan === undefined ? {} : { scan }),
  };
}

const byTime = (a: string, b: string): number => Date.parse(a) - Date.parse(b);
