import { request } from 'node:https';

export interface Posted {
  /** Of HTTP. A redirect is answered as it is, and not followed: what is sent goes where somebody said. */
  readonly status: number;
  /** Seconds that the other side asks for; undefined where it does not. */
  readonly retryAfter: number | undefined;
}

export interface PostRequest {
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

/** From the first byte of the name's look-up to the answer's headers, milliseconds. */
const patience = 5_000;

/** Sends it once, over TLS. Throws where nobody answers within five seconds; the error has no part of what was sent. */
export function postOnce({ url, headers, body }: PostRequest): Promise<Posted> {
  return new Promise((resolve, reject) => {
    const bytes = Buffer.from(body, 'utf8');
    const sent = request(url, { method: 'POST', headers: { ...headers, 'content-length': String(bytes.length) } });
    const late = setTimeout(() => sent.destroy(new Error('no answer within five seconds')), patience);
    const end = (): void => clearTimeout(late);
    sent.on('error', (error) => {
      end();
      reject(error);
    });
    sent.on('response', (answer) => {
      end();
      // What it says is of no use, and may be of any length.
      answer.destroy();
      const after = Number(answer.headers['retry-after']);
      resolve({ status: answer.statusCode ?? 0, retryAfter: Number.isFinite(after) ? after : undefined });
    });
    sent.end(bytes);
  });
}
