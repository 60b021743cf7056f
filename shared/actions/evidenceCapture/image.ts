import { type ImageGraph, readImageGraph } from '../../account/imageGraph.ts';
import { readManifests } from '../../account/manifests.ts';
import type { ImageStatus } from '../../account/repositoryImages.ts';
import { sha256Hex } from '../../platform/hash.ts';
import type { ActContext } from '../contract.ts';
import { type ImageTarget, imageName, repositoryOf } from '../targets/imageTarget.ts';
import { type Collection, collect, json, type Piece, storeFindings } from './collection.ts';
import { readScan } from './scan.ts';

/**
 * Stores, one after the other: the findings; the graph (tags, status, who ran it); every manifest of the image's set,
 * byte for byte; the scan result.
 */
export const captureImage = (target: ImageTarget, context: ActContext): Promise<string> =>
  collect(target, imageName(target), context, async (collection) => {
    await storeFindings(collection, context);
    const { digest } = target;
    if (digest !== null) return captureDigest(collection, target, digest);
    return collection.piece('the image', async ({ lacks }) => lacks('the image', 'the finding names no digest'));
  });

async function captureDigest({ piece }: Collection, target: ImageTarget, digest: string): Promise<void> {
  const place = { ...repositoryOf(target), digest };
  let graph: ImageGraph | undefined;
  await piece('who ran it', async ({ read, store, lacks }) => {
    graph = await readImageGraph(read, place);
    await store('graph.json', json(graph));
    for (const { place: what, why } of graph.unread) lacks(what, why);
  });
  await piece('the manifests', async (piece) => {
    const statuses = new Map(graph?.images.map((image) => [image.digest, image.status]));
    const digests = statuses.size === 0 ? [digest] : [...statuses.keys()];
    const manifests = await readManifests(piece.read, place, digests);
    for (const one of digests) {
      const manifest = manifests.found.get(one);
      if (manifest === undefined) noteUnobtained(piece, one, statuses.get(one), manifests.failed.get(one));
      else await storeImageManifest(piece, one, manifest);
    }
  });
  await piece('the scan result', async ({ read, store }) => {
    await store('scan.json', json(await readScan(read, place)));
  });
}

/** Bytes that do not hash to their digest are evidence too: kept, and the list says so. */
export async function storeImageManifest(
  { store, remark }: Piece,
  digest: string,
  { text, mediaType }: { readonly text: string; readonly mediaType: string },
): Promise<void> {
  await store(`image-${digest.replace(':', '-')}.json`, text, mediaType);
  if (`sha256:${sha256Hex(text)}` !== digest) remark(`manifest ${digest} has bytes of another digest`);
}

/** Of an archived image ECR hands out no manifest: when a contained incident is looked at again, that is no miss. */
function noteUnobtained(
  { lacks, remark }: Piece,
  digest: string,
  status: ImageStatus | undefined,
  failure = 'ECR did not answer for it',
): void {
  const what = `manifest ${digest}`;
  if (status === undefined || status === 'ACTIVE') lacks(what, failure);
  else remark(`${what} is not to be had while the image is ${status} (${failure})`);
}
