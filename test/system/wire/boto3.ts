import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const driver = fileURLToPath(new URL('./boto3-driver.py', import.meta.url));

export interface Boto3Error {
  /** The exception's class: `ClientError` itself when the client does not know the code as one of its service's. */
  readonly type: string;
  readonly code?: string;
  readonly message: string;
  readonly status?: number;
}

type Fields = { readonly [name: string]: unknown };

type Answered = { readonly ok: Fields } | { readonly pages: readonly Fields[] } | { readonly error: Boto3Error };

/** A Python process that makes the calls it is told, one after the other. */
export interface Boto3 {
  /** What the client returned. Throws with the client's exception. */
  ok(service: string, operation: string, args?: Fields): Promise<Fields>;
  /** The exception that the client raised. Throws when the call succeeded. */
  refused(service: string, operation: string, args?: Fields): Promise<Boto3Error>;
  /** One list out of all pages, as the client's paginator brings them, `size` at a time, and how many pages there were. */
  paged(
    service: string,
    operation: string,
    list: string,
    size: number,
    args?: Fields,
  ): Promise<{ readonly pages: number; readonly all: readonly unknown[] }>;
  close(): Promise<void>;
}

export function openBoto3(env: NodeJS.ProcessEnv): Boto3 {
  const python = spawn('python3', [driver], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface(python.stdout)[Symbol.asyncIterator]();
  const ended = once(python, 'exit');

  async function call(service: string, operation: string, asked: object): Promise<Answered> {
    python.stdin.write(`${JSON.stringify({ service, operation, ...asked })}\n`);
    const { value, done } = await answers.next();
    if (done === true) throw new Error(`the driver ended at ${service} ${operation}`);
    return JSON.parse(value);
  }
  const unexpected = (what: string, answer: Answered): never => {
    throw new Error(`${what} answered ${JSON.stringify(answer)}`);
  };

  return {
    ok: async (service, operation, args = {}) => {
      const answer = await call(service, operation, { arguments: args });
      return 'ok' in answer ? answer.ok : unexpected(`${service} ${operation}`, answer);
    },
    refused: async (service, operation, args = {}) => {
      const answer = await call(service, operation, { arguments: args });
      return 'error' in answer ? answer.error : unexpected(`${service} ${operation}`, answer);
    },
    paged: async (service, operation, list, size, args = {}) => {
      const answer = await call(service, operation, { arguments: args, pageSize: size });
      if (!('pages' in answer)) return unexpected(`${service} ${operation}`, answer);
      const all = answer.pages.flatMap((page) => (page[list] ?? []) as readonly unknown[]);
      return { pages: answer.pages.length, all };
    },
    close: async () => {
      python.stdin.end();
      await ended;
    },
  };
}
