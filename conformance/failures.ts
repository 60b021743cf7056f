import { Readable } from 'node:stream';
import type { Client } from './script.ts';

interface Raw {
  readonly response: { readonly statusCode: number; body?: unknown };
}

/** Keeps the text of a client's last refusal: the SDK has none of what it cannot read. */
export function keepFailures(client: Client): { readonly last: () => string } {
  let text = '';
  client.middlewareStack.add(
    (next: (input: object) => Promise<Raw>) => async (input: object) => {
      text = '';
      const answered = await next(input);
      const { response } = answered;
      if (response.statusCode >= 400 && response.body instanceof Readable) {
        const chunks: Buffer[] = [];
        for await (const chunk of response.body) chunks.push(Buffer.from(chunk as Uint8Array));
        text = Buffer.concat(chunks).toString();
        response.body = Readable.from(chunks);
      }
      return answered;
    },
    { step: 'deserialize', priority: 'low', name: 'keepFailures' },
  );
  return { last: () => text };
}
