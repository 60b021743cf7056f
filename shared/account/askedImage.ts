import type { ReportedScan } from '../finding/imageScan/reported.ts';
import type { ImageReference } from './imageReference.ts';
import { readManifests } from './manifests.ts';
import type { RevocationQuestion } from './notation/readNotation.ts';
import { type IndexPlatform, isAttestation, platformsOf } from './platforms.ts';
import { attempt, type Reads, type Unread } from './reads.ts';
import { type ImageStatus, type RepositoryImage, readOneImage, readSomeImages } from './repositoryImages.ts';
import { readScanResult, readScanStatus } from './scanResult.ts';
import { readSignatures, type Signatures } from './signatures.ts';

/** An image that can run: the one that was named, or one that its index lists. */
export interface RunnableImage extends IndexPlatform {
  /** Null: it is not in the repository. */
  readonly status: ImageStatus | null;
  /** Its own, and not those of its index: as an event about it has them. */
  readonly tags: readonly string[];
  /** Null where it was not read: see `unread`, or it is archived and has none. */
  readonly scan: ReportedScan | null;
}

/** All that was asked of one image in Amazon ECR. */
export interface AskedImage {
  /** Null: it is not there, or it could not be read (`unread`). */
  readonly image: RepositoryImage | null;
  /** ECR's word for what is not there. */
  readonly missing: 'image' | 'repository' | null;
  /** Empty where the image cannot be read, or where its index lists nothing that can run. */
  readonly runnable: readonly RunnableImage[];
  /** Digests that an index lists and that no runtime chooses: BuildKit's attestations. */
  readonly leftOut: readonly string[];
  /** Null where they were not asked for, or not read. */
  readonly signatures: Signatures | null;
  readonly unread: readonly Unread[];
}

export interface Questions {
  /** Whether ECR is asked for the image's signatures, and for those that others attached. */
  readonly signatures: 'none' | 'managed' | 'attached';
  /** Whether the signatures that ECR made were revoked. Absent: that is not asked. */
  readonly revocation?: RevocationQuestion;
  /** `status`: how its scan is and how much it found, and not what. Absent: all of it. */
  readonly scan?: 'status';
}

const nothing = { image: null, runnable: [], leftOut: [], signatures: null } as const;

/** Reads an image as a deployment names it. What AWS refuses is in `unread`; other errors go on. */
export async function readAskedImage(
  read: Reads,
  reference: ImageReference,
  { signatures, revocation, scan: wanted }: Questions,
): Promise<AskedImage> {
  const unread: Unread[] = [];
  const found = await attempt(unread, 'the image', () => readOneImage(read, reference));
  if (found === null) return { ...nothing, missing: null, unread };
  if ('missing' in found) return { ...nothing, missing: found.missing, unread };
  const { account, region, repository } = reference;
  const place = { account, region, repository };
  const image = found;
  const { listed, leftOut } = await readRunnable(read, unread, place, image);
  const readScan = wanted === 'status' ? readScanStatus : readScanResult;
  const runnable: RunnableImage[] = [];
  for (const one of listed) {
    const scan =
      one.status === 'ACTIVE'
        ? await attempt(unread, `the scan of ${one.digest}`, () => readScan(read, { ...place, digest: one.digest }))
        : null;
    runnable.push({ ...one, scan });
  }
  const signed =
    signatures === 'none'
      ? null
      : await attempt(unread, 'its signatures', () =>
          readSignatures(
            read,
            { ...place, digest: image.digest },
            { attached: signatures === 'attached', revocation: revocation ?? null },
          ),
        );
  return { image, missing: null, runnable, leftOut, signatures: signed, unread };
}

interface Listed {
  readonly listed: readonly Omit<RunnableImage, 'scan'>[];
  readonly leftOut: readonly string[];
}

/** The image itself; of an index what it lists, whose manifest only an active one hands out. */
async function readRunnable(
  read: Reads,
  unread: Unread[],
  place: Pick<ImageReference, 'account' | 'region' | 'repository'>,
  { digest, kind, status, tags }: RepositoryImage,
): Promise<Listed> {
  if (kind === 'image') return { listed: [{ digest, os: null, architecture: null, status, tags }], leftOut: [] };
  if (status !== 'ACTIVE') return { listed: [], leftOut: [] };
  const what = 'what its index lists';
  const all = await attempt(unread, what, async () => {
    const { found, failed } = await readManifests(read, place, [digest]);
    const platforms = platformsOf(found.get(digest)?.text ?? '');
    if (platforms === null) {
      unread.push({ place: what, why: `its manifest is none that can be read (${failed.get(digest) ?? 'no index'})` });
      return null;
    }
    const images = await readSomeImages(
      read,
      place,
      platforms.map((one) => one.digest),
    );
    return platforms.map((one) => {
      const known = images.get(one.digest);
      return { ...one, status: known?.status ?? null, tags: known?.tags ?? [] };
    });
  });
  if (all === null) return { listed: [], leftOut: [] };
  return {
    listed: all.filter((one) => !isAttestation(one)),
    leftOut: all.filter(isAttestation).map((one) => one.digest),
  };
}
