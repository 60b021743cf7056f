import { vi } from 'vitest';

export interface Ran {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the whole command in this process, as `bin/firebreak.mjs` does. Not twice at once. */
export async function firebreak(...args: readonly string[]): Promise<Ran> {
  const { argv, exitCode } = process;
  const said = { out: '', err: '' };
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((said.out += String(text))));
  const err = vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((said.err += String(text))));
  try {
    process.argv = ['node', 'firebreak', ...args];
    process.exitCode = 0;
    vi.resetModules();
    await import('../../cli/main.ts');
    return { exit: Number(process.exitCode), ...said };
  } finally {
    out.mockRestore();
    err.mockRestore();
    process.argv = argv;
    process.exitCode = exitCode;
  }
}

/** What is wrong, as one sentence for a person: on standard error, and no stack trace. */
export const isOneSentence = ({ out, err }: Ran): boolean =>
  out === '' && /^firebreak: [^\n]+\n$/.test(err) && !/\bat .*:\d+:\d+/.test(err);
