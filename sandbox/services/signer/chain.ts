import { createECDH, createHash, createPrivateKey, type KeyObject } from 'node:crypto';

/*
 * Who signs in the sandbox, in the place of AWS Signer's authority: a leaf, an authority and a root, made once with OpenSSL (P-384, valid from 2020 to 2099). A
 * fixed chain and not one made at each start: its root can be named in settings, and no library that makes certificates is needed. The keys of the authority and the
 * root are gone; everybody knows the leaf's, and nobody but the sandbox may trust it.
 */

/** SHA-256 of the root, as settings name it. */
export const rootSha256 = '7900b2935211b170f0100a57e403737cc8070acf9c73f0ae7f0a7bac6e97dca1';

/** Base64 of DER, the leaf first. */
export const chain: readonly string[] = [
  'MIICUjCCAdmgAwIBAgIUFRlUpsqbAyTkk+Er7vNHAzOgySUwCgYIKoZIzj0EAwMwVDELMAkGA1UEBhMCVVMxGjAYBgNVBAoMEUZpcmVicmVhayBzYW5kYm94MSkwJwYDVQQDDCBTaWduaW5nIGF1dGhvcml0eSBvZiB0aGUgc2FuZGJveDAgFw0yMDAxMDEwMDAwMDBaGA8yMDk5MTIzMTIzNTk1OVowSTELMAkGA1UEBhMCVVMxGjAYBgNVBAoMEUZpcmVicmVhayBzYW5kYm94MR4wHAYDVQQDDBVTaWduZXIgb2YgdGhlIHNhbmRib3gwdjAQBgcqhkjOPQIBBgUrgQQAIgNiAASN7+j8MrsOBusZRoIWYoUihD8wLs5sr6Wt/ytKp+UrT8WQKfP5IsRwJascuQ/DCeVGwwPArjTNDbqtD7kpfJXcxfcq1pelI/aa7TMnod+CrgyW2n+7vv2LksbvfUHBR8KjdTBzMAwGA1UdEwEB/wQCMAAwDgYDVR0PAQH/BAQDAgeAMBMGA1UdJQQMMAoGCCsGAQUFBwMDMB0GA1UdDgQWBBRDeU6oT+L7f0dT4tkQKf2k0cTvWzAfBgNVHSMEGDAWgBQbAXQUvTqMncDDruHzm7vA3UqhiTAKBggqhkjOPQQDAwNnADBkAjB0FQeLuPa/WNZ3VjzqVL33zS6wXpwilXMAfHNIxerOsBw0LSZQlf2MbdsaqPOLrAkCMEGw/WltJbeX+VzLg+W9t9okP1SDmwMD/K5kadzmub+8OmesjaNGeL1YIzjDxGy78w==',
  'MIICPzCCAcWgAwIBAgIUIDFjxnR6FSsv35ii0R5GUZSYx5YwCgYIKoZIzj0EAwMwRzELMAkGA1UEBhMCVVMxGjAYBgNVBAoMEUZpcmVicmVhayBzYW5kYm94MRwwGgYDVQQDDBNSb290IG9mIHRoZSBzYW5kYm94MCAXDTIwMDEwMTAwMDAwMFoYDzIwOTkxMjMxMjM1OTU5WjBUMQswCQYDVQQGEwJVUzEaMBgGA1UECgwRRmlyZWJyZWFrIHNhbmRib3gxKTAnBgNVBAMMIFNpZ25pbmcgYXV0aG9yaXR5IG9mIHRoZSBzYW5kYm94MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEpnPvpcmLeaCR+8k87H7s1P5Eujs7yh0KR7rLWBVQR2O6K/+aA5SYVcvbaILWMNEqXGf+a/4zZdEetjO6vq7uekiVk6ZfXTYlTyRKimJLm9/C5IHD4l5bZMYU6kMowL61o2MwYTAPBgNVHRMBAf8EBTADAQH/MA4GA1UdDwEB/wQEAwIBBjAdBgNVHQ4EFgQUGwF0FL06jJ3Aw67h85u7wN1KoYkwHwYDVR0jBBgwFoAUR/eLn7XfXLc1tTwuAOwYIzChtTgwCgYIKoZIzj0EAwMDaAAwZQIxAIIcdvMa/kn1w2tC/FIInnFNoE5kDe86wozqSoVYt33BrTlN2eT6xG+tjq1V0JEpVQIwQL892nyDnCIEGd0+8ZfS8V+8FnOd3dwpctqRDtyBcLmd62rjqA0ksDo49BbK9Y1T',
  'MIICETCCAZegAwIBAgIUHc6IQvRF2nLybgkV6yw9DiH3r54wCgYIKoZIzj0EAwMwRzELMAkGA1UEBhMCVVMxGjAYBgNVBAoMEUZpcmVicmVhayBzYW5kYm94MRwwGgYDVQQDDBNSb290IG9mIHRoZSBzYW5kYm94MCAXDTIwMDEwMTAwMDAwMFoYDzIwOTkxMjMxMjM1OTU5WjBHMQswCQYDVQQGEwJVUzEaMBgGA1UECgwRRmlyZWJyZWFrIHNhbmRib3gxHDAaBgNVBAMME1Jvb3Qgb2YgdGhlIHNhbmRib3gwdjAQBgcqhkjOPQIBBgUrgQQAIgNiAASkfKf3AMyCJTcKx0ifwcquB/INJ5oHYbD9zp6dCoDqIRH8amUvJ9zUHpzqIXgJNyLJkuowZRtJadK29ygophoVzAthJivxJndybtlcpdDEfzT7YIlLoJmT4Rr81gCmoe6jQjBAMA8GA1UdEwEB/wQFMAMBAf8wDgYDVR0PAQH/BAQDAgEGMB0GA1UdDgQWBBRH94uftd9ctzW1PC4A7BgjMKG1ODAKBggqhkjOPQQDAwNoADBlAjBvBvmlufD9TAjIQqYaFyaVpvztMsQim3sY8sf0YIoR88W1a9GufiFgYNgnqt8bhTUCMQDiO93bQUwQS7mplXkZnr0CzN2EmCFm1+GT+uI5CRqqG+KVOKTUiA2YNAxKyk/TUTk=',
];

/** The leaf as AWS Signer names it: SHA-384 of its signed part and of its authority's, worked out with `openssl asn1parse` as the API Reference shows. */
export const leafHash =
  '35331bd21bd8d10da430cbc2368df8d173c11f6a1c234f462c93c3d62f1c177aa3bcee21f684373857fd7ff596e227f0ebfc90e8997ba852cf886aa4ae7b4473791af7c93bf8fdf3b240993506801e238cfd31d41c1a39640a73704851e2f8fc';

const scalarBytes = 48;

/** The leaf's key: a number that is made from a sentence. */
export function signingKey(): KeyObject {
  const curve = createECDH('secp384r1');
  curve.setPrivateKey(createHash('sha384').update('signing key of the sandbox, which everybody knows').digest());
  const point = curve.getPublicKey();
  const [x, y] = [point.subarray(1, 1 + scalarBytes), point.subarray(1 + scalarBytes)];
  const text = (part: Buffer): string => part.toString('base64url');
  const key = { kty: 'EC', crv: 'P-384', d: text(curve.getPrivateKey()), x: text(x), y: text(y) };
  return createPrivateKey({ format: 'jwk', key });
}
