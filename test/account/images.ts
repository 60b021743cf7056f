import { sha256Hex } from '../../shared/platform/hash.ts';

/** An image as a test describes it; its digest is that of its manifest. */
export interface TestImage {
  readonly digest: string;
  readonly manifest: string;
  readonly mediaType: string;
  status?: 'ACTIVE' | 'ARCHIVED' | 'ACTIVATING';
  tags?: string[];
  lastPull?: string;
  pushedAt?: string;
  archivedAt?: string;
  activatedAt?: string;
  subject?: string;
}

type Details = Omit<Partial<TestImage>, 'digest' | 'manifest' | 'mediaType'>;

const digestOf = (manifest: string): string => `sha256:${sha256Hex(manifest)}`;

/** A platform image; the label makes its content, and so its digest, different from others. */
export function image(label: string, details: Details = {}): TestImage {
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  // Odd spacing on purpose: evidence must keep the bytes, not the JSON.
  const manifest = `{ "schemaVersion": 2,\n  "mediaType": "${mediaType}",  "config": {"label": "${label}"} }`;
  return { digest: digestOf(manifest), manifest, mediaType, ...details };
}

/** The provenance of an index over these images, which names them, so that no other index lists it. */
export const attestation = (children: readonly TestImage[]): TestImage =>
  image(`provenance of ${children.map(({ digest }) => digest).join()}`);

/** An image as BuildKit lists an attestation: what an index says of it. */
const asAttestation = ({ digest }: TestImage): object => ({
  digest,
  platform: { os: 'unknown', architecture: 'unknown' },
  annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
});

/** An index over images, with an attestation beside them as BuildKit writes it: their provenance, unless another is given. */
export function index(
  children: readonly TestImage[],
  details: Details = {},
  attested: TestImage = attestation(children),
): TestImage {
  const mediaType = 'application/vnd.oci.image.index.v1+json';
  const platforms = ['amd64', 'arm64', 'riscv64'];
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType,
    manifests: [
      ...children.map((child, at) => ({
        mediaType: child.mediaType,
        digest: child.digest,
        platform: { os: 'linux', architecture: platforms[at] ?? 'any' },
      })),
      asAttestation(attested),
    ],
  });
  return { digest: digestOf(manifest), manifest, mediaType, ...details };
}
