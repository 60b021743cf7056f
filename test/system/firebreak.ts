import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../bin/firebreak.mjs', import.meta.url));

export interface Ran {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  /** Added to what every command needs; nothing of AWS in the caller's environment is handed on. */
  readonly env?: { readonly [name: string]: string };
  readonly stdin?: string;
}

/** Runs the command as a person does. This process goes on meanwhile, so that it can be the account that is called. */
export function firebreak(args: readonly string[], { env = {}, stdin = '' }: RunOptions = {}): Promise<Ran> {
  const { PATH = '', HOME = '' } = process.env;
  const base = { PATH, HOME, AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' };
  const child = spawn(process.execPath, [bin, ...args], {
    env: { ...base, AWS_EC2_METADATA_DISABLED: 'true', ...env },
    stdio: 'pipe',
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  child.stdin.end(stdin);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exit) => resolve({ exit, out, err }));
  });
}
