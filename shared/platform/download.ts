import { type IncomingMessage, request as plain } from 'node:http';
import { request as secure } from 'node:https';

/** What came of a download; `mayPass`: it may come out otherwise a little later. */
export type Downloaded =
  | { readonly bytes: Buffer }
  | { readonly bytes: null; readonly why: string; readonly mayPass: boolean };

export interface DownloadLimits {
  readonly mostBytes: number;
  /** From the first byte sent to the last one received, milliseconds. */
  readonly mostMs: number;
}

const loopback: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Only over TLS, or from this machine, where the sandbox is. */
function mayBeFetched(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopback.has(url.hostname));
}

const failed = (why: string, mayPass: boolean): Downloaded => ({ bytes: null, why, mayPass });

/**
 * Fetches what a presigned URL leads to, once, within these limits. A redirect is a refusal: a URL that AWS gave leads to the thing itself. Never
 * throws, and says nothing of the URL, which lets whoever has it in.
 */
export function download(address: string, { mostBytes, mostMs }: DownloadLimits): Promise<Downloaded> {
  const url = URL.parse(address);
  if (url === null || !mayBeFetched(url)) return Promise.resolve(failed('its URL is not of HTTPS', false));
  const open = url.protocol === 'https:' ? secure : plain;
  return new Promise((resolve) => {
    const sent = open(url, { method: 'GET', agent: false });
    const late = setTimeout(() => end(failed('it did not come in time', true)), mostMs);
    function end(result: Downloaded): void {
      clearTimeout(late);
      resolve(result);
      sent.destroy();
    }
    sent.on('error', () => end(failed('nobody answered', true)));
    sent.on('response', (answer) => void received(answer, mostBytes).then(end));
    sent.end();
  });
}

async function received(answer: IncomingMessage, mostBytes: number): Promise<Downloaded> {
  const { statusCode = 0 } = answer;
  if (statusCode !== 200) return failed(`the answer was HTTP ${statusCode}`, statusCode >= 500);
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of answer as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > mostBytes) return failed(`it is larger than ${mostBytes} bytes`, false);
      parts.push(part);
    }
  } catch {
    return failed('the connection broke', true);
  }
  return { bytes: Buffer.concat(parts) };
}
