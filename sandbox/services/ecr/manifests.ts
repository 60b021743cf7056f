import { createHash } from 'node:crypto';
import * as z from 'zod';
import { AwsError } from '../../account.ts';

export const imageManifestType = 'application/vnd.oci.image.manifest.v1+json';
export const imageIndexType = 'application/vnd.oci.image.index.v1+json';
export const imageConfigType = 'application/vnd.oci.image.config.v1+json';

/** Media types of a manifest that lists others, one for each platform. */
export const indexTypes: readonly string[] = [
  imageIndexType,
  'application/vnd.docker.distribution.manifest.list.v2+json',
];

export const digestOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

const LAYER_BYTES = 32_654;

/** A manifest in the form that a registry keeps. Its layers are named after the digest: there are no layer bytes here. */
export const imageManifest = (digest: string): string =>
  JSON.stringify({
    schemaVersion: 2,
    mediaType: imageManifestType,
    config: { mediaType: imageConfigType, digest: digestOf(`config ${digest}`), size: 7023 },
    layers: [
      {
        mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
        digest: digestOf(`layer ${digest}`),
        size: LAYER_BYTES,
      },
    ],
  });

export const imageIndex = (
  platforms: readonly { readonly digest: string; readonly os: string; readonly architecture: string }[],
): string =>
  JSON.stringify({
    schemaVersion: 2,
    mediaType: imageIndexType,
    manifests: platforms.map(({ digest, os, architecture }) => ({
      mediaType: imageManifestType,
      digest,
      size: Buffer.byteLength(imageManifest(digest)),
      platform: { architecture, os },
    })),
  });

/** Type and manifest of an artifact that hangs on an image and is one file: a signature. */
export const attachedManifest = (
  artifactType: string,
  subject: { readonly digest: string; readonly mediaType: string; readonly size: number },
  layer: { readonly mediaType: string; readonly text: string },
): string =>
  JSON.stringify({
    schemaVersion: 2,
    mediaType: imageManifestType,
    artifactType,
    config: { mediaType: 'application/vnd.oci.empty.v1+json', digest: digestOf('{}'), size: 2 },
    layers: [{ mediaType: layer.mediaType, digest: digestOf(layer.text), size: Buffer.byteLength(layer.text) }],
    subject,
  });

/** Digests of a manifest's layers. */
export function layersOf(manifest: string): readonly string[] {
  const { layers = [] } = written.parse(JSON.parse(manifest));
  return layers.flatMap(({ digest }) => digest ?? []);
}

const written = z.object({
  mediaType: z.string().optional(),
  artifactType: z.string().optional(),
  subject: z.object({ digest: z.string() }).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
  config: z.object({ mediaType: z.string() }).optional(),
  layers: z.array(z.object({ size: z.number(), digest: z.string().optional() })).optional(),
  manifests: z
    .array(
      z.object({
        digest: z.string(),
        platform: z.object({ architecture: z.string(), os: z.string() }).optional(),
      }),
    )
    .optional(),
});

export interface ReadManifest {
  readonly mediaType: string;
  readonly artifactMediaType: string | undefined;
  readonly platforms: readonly { readonly digest: string; readonly os?: string; readonly architecture?: string }[];
  /** Of a signature or another attachment: the image that it is about. */
  readonly subject?: string;
  readonly annotations?: { readonly [key: string]: string };
  /** Sum of the layers; 0 for an index. */
  readonly sizeInBytes: number;
}

/** Reads a manifest as pushed. Throws AwsError InvalidParameterException when it is none, or says no media type. */
export function readManifest(text: string, mediaType: string | undefined): ReadManifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  const parsed = written.safeParse(value);
  const type = parsed.data?.mediaType ?? mediaType;
  if (!parsed.success || type === undefined) {
    throw new AwsError(
      'InvalidParameterException',
      "Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'Invalid JSON syntax, or no media type'",
    );
  }
  const { artifactType, config, layers = [], manifests = [], subject, annotations } = parsed.data;
  return {
    mediaType: type,
    artifactMediaType: artifactType ?? config?.mediaType,
    platforms: manifests.map(({ digest, platform }) => ({ digest, ...platform })),
    ...(subject === undefined ? {} : { subject: subject.digest }),
    ...(annotations === undefined ? {} : { annotations }),
    sizeInBytes: layers.reduce((sum, layer) => sum + layer.size, 0),
  };
}
