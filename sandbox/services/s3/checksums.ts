import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { AwsError } from '../../account.ts';

const PREFIX = 'x-amz-checksum-';

function crc32Base64(body: Buffer): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return bytes.toString('base64');
}

const hashed = (algorithm: string) => (body: Buffer) => createHash(algorithm).update(body).digest('base64');

const ALGORITHMS: { readonly [header: string]: (body: Buffer) => string } = {
  [`${PREFIX}crc32`]: crc32Base64,
  [`${PREFIX}sha1`]: hashed('sha1'),
  [`${PREFIX}sha256`]: hashed('sha256'),
};

/** The algorithms of an object's checksums, as lists name them: `CRC32`. */
export const algorithmsOf = (checksums: { readonly [header: string]: string }): readonly string[] =>
  Object.keys(checksums).map((header) => header.slice(PREFIX.length).toUpperCase());

/**
 * The checksums kept with an object: those that came in headers, compared with the body, and the one announced as a
 * trailer of a chunked body, which the door has taken off. Throws `BadDigest`, or `NotImplemented` for CRC32C and CRC64NVME.
 */
export function checksumsOf(body: Buffer, headers: { readonly [name: string]: string }): { [header: string]: string } {
  const given = Object.keys(headers).filter((name) => name.startsWith(PREFIX) && !name.endsWith('-type'));
  const announced = (headers['x-amz-trailer'] ?? '').split(',').map((name) => name.trim().toLowerCase());
  const names = [...given, ...announced.filter((name) => name.startsWith(PREFIX))].filter(
    (name) => name !== `${PREFIX}algorithm` && name !== `${PREFIX}mode`,
  );
  const checksums: { [header: string]: string } = {};
  for (const name of names) {
    const compute = ALGORITHMS[name];
    if (!compute) throw new AwsError('NotImplemented', `This account does not compute ${name}`, 501);
    checksums[name] = compute(body);
    if (headers[name] !== undefined && headers[name] !== checksums[name]) {
      throw new AwsError('BadDigest', `The ${name} you specified did not match the calculated checksum.`);
    }
  }
  return checksums;
}
