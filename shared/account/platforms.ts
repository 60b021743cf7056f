import * as z from 'zod';
import { manifestAs } from './manifests.ts';

/** An image that an index lists. */
export interface IndexPlatform {
  readonly digest: string;
  /** Null where the index does not say. */
  readonly os: string | null;
  readonly architecture: string | null;
}

const indexShape = z.object({
  manifests: z.array(
    z.object({
      digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
      platform: z.object({ os: z.string(), architecture: z.string() }).optional(),
    }),
  ),
});

/** No runtime is of a platform that is called unknown: BuildKit lists its attestations so, and nothing listed so is ever chosen. */
export const isAttestation = ({ os, architecture }: IndexPlatform): boolean =>
  os === 'unknown' && architecture === 'unknown';

/** What an index lists, each digest once; null when the text is no index. */
export function platformsOf(manifestText: string): readonly IndexPlatform[] | null {
  const index = manifestAs(indexShape, manifestText);
  if (index === null) return null;
  const all = index.manifests.map(({ digest, platform }) => ({
    digest,
    os: platform?.os ?? null,
    architecture: platform?.architecture ?? null,
  }));
  // Who may push can list one digest twice, once as an attestation: then it is what it is where it can run.
  const runs = (digest: string) => all.find((one) => one.digest === digest && !isAttestation(one));
  return all
    .filter(({ digest }, at) => all.findIndex((one) => one.digest === digest) === at)
    .map((one) => runs(one.digest) ?? one);
}
