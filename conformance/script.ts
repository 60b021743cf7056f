import type { z } from 'zod';
import type { Account } from '../sandbox/account.ts';
import type { worldSchema } from '../sandbox/world/schema.ts';

/** What an SDK client is made with, on either side. */
export interface Connection {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts: number;
}

/** An SDK client, as far as a script uses it. */
export interface Client {
  readonly middlewareStack: { add(middleware: unknown, options: object): void };
  send(command: object): Promise<object>;
  destroy(): void;
}

/**
 * What two right answers may differ in. `id`: any text that is not empty; the same one later must be the same one on both sides.
 * `text`: any that is not empty. `time`: any moment. `json`: text that is JSON, however it is spaced. `unordered`: a list in any
 * order; `by A B`: one whose members these fields tell apart. (Each side's own endpoint is always taken out.)
 */
export type FieldKind = 'id' | 'text' | 'time' | 'json' | 'unordered' | `by ${string}`;

/** What this side answered in an earlier step, by path (`Messages[0].ReceiptHandle`). Throws when it did not. */
export type Seen = (step: string, path: string) => string;

export interface Step {
  /** Unique within its script; differences name it. */
  readonly name: string;
  /** The SDK's command. */
  readonly ask: (seen: Seen) => object;
  /** Set where AWS documents the words of a refusal: they are compared, too. */
  readonly words?: true;
  /** Asked again until this holds of the answer. */
  readonly until?: (output: Readonly<Record<string, unknown>>) => boolean;
  /** Asked once everything under way has arrived. */
  readonly settled?: true;
  /** One of the script's `others`, where what came of an operation is seen in another service. */
  readonly through?: string;
  /** The operation that the step tells of, where it is not the one that it asks. */
  readonly of?: string;
}

type Options = Omit<Step, 'name' | 'ask'>;

/** One account of one service: how each side is made alike, and what is then asked of both. A service may have several. */
export interface Script {
  /** As in the signature's scope and in `sandbox/README.md`, e.g. `states`. */
  readonly service: string;
  readonly client: (connection: Connection) => object;
  readonly others?: { readonly [service: string]: (connection: Connection) => object };
  readonly world?: z.input<typeof worldSchema>;
  /** Makes in the sandbox what no call makes. */
  readonly sandbox?: (account: Account) => void;
  /** Makes the same in moto, by calls. */
  readonly moto?: (connection: Connection) => Promise<void>;
  /** By the end of a field's path, without indexes: `MessageId`, `Attributes.SentTimestamp`. Every other field must be equal. */
  readonly fields: { readonly [path: string]: FieldKind };
  readonly steps: readonly Step[];
}

/** A step in one line. */
export const step = (name: string, ask: Step['ask'], options: Options = {}): Step => ({
  name,
  ask,
  ...options,
});

/** Makes a client, lets `use` have it, and ends it. */
export async function withClient<C extends { destroy(): void }>(client: C, use: (client: C) => Promise<unknown>) {
  try {
    await use(client);
  } finally {
    client.destroy();
  }
}
