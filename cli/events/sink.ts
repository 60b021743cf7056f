import { once } from 'node:events';
import { createWriteStream, renameSync, rmSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import { UsageError } from '../usage.ts';

/** Where lines go. */
export interface Sink {
  write(line: string): Promise<void>;
  /** All is there. Until then a file has another name, so that half of it is never taken for the whole. */
  done(): Promise<void>;
  /** Nothing of it stays. After `done` it does nothing. */
  close(): void;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

async function flowing(stream: NodeJS.WritableStream, line: string): Promise<void> {
  if (!stream.write(`${line}\n`)) await once(stream, 'drain');
}

const standardOutput: Sink = {
  write: (line) => flowing(process.stdout, line),
  done: async () => undefined,
  close: () => undefined,
};

/** A file that only its owner may read, or `-` for standard output. Throws UsageError where it cannot be written. */
export async function openSink(file: string): Promise<Sink> {
  if (file === '-') return standardOutput;
  const part = `${file}.part`;
  const stream = createWriteStream(part, { mode: 0o600 });
  const refused = (cause: unknown): UsageError =>
    new UsageError(`${file} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}.`, { cause });
  try {
    await once(stream, 'open');
  } catch (error) {
    throw refused(error);
  }
  let open = true;
  const remove = (): void => {
    if (!open) return;
    open = false;
    for (const signal of signals) process.off(signal, interrupted);
    stream.destroy();
    rmSync(part, { force: true });
  };
  const interrupted = (signal: NodeJS.Signals): void => {
    remove();
    process.kill(process.pid, signal);
  };
  for (const signal of signals) process.on(signal, interrupted);
  // A full disk is told to whoever writes the next line, or the last.
  let broken: unknown;
  stream.on('error', (error) => {
    broken = error;
  });
  return {
    write: async (line) => {
      if (broken === undefined) await flowing(stream, line).catch((error: unknown) => Promise.reject(refused(error)));
      if (broken !== undefined) throw refused(broken);
    },
    done: async () => {
      try {
        stream.end();
        await finished(stream);
        renameSync(part, file);
      } catch (error) {
        throw refused(error);
      }
      remove();
    },
    close: remove,
  };
}
