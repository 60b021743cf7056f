import { provenBy, type RemovedCheck } from '../../removedCheck.ts';

const folder = 'shared/account/notation/';
const envelope = provenBy('test/account/notation/envelope.test.ts', folder);
const read = provenBy('test/account/notation/readNotation.test.ts', folder);
const download = provenBy('test/account/notation/readNotation.test.ts', 'shared/platform/');
const gate = provenBy('test/plan/gate/unrevoked.test.ts', 'shared/plan/gate/');
const running = provenBy('test/plan/gate/running.test.ts', 'shared/plan/gate/');
const dangers = provenBy('test/plan/dangersImages.test.ts', 'shared/plan/');

/** A signature counts where it is one of this image, holds, and nobody revoked it; and what could not be told passes nothing. */
export const notationChecks: readonly RemovedCheck[] = [
  envelope(
    'certificates.ts',
    'if (!one.checkIssued(issuer) || !one.verify(issuer.publicKey))',
    'if (issuer === undefined)',
    'counts for nothing',
    'a leaf of nobody passes for one of an authority',
  ),
  envelope(
    'certificates.ts',
    'if (at.getTime() < Date.parse(one.validFrom) || at.getTime() > Date.parse(one.validTo))',
    'if (at.getTime() < 0)',
    'counts for nothing',
    'a signature of a certificate that had run out counts',
  ),
  envelope(
    'certificates.ts',
    'own[n + 1] ?? one',
    'one',
    'are named as AWS documents it',
    'AWS Signer is asked about certificates that it does not know by that name, and none is ever revoked',
  ),
  envelope(
    'envelope.ts',
    "if (strange !== undefined) return none('it calls critical what is not known here');",
    '',
    'that calls something critical',
    'what the signer says must be understood is passed over',
  ),
  envelope(
    'envelope.ts',
    'if (!isSignedBy(leaf.publicKey, head.alg, `${read.protected}.${read.payload}`, signature))',
    'if (signature.length === 0)',
    'an envelope of a signature',
    'anything that has the form of a signature is one',
  ),
  envelope(
    'envelope.ts',
    'modulusLength < leastRsaBits',
    'modulusLength < 0',
    'takes no short RSA key',
    'a key that can be worked out signs',
  ),
  read(
    'readNotation.ts',
    "if (envelope.target !== wanted.digest) return notCounted(digest, 'it is a signature of another image');",
    '',
    'of another image',
    'the signature of a good image, hung on a bad one, signs it',
  ),
  read(
    'readNotation.ts',
    "if (!wanted.profiles.includes(envelope.profile)) return notCounted(digest, 'it is not by a profile that counts');",
    '',
    'by another profile',
    'a signature by anybody’s profile counts',
  ),
  read(
    'readNotation.ts',
    'if (wanted.roots?.includes(rootOf(envelope.chain)) === false)',
    'if (wanted.roots?.length === 0)',
    'counts where its root',
    'a chain of an attacker’s own counts, though the settings name the roots',
  ),
  read(
    'readNotation.ts',
    'if (`sha256:${sha256Hex(text)}` !== digest)',
    "if (text === '')",
    'where its manifest is another',
    'another manifest than the one that hangs on the image names the envelope',
  ),
  read(
    'readNotation.ts',
    'if (`sha256:${sha256Hex(came.bytes)}` !== layer.digest)',
    'if (came.bytes.length === 0)',
    'other bytes',
    'whoever answers for the layer decides what was signed',
  ),
  read(
    'readNotation.ts',
    "state: revoked.length > 0 ? 'revoked' : 'verified'",
    "state: revoked.length > 99 ? 'revoked' : 'verified'",
    'is revoked where AWS Signer says it',
    'a signature that was revoked counts',
  ),
  read(
    'readNotation.ts',
    'digests.slice(0, mostSignatures)',
    'digests',
    'is one of twenty',
    'whoever can push keeps the inventory busy with signatures, image after image',
  ),
  read(
    'readNotation.ts',
    "if (regionOf(envelope.profile) !== place.region) return notRead(digest, 'its signing profile is of another Region');",
    '',
    'of another Region',
    'where nobody knows the profile, nothing of it was revoked',
  ),
  download(
    'download.ts',
    'if (size > mostBytes) return',
    'if (size > mostBytes * 1e9) return',
    'is of so many bytes',
    'a layer of any length fills the memory',
  ),
  download(
    'download.ts',
    "url.protocol === 'http:' && loopback.has(url.hostname)",
    "url.protocol === 'http:'",
    'is not made of',
    'what was signed is asked for in the open, of anybody',
  ),
  download(
    'download.ts',
    'if (statusCode !== 200)',
    'if (statusCode > 399)',
    'of /moved is none',
    'what a redirect says passes for what was asked for',
  ),
  download(
    'download.ts',
    "const late = setTimeout(() => end(failed('it did not come in time', true)), mostMs);",
    'const late = setTimeout(() => undefined, mostMs);',
    'of /late is none',
    'one layer that never comes takes the inventory to the end of its time',
  ),
  gate(
    'unrevoked.ts',
    'if (first !== undefined && holding.length === 0) {',
    'if (first !== undefined && good.length === 0 && holding.length > 0) {',
    'with one that was revoked',
    'an image whose signature was revoked is deployed',
  ),
  gate(
    'unrevoked.ts',
    'roots !== undefined && revoked.every(',
    'revoked.every(',
    'where anybody could',
    'whoever can push signs again, with a key of their own, what was revoked',
  ),
  gate(
    'unrevoked.ts',
    'one.job !== other.job &&',
    '',
    'later by the same job',
    'what was revoked counts by another date',
  ),
  gate(
    'unrevoked.ts',
    ' && Date.parse(one.signedAt) > Date.parse(other.signedAt)',
    '',
    'signed by another job before',
    'an older signature takes back what was revoked since',
  ),
  gate(
    'unrevoked.ts',
    "one.state === 'verified' && !isOver(one, now)",
    "one.state === 'verified'",
    'expired',
    'a signature that has expired counts',
  ),
  gate(
    'unrevoked.ts',
    'if (holds !== undefined && unread.length === 0)',
    'if (holds !== undefined)',
    'could not be read',
    'what could not be read may be what was revoked, and passes',
  ),
  gate(
    'signature.ts',
    'if (said !== null && signed.revocation !== undefined)',
    'if (said === null && signed.revocation !== undefined)',
    'with one that was revoked',
    'nobody asks, though the settings want it',
  ),
  running(
    'running.ts',
    '!(counts(one) && looks.some(([refusal]) => refusal === one.code))',
    'one.code !== undefined',
    'is not unsigned for it',
    'what was told as unsigned is never over once its signature was revoked',
  ),
  dangers(
    'dangerImages.ts',
    'was.revocation !== undefined && is.revocation === undefined',
    'was.revocation === undefined && is.revocation === undefined',
    'revoked signatures',
    'nobody sees that revoked signatures count again',
  ),
  dangers(
    'dangerImages.ts',
    'is.revocation !== undefined && isMore(was.roots, is.roots)',
    'is.revocation === undefined',
    'another root',
    'nobody sees that another root is trusted',
  ),
];
