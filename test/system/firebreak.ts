import { fileURLToPath } from 'node:url';
import { type Ran, type RunOptions, run } from './run.ts';

export type { Ran } from './run.ts';

export const bin = fileURLToPath(new URL('../../bin/firebreak.mjs', import.meta.url));

/** Runs the command as a person does; nothing of AWS in the caller's environment is handed on. */
export function firebreak(args: readonly string[], { env = {}, stdin = '' }: RunOptions = {}): Promise<Ran> {
  const { PATH = '', HOME = '' } = process.env;
  const base = { PATH, HOME, AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' };
  return run(process.execPath, [bin, ...args], { env: { ...base, AWS_EC2_METADATA_DISABLED: 'true', ...env }, stdin });
}
