import type { ImageReference } from './imageReference.ts';
import { type CheckedSignature, notationType, type RevocationQuestion, readNotation } from './notation/readNotation.ts';
import { everyPage, type Reads } from './reads.ts';

type ImagePlace = Pick<ImageReference, 'account' | 'region' | 'repository'>;

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
  /** The signatures that hang on an image that ECR says it signed, verified and asked about. Absent where nobody asked for that. */
  readonly checked?: readonly CheckedSignature[];
}

/** What is asked of signatures, besides what ECR says of its own. */
export interface SignatureQuestions {
  /** What others attached. */
  readonly attached: boolean;
  /** Whether those of ECR were revoked; null: that is not asked. */
  readonly revocation: RevocationQuestion | null;
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
 * Who signed an image, as ECR says it. Its referrers are read only where they are asked for: IAM wants ecr:BatchGetImage for that.
 * Errors are those of the SDK.
 */
export async function readSignatures(
  read: Reads,
  { account, region, repository, digest }: ImagePlace & { readonly digest: string },
  { attached, revocation }: SignatureQuestions,
): Promise<Signatures> {
  const { client, DescribeImageSigningStatusCommand, ListImageReferrersCommand } = await read.aws.ecr();
  const place = { account, region, repository };
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
  const profiles = signedProfiles(managed, revocation);
  if (!attached && profiles.length === 0) return { managed, attached: null, ...(revocation && { checked: [] }) };
  const pages = await everyPage(
    (nextToken) =>
      client.send(
        new ListImageReferrersCommand({ ...about, subjectId: { imageDigest: digest }, maxResults: 50, nextToken }),
        read.call,
      ),
    (page) => page.nextToken,
  );
  const referrers = pages
    .flatMap(({ referrers: listed = [] }) => listed)
    .map(({ digest: own = '', artifactType = '' }) => ({ digest: own, type: artifactType }));
  const ofNotation = referrers.filter(({ type }) => type === notationType).map((one) => one.digest);
  return {
    managed,
    attached: attached ? referrers.filter(({ type }) => signatureTypes.some((one) => one.test(type))) : null,
    ...(revocation && {
      checked: await readNotation(read, place, ofNotation, { digest, profiles, roots: revocation.roots }),
    }),
  };
}

/** The profiles that ECR says it signed it by, and that are wanted: of no other it matters whether it was revoked. */
const signedProfiles = (managed: readonly ManagedSignature[], wanted: RevocationQuestion | null): readonly string[] =>
  wanted === null
    ? []
    : managed
        .filter(({ profile, status }) => status === 'COMPLETE' && (wanted.profiles?.includes(profile) ?? true))
        .map(({ profile }) => profile);
