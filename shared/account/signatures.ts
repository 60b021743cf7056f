import { everyPage, type Reads } from './reads.ts';
import type { Repository } from './repositoryImages.ts';

/** What ECR's managed signing came to by one signing profile. */
export interface ManagedSignature {
  readonly profile: string;
  /** ECR's word: COMPLETE, IN_PROGRESS or FAILED. */
  readonly status: string;
  /** ECR's code for why it failed. */
  readonly failure: string | null;
}

/** A signature that somebody attached to the image. Nobody has verified it: whoever may push can attach one. */
export interface AttachedSignature {
  readonly digest: string;
  readonly type: string;
}

export interface Signatures {
  readonly managed: readonly ManagedSignature[];
  /** Null where nobody asked for them. */
  readonly attached: readonly AttachedSignature[] | null;
}

/**
 * Artifact types of signatures: Notation (Notary Project, "OCI Signatures"), which ECR's managed signing writes as well, and Cosign's, of Sigstore
 * (bundles carry their version in the type).
 */
const signatureTypes: readonly RegExp[] = [
  /^application\/vnd\.cncf\.notary\.signature$/,
  /^application\/vnd\.dev\.sigstore\.bundle\.v\d+(?:\.\d+)*\+json$/,
  /^application\/vnd\.dev\.cosign\.artifact\.sig\.v1\+json$/,
];

/**
 * Who signed an image, as ECR says it. Its referrers are read only where `attached` asks for them: IAM wants ecr:BatchGetImage for that.
 * Errors are those of the SDK.
 */
export async function readSignatures(
  read: Reads,
  { account, repository, digest }: Repository & { readonly digest: string },
  attached: boolean,
): Promise<Signatures> {
  const { client, DescribeImageSigningStatusCommand, ListImageReferrersCommand } = await read.aws.ecr();
  const about = { registryId: account, repositoryName: repository };
  const { signingStatuses = [] } = await client.send(
    new DescribeImageSigningStatusCommand({ ...about, imageId: { imageDigest: digest } }),
    read.call,
  );
  const managed = signingStatuses.map(({ signingProfileArn = '', status = 'UNKNOWN', failureCode = null }) => ({
    profile: signingProfileArn,
    status,
    failure: failureCode,
  }));
  if (!attached) return { managed, attached: null };
  const pages = await everyPage(
    (nextToken) =>
      client.send(
        new ListImageReferrersCommand({ ...about, subjectId: { imageDigest: digest }, maxResults: 50, nextToken }),
        read.call,
      ),
    (page) => page.nextToken,
  );
  return {
    managed,
    attached: pages
      .flatMap(({ referrers = [] }) => referrers)
      .filter(({ artifactType = '' }) => signatureTypes.some((type) => type.test(artifactType)))
      .map(({ digest: own = '', artifactType = '' }) => ({ digest: own, type: artifactType })),
  };
}
