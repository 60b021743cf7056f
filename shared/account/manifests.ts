import * as z from 'zod';
import { parsedJson } from '../platform/json.ts';
import { inPartsOf, type Reads } from './reads.ts';
import { indexTypes, type Repository } from './repositoryImages.ts';

/** A manifest as ECR stores it. The text is never parsed and written again: its bytes are what the digest is made of. */
interface Manifest {
  readonly text: string;
  readonly mediaType: string;
}

export interface Manifests {
  readonly found: ReadonlyMap<string, Manifest>;
  /** By digest: ECR's failure code, e.g. `ImageNotFound`. */
  readonly failed: ReadonlyMap<string, string>;
}

// All four, because ECR resolves an index to one of its images for a client that does not accept indexes.
const accepted = [
  ...indexTypes,
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

/** The manifests of certain images, 100 a call. Errors are those of the SDK. */
export async function readManifests(
  read: Reads,
  repository: Repository,
  digests: readonly string[],
): Promise<Manifests> {
  const { client, BatchGetImageCommand } = await read.aws.ecr();
  const found = new Map<string, Manifest>();
  const failed = new Map<string, string>();
  for (const part of inPartsOf(100, digests)) {
    const answer = await client.send(
      new BatchGetImageCommand({
        registryId: repository.account,
        repositoryName: repository.repository,
        imageIds: part.map((imageDigest) => ({ imageDigest })),
        acceptedMediaTypes: accepted,
      }),
      read.call,
    );
    for (const image of answer.images ?? []) {
      if (image.imageId?.imageDigest === undefined || image.imageManifest === undefined) continue;
      const mediaType = image.imageManifestMediaType ?? 'application/json';
      found.set(image.imageId.imageDigest, { text: image.imageManifest, mediaType });
    }
    for (const failure of answer.failures ?? []) {
      if (failure.imageId?.imageDigest !== undefined) {
        failed.set(failure.imageId.imageDigest, failure.failureCode ?? 'unknown');
      }
    }
  }
  return { found, failed };
}

/** What a manifest says, as far as this shape asks for it; null when it is none of that shape. */
export const manifestAs = <T>(shape: z.ZodType<T>, text: string): T | null =>
  shape.safeParse(parsedJson(text)).data ?? null;

const indexShape = z.object({ manifests: z.array(z.object({ digest: z.string().regex(/^sha256:[0-9a-f]{64}$/) })) });

/**
 * All digests that an index lists; null when the text is no index. Attestations too: whoever pushes an index decides what
 * it calls one (platform `unknown/unknown`, an annotation), while ECR keeps every listed image active with its index.
 */
export function childrenOf(manifestText: string): readonly string[] | null {
  return manifestAs(indexShape, manifestText)?.manifests.map(({ digest }) => digest) ?? null;
}
