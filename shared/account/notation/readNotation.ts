import * as z from 'zod';
import { download } from '../../platform/download.ts';
import { sha256Hex } from '../../platform/hash.ts';
import type { ImageReference } from '../imageReference.ts';
import { manifestAs, readManifests } from '../manifests.ts';
import { attempt, type Reads, type Unread } from '../reads.ts';
import { certificateHashes, rootOf } from './certificates.ts';
import { readEnvelope, type SignedEnvelope } from './envelope.ts';

/** Artifact type of a signature of Notation, which ECR's managed signing writes (Notary Project, "OCI Signatures"). */
export const notationType = 'application/vnd.cncf.notary.signature';

export interface RevocationQuestion {
  /** ARNs of the signing profiles that count; null: any. */
  readonly profiles: readonly string[] | null;
  /** SHA-256 of the root certificates that are trusted; null: nobody has named any. */
  readonly roots: readonly string[] | null;
}

/** One signature of Notation that hangs on an image, as far as it could be told. */
export type CheckedSignature =
  | {
      /** Its own. */
      readonly digest: string;
      /** `verified`: it is one of this image, by a wanted profile, and AWS Signer says of nothing in it that it was revoked. */
      readonly state: 'verified' | 'revoked';
      readonly profile: string;
      readonly job: string;
      /** ISO 8601. */
      readonly signedAt: string;
      /** Null: never. */
      readonly expiresAt: string | null;
      /** What of it was revoked: ARNs of a version of its profile and of its job; anything else is a certificate. */
      readonly revoked: readonly string[];
    }
  | {
      readonly digest: string;
      /** `not-counted`: it says nothing of this image that can be relied on. `not-read`: that could not be told. */
      readonly state: 'not-counted' | 'not-read';
      readonly why: string;
      readonly mayPass: boolean;
    };

/** What a signature must be one of. */
interface Wanted {
  /** Of the image. */
  readonly digest: string;
  readonly profiles: readonly string[];
  readonly roots: readonly string[] | null;
}

type Place = Pick<ImageReference, 'account' | 'region' | 'repository'>;

/** Whoever may push can attach any number: what is beyond this is not read, and no image passes that has more. */
const mostSignatures = 20;
/** An envelope is some kilobytes: three certificates and a signature. */
const limits = { mostBytes: 1_048_576, mostMs: 10_000 } as const;
const envelopeType = 'application/jose+json';
/** Of AWS Signer, for container images (aws/aws-signer-notation-plugin, internal/verifier). */
const platformId = 'Notation-OCI-SHA384-ECDSA';

const manifestShape = z.object({
  layers: z.array(z.object({ mediaType: z.string(), digest: z.string(), size: z.number() })).length(1),
});

const notCounted = (digest: string, why: string): CheckedSignature => ({
  ...{ digest, state: 'not-counted', why, mayPass: false },
});
const notRead = (digest: string, why: string, mayPass = false): CheckedSignature => ({
  ...{ digest, state: 'not-read', why, mayPass },
});

/**
 * Reads the signatures of Notation that hang on an image: each is verified by the certificates in it, and AWS Signer is asked whether its profile, its job or
 * a certificate was revoked (`signer:GetRevocationStatus`). What AWS refuses is in the signature's `why`; other errors go on.
 */
export async function readNotation(
  read: Reads,
  place: Place,
  digests: readonly string[],
  wanted: Wanted,
): Promise<readonly CheckedSignature[]> {
  if (wanted.profiles.length === 0) return [];
  const checked: CheckedSignature[] = [];
  for (const digest of digests.slice(0, mostSignatures)) checked.push(await readOne(read, place, digest, wanted));
  const beyond = digests[mostSignatures];
  return beyond === undefined
    ? checked
    : [...checked, notRead(beyond, `more than ${mostSignatures} signatures hang on the image`)];
}

