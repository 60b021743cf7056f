import { constants, type KeyObject, verify, type X509Certificate } from 'node:crypto';
import * as z from 'zod';
import { parsedJson } from '../../platform/json.ts';
import { chainFault, readChain } from './certificates.ts';

/**
 * A signature of the Notary Project in its JWS envelope (notaryproject/specifications, signature-envelope-jws.md), with what AWS Signer adds to it
 * (aws/aws-signer-notation-plugin).
 */
export interface SignedEnvelope {
  /** Digest of the manifest that was signed. */
  readonly target: string;
  /** ARN of the signing profile, without its version. */
  readonly profile: string;
  readonly profileVersion: string;
  readonly job: string;
  readonly signedAt: Date;
  /** Null: it does not expire. */
  readonly expiresAt: Date | null;
  readonly chain: readonly X509Certificate[];
}

/** What an envelope says, once its signature was verified by the certificate in it; or why it counts for nothing. */
export type ReadEnvelope = { readonly envelope: SignedEnvelope } | { readonly envelope: null; readonly why: string };

const mostCertificates = 10;
const written = z.object({
  payload: z.string(),
  protected: z.string(),
  signature: z.string(),
  header: z.object({ x5c: z.array(z.string()).min(1).max(mostCertificates) }),
});

const scheme = 'io.cncf.notary.signingScheme';
const signingTime = 'io.cncf.notary.authenticSigningTime';
const expiry = 'io.cncf.notary.expiry';
const profileVersion = 'com.amazonaws.signer.signingProfileVersion';
const job = 'com.amazonaws.signer.signingJob';

/** Who signs has to be understood in all that it calls critical (RFC 7515, 4.1.11). */
const understood: ReadonlySet<string> = new Set([
  ...[scheme, signingTime, expiry, profileVersion, job],
  ...['io.cncf.notary.verificationPlugin', 'io.cncf.notary.verificationPluginMinVersion'],
  'com.amazonaws.signer.signingProfileAlias',
]);

const time = z.iso.datetime({ offset: true });
const heads = z.object({
  alg: z.string(),
  cty: z.literal('application/vnd.cncf.notary.payload.v1+json'),
  crit: z.array(z.string()),
  [scheme]: z.literal('notary.x509.signingAuthority'),
  [signingTime]: time,
  [expiry]: time.optional(),
  [profileVersion]: z
    .string()
    .regex(/^arn:aws(?:-[a-z]+)*:signer:[a-z0-9-]+:\d{12}:\/signing-profiles\/\w{2,64}\/\w+$/),
  [job]: z.string().regex(/^arn:aws(?:-[a-z]+)*:signer:[a-z0-9-]+:\d{12}:\/signing-jobs\/[\w-]+$/),
});

const payloads = z.object({ targetArtifact: z.object({ digest: z.string() }) });

const decoded = (text: string): unknown => parsedJson(Buffer.from(text, 'base64url').toString('utf8'));

const curves: Readonly<Record<string, string>> = { ES256: 'prime256v1', ES384: 'secp384r1', ES512: 'secp521r1' };
const leastRsaBits = 2048;

/** Whether a signature is that of a key, by one of the algorithms of the Notary Project; never one that does not fit the key. */
export function isSignedBy(key: KeyObject, alg: string, text: string, signature: Uint8Array): boolean {
  const [, family, bits] = /^(ES|PS)(256|384|512)$/.exec(alg) ?? [];
  const { namedCurve, modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  const data = Buffer.from(text, 'ascii');
  if (family === 'ES' && key.asymmetricKeyType === 'ec' && namedCurve === curves[alg])
    return verify(`sha${bits}`, data, { key, dsaEncoding: 'ieee-p1363' }, signature);
  if (family !== 'PS' || key.asymmetricKeyType !== 'rsa' || modulusLength < leastRsaBits) return false;
  const { RSA_PKCS1_PSS_PADDING: padding, RSA_PSS_SALTLEN_DIGEST: saltLength } = constants;
  return verify(`sha${bits}`, data, { key, padding, saltLength }, signature);
}

const none = (why: string): ReadEnvelope => ({ envelope: null, why });

/**
 * Reads an envelope, and verifies its signature by its own leaf certificate, and the chain up to a root that nobody has said to be trusted. So whoever can push can
 * make one: what it says is what the holder of that key says.
 */
export function readEnvelope(text: string): ReadEnvelope {
  const read = written.safeParse(parsedJson(text)).data;
  if (read === undefined) return none('it is no JWS envelope of the Notary Project');
  const head = heads.safeParse(decoded(read.protected)).data;
  if (head === undefined) return none('it does not say what a signature of AWS Signer says');
  const strange = head.crit.find((name) => !understood.has(name));
  if (strange !== undefined) return none('it calls critical what is not known here');
  const target = payloads.safeParse(decoded(read.payload)).data?.targetArtifact.digest;
  if (target === undefined) return none('it does not say what was signed');
  const chain = readChain(read.header.x5c);
  const leaf = chain?.[0];
  if (chain === null || leaf === undefined) return none('its certificates cannot be read');
  const signedAt = new Date(head[signingTime]);
  const fault = chainFault(chain, signedAt);
  if (fault !== null) return none(fault);
  const signature = Buffer.from(read.signature, 'base64url');
  if (!isSignedBy(leaf.publicKey, head.alg, `${read.protected}.${read.payload}`, signature))
    return none('its signature is not that of its certificate');
  const { [expiry]: expires, [profileVersion]: version } = head;
  return {
    envelope: {
      ...{ target, chain, signedAt, job: head[job], profileVersion: version },
      profile: version.slice(0, version.lastIndexOf('/')),
      expiresAt: expires === undefined ? null : new Date(expires),
    },
  };
}
