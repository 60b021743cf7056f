import { generateKeyPairSync, sign } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chain, rootSha256, signingKey } from '../../../sandbox/services/signer/chain.ts';
import { signedEnvelope } from '../../../sandbox/services/signer/envelope.ts';
import { certificateHashes, readChain, rootOf, tbsCertificate } from '../../../shared/account/notation/certificates.ts';
import { isSignedBy, readEnvelope } from '../../../shared/account/notation/envelope.ts';
import envelopes from './envelopes.json' with { type: 'json' };

const target = `sha256:${'1'.repeat(64)}`;
const profile = 'arn:aws:signer:eu-central-1:123456789012:/signing-profiles/release';
const job = 'arn:aws:signer:eu-central-1:123456789012:/signing-jobs/0a1b2c3d-0000-4000-8000-000000000001';
const given = { target, profileVersion: `${profile}/0123456789`, job, signedAt: Date.parse('2026-11-20T10:00:00Z') };

interface Parts {
  payload: string;
  protected: string;
  header: { x5c: readonly string[] };
  signature: string;
}
const partsOf = (text: string): Parts => JSON.parse(text) as Parts;
const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const decoded = (text: string) => JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));

/** With other heads or another payload, signed again by the leaf: as its holder could write it. */
function resigned(change: { heads?: object; payload?: object; x5c?: readonly string[] }): string {
  const parts = partsOf(signedEnvelope(given));
  const head = encoded({ ...decoded(parts.protected), ...change.heads });
  const payload = change.payload === undefined ? parts.payload : encoded(change.payload);
  const key = { key: signingKey(), dsaEncoding: 'ieee-p1363' } as const;
  const signature = sign('sha384', Buffer.from(`${head}.${payload}`), key).toString('base64url');
  return JSON.stringify({ payload, protected: head, header: { x5c: change.x5c ?? chain }, signature });
}

const whyOf = (text: string): string => {
  const read = readEnvelope(text);
  return read.envelope === null ? read.why : 'it holds';
};

