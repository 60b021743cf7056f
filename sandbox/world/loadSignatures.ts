import type { Account } from '../account.ts';
import { attachedManifest, digestOf, imageManifestType } from '../services/ecr/manifests.ts';
import type { Repository, StoredImage } from '../services/ecr/state.ts';
import { leafHash } from '../services/signer/chain.ts';
import { signedEnvelope } from '../services/signer/envelope.ts';
import { jobArn, signerState, versionOf } from '../services/signer/state.ts';
import type { World } from './schema.ts';

type Given = NonNullable<World['repositories'][number]['images'][number]['signing']>[number];

/** Hangs on an image what ECR's managed signing made of it, for each status that names its job, and tells AWS Signer what of it was revoked. */
export function attachSignatures(
  account: Account,
  repository: Repository,
  image: StoredImage,
  signing: readonly Given[] = [],
): void {
  for (const given of signing) {
    if (given.job === undefined) continue;
    const signedAt = given.signedAt === undefined ? image.pushedAt : Date.parse(given.signedAt);
    const signature = {
      ...{ target: image.digest, profileVersion: versionOf(given.profile), job: jobArn(account, given.job), signedAt },
      ...(given.expiresAt === undefined ? {} : { expiresAt: Date.parse(given.expiresAt) }),
    };
    attach(repository, image, signedEnvelope(signature), signedAt);
    const { jobs, profileVersions, certificates } = signerState(account);
    jobs.set(signature.job, given.revoked === 'job' ? { revokedFrom: signedAt } : {});
    if (given.revoked === 'profile') profileVersions.set(signature.profileVersion, signedAt);
    if (given.revoked === 'certificate') certificates.set(leafHash, signedAt);
  }
}

function attach(repository: Repository, image: StoredImage, text: string, pushedAt: number): void {
  const { digest: subject, mediaType, manifest: own } = image;
  const artifactMediaType = 'application/vnd.cncf.notary.signature';
  const manifest = attachedManifest(
    artifactMediaType,
    { digest: subject, mediaType, size: Buffer.byteLength(own) },
    { mediaType: 'application/jose+json', text },
  );
  const digest = digestOf(manifest);
  repository.layers.set(digestOf(text), text);
  repository.images.set(digest, {
    ...{ digest, tags: new Set<string>(), mediaType: imageManifestType, artifactMediaType, manifest, platforms: [] },
    ...{ sizeInBytes: Buffer.byteLength(text), subject, pushedAt, status: image.status },
  });
}
