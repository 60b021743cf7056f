import { sign } from 'node:crypto';
import { chain, signingKey } from './chain.ts';

/** What is signed, and what AWS Signer adds to it. */
export interface Signature {
  /** Digest of the manifest that is signed. */
  readonly target: string;
  readonly profileVersion: string;
  readonly job: string;
  /** Virtual milliseconds. */
  readonly signedAt: number;
  readonly expiresAt?: number;
}

const encoded = (value: object): string => Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');

/** To the second, as the Notary Project writes times (RFC 3339). */
const timeText = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');

/**
 * An envelope as ECR's managed signing writes it: JWS in JSON (Notary Project, signature-envelope-jws), ES384, with AWS Signer's attributes. Its bytes are
 * others each time: ECDSA draws a number.
 */
export function signedEnvelope({ target, profileVersion, job, signedAt, expiresAt }: Signature): string {
  const attributes = {
    'io.cncf.notary.signingScheme': 'notary.x509.signingAuthority',
    'io.cncf.notary.authenticSigningTime': timeText(signedAt),
    ...(expiresAt === undefined ? {} : { 'io.cncf.notary.expiry': timeText(expiresAt) }),
    'io.cncf.notary.verificationPlugin': 'com.amazonaws.signer.notation.plugin',
    'com.amazonaws.signer.signingProfileVersion': profileVersion,
    'com.amazonaws.signer.signingJob': job,
  };
  const head = encoded({
    alg: 'ES384',
    cty: 'application/vnd.cncf.notary.payload.v1+json',
    crit: Object.keys(attributes),
    ...attributes,
  });
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const payload = encoded({ targetArtifact: { mediaType, digest: target, size: 0 } });
  const data = Buffer.from(`${head}.${payload}`, 'ascii');
  const signature = sign('sha384', data, { key: signingKey(), dsaEncoding: 'ieee-p1363' }).toString('base64url');
  const header = { x5c: chain, 'io.cncf.notary.signingAgent': 'AWS Signer of the sandbox' };
  return JSON.stringify({ payload, protected: head, header, signature });
}