describe('an envelope of a signature', () => {
  it('says what was signed, by whom and when', () => {
    const { envelope } = readEnvelope(signedEnvelope({ ...given, expiresAt: Date.parse('2027-11-20T10:00:00Z') }));
    expect(envelope).toMatchObject({ target, profile, profileVersion: given.profileVersion, job });
    expect(envelope?.signedAt.toISOString()).toBe('2026-11-20T10:00:00.000Z');
    expect(envelope?.expiresAt?.toISOString()).toBe('2027-11-20T10:00:00.000Z');
    expect(readEnvelope(signedEnvelope(given)).envelope?.expiresAt).toBeNull();
  });

  it.each(Object.entries(envelopes))('holds by %s, made with OpenSSL', (_alg, envelope) => {
    expect(whyOf(JSON.stringify(envelope))).toBe('it holds');
    expect(whyOf(JSON.stringify({ ...envelope, payload: partsOf(signedEnvelope(given)).payload }))).toMatch(
      /not that of its certificate/,
    );
  });

  it('does not hold with another certificate of the same kind in it, or another algorithm than its key has', () => {
    const parts = partsOf(signedEnvelope(given));
    expect(whyOf(JSON.stringify({ ...parts, header: envelopes.ES512.header }))).toMatch(/not that of its certificate/);
    const heads = decoded(parts.protected);
    expect(whyOf(resigned({ heads: { alg: 'ES256' } }))).toMatch(/not that of its certificate/);
    expect(whyOf(resigned({ heads: { alg: 'none' } }))).toMatch(/not that of its certificate/);
    expect(whyOf(resigned({ heads }))).toBe('it holds');
  });

  it.each<[string, Parameters<typeof resigned>[0], RegExp]>([
    [
      'of another scheme',
      { heads: { 'io.cncf.notary.signingScheme': 'notary.x509' } },
      /what a signature of AWS Signer/,
    ],
    ['of no job', { heads: { 'com.amazonaws.signer.signingJob': undefined } }, /what a signature of AWS Signer/],
    ['of no profile', { heads: { 'com.amazonaws.signer.signingProfileVersion': profile } }, /what a signature of AWS/],
    ['of no time', { heads: { 'io.cncf.notary.authenticSigningTime': 'today' } }, /what a signature of AWS Signer/],
    ['that calls something critical', { heads: { crit: ['example.com/more'] } }, /critical what is not known/],
    ['of nothing', { payload: {} }, /does not say what was signed/],
    [
      'before its certificates',
      { heads: { 'io.cncf.notary.authenticSigningTime': '2019-01-01T00:00:00Z' } },
      /not valid/,
    ],
    [
      'after its certificates',
      { heads: { 'io.cncf.notary.authenticSigningTime': '2101-01-01T00:00:00Z' } },
      /not valid/,
    ],
    ['with a chain that is cut', { x5c: chain.slice(0, 2) }, /not issued by the next/],
    [
      'with a chain in another order',
      { x5c: [chain[0] ?? '', chain[2] ?? '', chain[1] ?? ''] },
      /not issued by the next/,
    ],
    ['by an authority', { x5c: chain.slice(1) }, /an authority itself/],
    ['with certificates that are none', { x5c: ['AAAA'] }, /certificates cannot be read/],
  ])('%s counts for nothing', (_what, change, why) => {
    expect(whyOf(resigned(change))).toMatch(why);
  });

  it('is read of any text, without an error', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => readEnvelope(text).envelope === null));
    const parts = partsOf(signedEnvelope(given));
    const names = fc.constantFrom('payload', 'protected', 'signature');
    fc.assert(
      fc.property(names, fc.string(), (name, text) => {
        const read = readEnvelope(JSON.stringify({ ...parts, [name]: text }));
        return read.envelope === null;
      }),
    );
  });

  it('holds for no text with one bit changed in what was signed', () => {
    const parts = partsOf(signedEnvelope(given));
    const bytes = Buffer.from(parts.payload, 'base64url');
    fc.assert(
      fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
        const changed = Buffer.from(bytes);
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        return readEnvelope(JSON.stringify({ ...parts, payload: changed.toString('base64url') })).envelope === null;
      }),
    );
  });

  it('takes no short RSA key, and no key of another kind', () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const padding = { padding: 6, saltLength: 32 } as const;
    const signature = sign('sha256', Buffer.from('x'), { key: privateKey, ...padding });
    expect(isSignedBy(publicKey, 'PS256', 'x', signature)).toBe(false);
    const ed = generateKeyPairSync('ed25519');
    expect(isSignedBy(ed.publicKey, 'ES256', 'x', sign(null, Buffer.from('x'), ed.privateKey))).toBe(false);
  });
});

describe('the certificates of a signature', () => {
  const certificates = readChain(chain) ?? [];

  it('are named as AWS documents it: worked out with openssl asn1parse and sha384', () => {
    // openssl asn1parse -in CHILD -strparse 4 -out CHILD.tbs; openssl sha384 < CHILD.tbs, and the same of its parent.
    expect(certificateHashes(certificates)).toEqual([
      '35331bd21bd8d10da430cbc2368df8d173c11f6a1c234f462c93c3d62f1c177aa3bcee21f684373857fd7ff596e227f0ebfc90e8997ba852cf886aa4ae7b4473791af7c93bf8fdf3b240993506801e238cfd31d41c1a39640a73704851e2f8fc',
      'ebfc90e8997ba852cf886aa4ae7b4473791af7c93bf8fdf3b240993506801e238cfd31d41c1a39640a73704851e2f8fc0cafdf78ec2b4d67499d9535511c85c255fdcdd8062002b91c6908f2e8334dc4906ab5c3dbe1cae388990d684955394b',
      '0cafdf78ec2b4d67499d9535511c85c255fdcdd8062002b91c6908f2e8334dc4906ab5c3dbe1cae388990d684955394b0cafdf78ec2b4d67499d9535511c85c255fdcdd8062002b91c6908f2e8334dc4906ab5c3dbe1cae388990d684955394b',
    ]);
    expect(rootOf(certificates)).toBe(rootSha256);
  });

  it('are cut at the signed part, or refused, whatever bytes they are', () => {
    for (const { raw } of certificates) {
      const signed = tbsCertificate(raw);
      expect(raw.indexOf(signed)).toBe(4);
      expect(signed[0]).toBe(0x30);
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        try {
          return tbsCertificate(bytes).length <= bytes.length;
        } catch (error) {
          return error instanceof RangeError;
        }
      }),
    );
  });
});
