import type { IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { AwsError, type RestRequest } from '../account.ts';
import { decodeAwsChunked } from './chunked.ts';

/** More than any operation of ours takes; keeps a runaway client from filling the memory. */
const LARGEST_BODY = 64 * 1024 * 1024;

/** A request whose body has arrived, as it was sent. */
export interface Arrived {
  readonly request: RestRequest;
  /** The client's port on loopback, by which a worker knows the socket. */
  readonly localPort: number;
  /** Number that the worker gave it; 0 for others. */
  readonly number: number;
}

/** Reads a request to its end; undefined when the client went away, or sent more than any operation takes. */
export async function arrive(message: IncomingMessage): Promise<Arrived | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of message) {
      size += chunk.length;
      if (size > LARGEST_BODY) {
        message.destroy();
        return undefined;
      }
      chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  const url = new URL(message.url ?? '/', 'http://door');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) headers[name] = String(value);
  return {
    request: {
      method: message.method ?? 'GET',
      // Not decoded: names may hold an escaped slash.
      path: url.pathname,
      query: url.searchParams,
      headers,
      body: Buffer.concat(chunks),
    },
    localPort: message.socket.remotePort ?? 0,
    number: Number(headers['x-sandbox-request'] ?? 0),
  };
}

/** The request with its body as the client meant it: chunking and compression undone. Throws AwsError if it cannot be. */
export function decoded(request: RestRequest): RestRequest {
  let { body } = request;
  const encodings = (request.headers['content-encoding'] ?? '').split(',').map((encoding) => encoding.trim());
  const streaming = request.headers['x-amz-content-sha256']?.startsWith('STREAMING-') ?? false;
  if (streaming || encodings.includes('aws-chunked')) body = decodeAwsChunked(body);
  if (encodings.includes('gzip') && request.headers['x-amz-target'] !== undefined) {
    try {
      body = gunzipSync(body, { maxOutputLength: LARGEST_BODY });
    } catch (cause) {
      throw new AwsError('SerializationException', `The compressed request cannot be read: ${cause}`);
    }
  }
  return { ...request, body };
}
