import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';

/** What the SDK's clients are made with. */
export interface ClientOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly maxAttempts: number;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Posts past the SDK, under whatever Host the headers say. */
export async function posted(url: string, headers: Readonly<Record<string, string>>, body = '') {
  const sent = request(url, { method: 'POST', headers }).end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return {
    status: response.statusCode,
    type: response.headers['content-type'],
    body: Buffer.concat(await response.toArray()),
  };
}
