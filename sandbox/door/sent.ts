import type { IncomingMessage } from 'node:http';

/** A request as it came, for who reads more of it than AWS's operations do. */
export interface SentRequest {
  readonly method: string;
  /** Path and query, as they were sent. */
  readonly target: string;
  /** In the order in which they came, repeated ones too. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
  readonly sourceIp: string;
}

/** The request of a message whose body has arrived. */
export function sentBy(message: IncomingMessage, body: Buffer): SentRequest {
  const { method = 'GET', url = '/', rawHeaders, socket } = message;
  const headers: [string, string][] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) headers.push([rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '']);
  return { method, target: url, headers, body, sourceIp: socket.remoteAddress ?? '127.0.0.1' };
}

/** The host that it is for, with the port. */
export const hostOf = ({ headers }: SentRequest): string =>
  headers.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? '';
