import type { IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { AwsError, type RestRequest } from '../account.ts';
import { isOutside } from '../services/outside/answer.ts';
import { decodeAwsChunked } from './chunked.ts';
import { isPublic } from './publicHosts.ts';
import { type SentRequest, sentBy } from './sent.ts';
import { turnedAway } from './turnedAway.ts';

/** More than any operation of ours takes; keeps a runaway client from filling the memory. */
const LARGEST_BODY = 64 * 1024 * 1024;

/** A request that is no request to the account at all: answered with this status and sentence, and in no trail. */
export class Unreceivable extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.name = 'Unreceivable';
    this.status = status;
  }
}

function addressed(message: IncomingMessage): URL {
  try {
    return new URL(message.url ?? '/', 'http://door');
  } catch {
    throw new Unreceivable(400, 'The path of the request cannot be read.');
  }
}

/** A request whose body has arrived, as it was sent. */
export interface Arrived {
  readonly request: RestRequest;
  /** All of it, where it is for a host that anybody may send to. */
  readonly sent: SentRequest | undefined;
  /** Number that the worker gave it; 0 for others. */
  readonly number: number;
}

/**
 * Reads a request to its end; undefined when the client went away. Throws Unreceivable.
 * @param isOurs sent by a function, which reaches hosts that nobody else does
 */
export async function arrive(message: IncomingMessage, isOurs = false): Promise<Arrived | undefined> {
  const { host = '' } = message.headers;
  const reason = isPublic(host) || (isOurs && isOutside(host)) ? undefined : turnedAway(message.headers);
  if (reason !== undefined) throw new Unreceivable(403, reason);
  const url = addressed(message);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of message) {
      size += chunk.length;
      // Read to its end all the same: a client hears no answer while it is still sending.
      if (size > LARGEST_BODY) chunks.length = 0;
      else chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  if (size > LARGEST_BODY) {
    throw new Unreceivable(413, `The body is larger than ${LARGEST_BODY} bytes, more than any operation takes.`);
  }
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) headers[name] = String(value);
  const body = Buffer.concat(chunks);
  return {
    request: {
      method: message.method ?? 'GET',
      // Not decoded: names may hold an escaped slash.
      path: url.pathname,
      query: url.searchParams,
      headers,
      body,
    },
    sent: isPublic(host) ? sentBy(message, body) : undefined,
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
