import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

/** An answer as it came over the wire. */
export interface Recorded {
  readonly status: number;
  /** Headers and body, as one text. */
  readonly text: string;
}

interface RawResponse {
  readonly statusCode: number;
  readonly headers: { readonly [name: string]: string };
  body: Readable;
}

/** As much of an SDK client as is used here, whatever its service. */
export interface AnyClient {
  readonly middlewareStack: {
    add(
      middleware: (next: (args: unknown) => Promise<unknown>) => (args: unknown) => Promise<unknown>,
      options: { readonly step: 'deserialize'; readonly priority: 'low'; readonly name: string },
    ): void;
  };
  send(command: object): Promise<object>;
  destroy(): void;
}

/** Keeps every answer that a client gets, before the client reads it. */
export function record(client: AnyClient, keep: (answer: Recorded) => void): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = (await next(args)) as { response: RawResponse };
      const { response } = result;
      const body = await buffer(response.body);
      response.body = Readable.from([body]);
      keep({ status: response.statusCode, text: `${JSON.stringify(response.headers)}\n${body.toString('utf8')}` });
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'record' },
  );
}
