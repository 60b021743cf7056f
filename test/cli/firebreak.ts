import { vi } from 'vitest';

export interface Ran {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

/** Takes what is written to a stream, until it is restored. */
function taken(stream: NodeJS.WriteStream): { readonly text: () => string; readonly restore: () => void } {
  const chunks: string[] = [];
  const spy = vi.spyOn(stream, 'write').mockImplementation((chunk) => {
    chunks.push(String(chunk));
    return true;
  });
  const known = stream.listeners('error');
  return {
    text: () => chunks.join(''),
    restore: () => {
      spy.mockRestore();
      for (const listener of stream.listeners('error')) {
        if (!known.includes(listener)) stream.off('error', listener as () => void);
      }
    },
  };
}

/** Runs the whole command in this process, as `bin/firebreak.mjs` does. Not twice at once. */
export async function firebreak(...args: readonly string[]): Promise<Ran> {
  const { argv, exitCode } = process;
  const out = taken(process.stdout);
  const err = taken(process.stderr);
  try {
    process.argv = ['node', 'firebreak', ...args];
    process.exitCode = 0;
    vi.resetModules();
    await import('../../cli/main.ts');
    return { exit: Number(process.exitCode), out: out.text(), err: err.text() };
  } finally {
    out.restore();
    err.restore();
    process.argv = argv;
    process.exitCode = exitCode;
  }
}

/** What is wrong, as one sentence for a person: on standard error, and no stack trace. */
export const isOneSentence = ({ out, err }: Ran): boolean =>
  out === '' && /^firebreak: [^\n]+\n$/.test(err) && !/\bat .*:\d+:\d+/.test(err);