async function readOne(read: Reads, place: Place, digest: string, wanted: Wanted): Promise<CheckedSignature> {
  const unread: Unread[] = [];
  const came = await attempt(unread, digest, async () => {
    const bytes = await readBlob(read, place, digest);
    return Buffer.isBuffer(bytes) ? await judge(read, place, digest, bytes.toString('utf8'), wanted) : bytes;
  });
  const [failure] = unread;
  return came ?? notRead(digest, failure?.why ?? '', failure?.mayPass);
}

/** The envelope of a signature: the one layer of its manifest. Both are what their digests say. */
async function readBlob(read: Reads, place: Place, digest: string): Promise<Buffer | CheckedSignature> {
  const { found, failed } = await readManifests(read, place, [digest]);
  const text = found.get(digest)?.text;
  if (text === undefined) return notRead(digest, `its manifest is not there (${failed.get(digest) ?? 'no answer'})`);
  if (`sha256:${sha256Hex(text)}` !== digest) return notRead(digest, 'its manifest is not the one of its digest');
  const [layer] = manifestAs(manifestShape, text)?.layers ?? [];
  if (layer === undefined) return notCounted(digest, 'its manifest does not have one envelope');
  if (layer.mediaType !== envelopeType)
    return notCounted(digest, 'its envelope is not of JWS, in which AWS Signer writes, and no other is read');
  const { client, GetDownloadUrlForLayerCommand } = await read.aws.ecr();
  const { downloadUrl = '' } = await client.send(
    new GetDownloadUrlForLayerCommand({
      registryId: place.account,
      repositoryName: place.repository,
      layerDigest: layer.digest,
    }),
    read.call,
  );
  const came = await download(downloadUrl, limits);
  if (came.bytes === null) return notRead(digest, `its envelope was not handed out: ${came.why}`, came.mayPass);
  if (`sha256:${sha256Hex(came.bytes)}` !== layer.digest)
    return notRead(digest, 'its envelope is not the one of its digest');
  return came.bytes;
}

async function judge(
  read: Reads,
  place: Place,
  digest: string,
  text: string,
  wanted: Wanted,
): Promise<CheckedSignature> {
  const signed = readEnvelope(text);
  if (signed.envelope === null) return notCounted(digest, signed.why);
  const { envelope } = signed;
  if (envelope.target !== wanted.digest) return notCounted(digest, 'it is a signature of another image');
  if (!wanted.profiles.includes(envelope.profile)) return notCounted(digest, 'it is not by a profile that counts');
  if (wanted.roots?.includes(rootOf(envelope.chain)) === false)
    return notCounted(digest, 'its certificates lead to no root that the settings trust');
  // AWS Signer keeps what was revoked where the profile is, and ECR signs by profiles of its own Region alone.
  if (regionOf(envelope.profile) !== place.region) return notRead(digest, 'its signing profile is of another Region');
  const revoked = await askSigner(read, envelope);
  const { profile, job, signedAt, expiresAt } = envelope;
  return {
    ...{ digest, state: revoked.length > 0 ? 'revoked' : 'verified', profile, job, revoked },
    ...{ signedAt: signedAt.toISOString(), expiresAt: expiresAt?.toISOString() ?? null },
  };
}

const regionOf = (arn: string): string | undefined => arn.split(':')[3];

/** What of a signature was revoked. An answer without a list has nothing in it, as AWS's own plugin takes it. */
async function askSigner(read: Reads, envelope: SignedEnvelope): Promise<readonly string[]> {
  const { client, GetRevocationStatusCommand } = await read.aws.signer();
  const { revokedEntities = [] } = await client.send(
    new GetRevocationStatusCommand({
      signatureTimestamp: envelope.signedAt,
      platformId,
      profileVersionArn: envelope.profileVersion,
      jobArn: envelope.job,
      certificateHashes: certificateHashes(envelope.chain),
    }),
    read.call,
  );
  return revokedEntities;
}
