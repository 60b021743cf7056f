import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** Stands before an endpoint of AWS's protocols, hands every request on, and keeps what was asked. */
export interface Recorder {
  readonly endpoint: string;
  /** The IAM actions that were asked for, `service:Operation`, in order. */
  readonly actions: readonly string[];
  close(): Promise<void>;
}

/** What an HTTP request of an SDK says of itself. */
export interface Asked {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** [method, what the path and query are like, IAM action], the first that fits; S3's requests name no operation. */
const ofS3: readonly (readonly [string, RegExp, string])[] = [
  ['POST', /[?&]delete\b/, 'DeleteObject'],
  ['GET', /[?&]versions\b/, 'ListBucketVersions'],
  ['GET', /[?&]location\b/, 'GetBucketLocation'],
  ['GET', /^\/[^/?]+\/?(\?|$)/, 'ListBucket'],
  ['HEAD', /^\/[^/?]+\/?(\?|$)/, 'ListBucket'],
  ['GET', /^\/[^/?]+\/[^?]/, 'GetObject'],
  ['HEAD', /^\/[^/?]+\/[^?]/, 'GetObject'],
  ['PUT', /^\/[^/?]+\/[^?]/, 'PutObject'],
];

/** The IAM action of a request. Throws for one that it cannot name, because it would then be in no list of permissions. */
export function actionOf({ method, url, headers, body }: Asked): string {
  const [, service = ''] = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '') ?? [];
  const target = headers['x-amz-target'];
  const named = typeof target === 'string' ? target.split('.').at(-1) : new URLSearchParams(body).get('Action');
  if (named) return `${service}:${named}`;
  if (service === 's3') {
    const found = ofS3.find(([verb, like]) => verb === method && like.test(url));
    if (found !== undefined) return `s3:${found[2]}`;
  }
  if (service === 'lambda' && method === 'GET' && /^\/2015-03-31\/functions\/[^/]+$/.test(url))
    return 'lambda:GetFunction';
  throw new Error(`what does ${method} ${url} of "${service}" ask for?`);
}

/** Listens on a free loopback port until it is closed. A request that cannot be named is answered with 500 and why. */
export async function openRecorder(to: string): Promise<Recorder> {
  const actions: string[] = [];
  const server = createServer((incoming, answer) => {
    const { method = 'GET', url = '/', headers } = incoming;
    const hand = async (): Promise<void> => {
      const body = await buffer(incoming);
      actions.push(actionOf({ method, url, headers, body: body.length < 1e6 ? body.toString('utf8') : '' }));
      const onward = request(new URL(url, to), { method, headers });
      onward.end(body);
      const [back] = await once(onward, 'response');
      answer.writeHead(back.statusCode, back.rawHeaders);
      back.pipe(answer);
    };
    hand().catch((error: unknown) => answer.writeHead(500).end(`recorder: ${String(error)}`));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    actions,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
