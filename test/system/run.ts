import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

export interface Ran {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly stdin?: string;
}

/** Runs a program to its end. This process goes on meanwhile, so that it can be the account that is called. */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const { stdin = '', ...rest } = options;
  const child = spawn(command, args, { ...rest, stdio: 'pipe' });
  // A program that does not read its input may be gone before it is written.
  child.stdin.on('error', () => undefined).end(stdin);
  const [out, err, [exit]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { exit, out, err };
}
