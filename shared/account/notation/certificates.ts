import { hash, X509Certificate } from 'node:crypto';

/** Certificates of a signature, the leaf first, as an envelope has them (`x5c`); null where one of them is none. */
export function readChain(x5c: readonly string[]): readonly X509Certificate[] | null {
  try {
    return x5c.map((one) => new X509Certificate(Buffer.from(one, 'base64')));
  } catch {
    return null;
  }
}

/**
 * Why a chain does not hold together; null when it does: each certificate is issued and signed by the next, which is an authority, the last by
 * itself, and all were valid when it was signed. Who stands behind the last one, nobody has said: see `rootOf`.
 */
export function chainFault(chain: readonly X509Certificate[], at: Date): string | null {
  for (const [n, one] of chain.entries()) {
    const issuer = chain[n + 1] ?? one;
    if (!one.checkIssued(issuer) || !one.verify(issuer.publicKey)) return 'a certificate is not issued by the next';
    if (issuer !== one && !issuer.ca) return 'a certificate is issued by one that is no authority';
    if (at.getTime() < Date.parse(one.validFrom) || at.getTime() > Date.parse(one.validTo))
      return 'a certificate was not valid when it was signed';
  }
  return chain[0]?.ca === true && chain.length > 1 ? 'it is signed by an authority itself' : null;
}

/** SHA-256 of the last certificate's DER, lower-case hex: `openssl x509 -in root.crt -outform DER | sha256sum`. */
export function rootOf(chain: readonly X509Certificate[]): string {
  const root = chain.at(-1);
  return root === undefined ? '' : hash('sha256', root.raw, 'hex');
}

/** How long a DER element is, with its head. Throws RangeError where it is cut off, or longer than any certificate. */
function elementLength(der: Uint8Array, at: number): { readonly head: number; readonly whole: number } {
  const first = der[at + 1];
  if (first === undefined) throw new RangeError('the element is cut off');
  const count = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || count > 3) throw new RangeError('the length of the element is none of DER');
  let length = first < 0x80 ? first : 0;
  for (let n = 0; n < count; n += 1) length = length * 256 + (der[at + 2 + n] ?? 0);
  const head = 2 + count;
  if (at + head + length > der.length) throw new RangeError('the element is cut off');
  return { head, whole: head + length };
}

/** The part of a certificate that its issuer signed (RFC 5280, TBSCertificate): the first element of the outer SEQUENCE, with its head. Throws RangeError. */
export function tbsCertificate(der: Uint8Array): Uint8Array {
  const start = elementLength(der, 0).head;
  return der.subarray(start, start + elementLength(der, start).whole);
}

/**
 * How AWS Signer names the certificates of a chain: SHA-384 of the certificate's signed part, followed by that of its issuer's, in hex; the root is its own
 * issuer (AWS Signer API Reference, GetRevocationStatus, certificateHashes).
 */
export function certificateHashes(chain: readonly Pick<X509Certificate, 'raw'>[]): string[] {
  const own = chain.map(({ raw }) => hash('sha384', tbsCertificate(raw), 'hex'));
  return own.map((one, n) => `${one}${own[n + 1] ?? one}`);
}
