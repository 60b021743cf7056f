import { AwsError } from '../account.ts';

/**
 * Takes the payload out of an `aws-chunked` body: `SIZE[;chunk-signature=…]CRLF DATA CRLF` until a chunk of size 0, then
 * trailers. Source: S3 API reference, "Signature calculations: multiple chunks". Checksums and signatures are not verified.
 */
export function decodeAwsChunked(body: Buffer): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = body.indexOf('\r\n', at);
    if (end < 0) throw new AwsError('IncompleteBody', 'The request body terminated unexpectedly', 400);
    const size = Number.parseInt(body.toString('latin1', at, end), 16);
    if (Number.isNaN(size)) throw new AwsError('InvalidChunkSizeError', 'A chunk of the request has no size', 403);
    if (size === 0) return Buffer.concat(parts);
    const start = end + 2;
    if (start + size > body.length) throw new AwsError('IncompleteBody', 'A chunk of the request is cut short', 400);
    parts.push(body.subarray(start, start + size));
    at = start + size + 2;
  }
}
