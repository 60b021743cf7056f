import { spawnSync } from 'node:child_process';

/**
 * Whether a program that is no part of this project runs here. Where it does not, that is said on the output: a test that was passed
 * over looks like one that passed.
 */
export function hasTool(what: string, command: string, args: readonly string[]): boolean {
  const found = spawnSync(command, args, { stdio: 'ignore' }).status === 0;
  if (!found) process.stderr.write(`SKIPPED: ${what} is not on this machine, so what it shows is not tested.\n`);
  return found;
}
