import type { Command } from 'commander';
import { builtBefore } from './artifacts.ts';
import { seedOption, within } from './numberOption.ts';
import { print, say } from './output.ts';
import { callLog, logCalls } from './sandbox/callLog.ts';
import { missingCalls } from './sandbox/missingCalls.ts';
import { instructions, readyLine } from './sandbox/ready.ts';
import { readBeginning, type StartOptions, startSandbox } from './sandbox/start.ts';
import { untilStopped } from './sandbox/stopped.ts';

interface Options extends StartOptions {
  readonly json?: boolean;
  /** True without a file. */
  readonly log?: true | string;
}

async function run(options: Options): Promise<void> {
  const stopped = untilStopped();
  // Before the account: what a person has to mend is told at once.
  const beginning = readBeginning(options);
  const log = options.log === undefined ? undefined : callLog(options.log);
  if (!(await builtBefore(stopped))) return;
  const sandbox = await startSandbox(options, beginning);
  try {
    if (log !== undefined) logCalls(sandbox.account, log);
    for (const line of options.json === true ? [readyLine(sandbox)] : instructions(sandbox)) print(line);
    await stopped;
    const missing = missingCalls(sandbox.account.trail);
    if (missing !== undefined) say(missing);
  } finally {
    await sandbox.close();
  }
}

export function addSandbox(program: Command): void {
  program
    .command('sandbox')
    .summary('keep the embedded account running')
    .description('Starts the embedded account with the stack deployed in it, and runs until SIGINT or SIGTERM.')
    .option('--account <file>', 'account file: the world to start from (default: an empty account)')
    .option('--rules <folder>', 'rules to put into Parameter Store (default: the shipped pack, acting)')
    .option('--observe', 'leave the shipped pack as it is shipped: it observes')
    .option('--port <number>', 'port to listen on (default: a free one)', within(0, 65_535, true))
    .option('--seed <number>', 'seed of everything that AWS leaves to chance', seedOption, 1)
    .option('--speed <factor>', 'virtual seconds per real second', within(1, 10_000, false), 1)
    .option('--log [file]', 'tell of every call: a line each on standard error, or JSON Lines added to a file')
    .option('--json', 'print one line of JSON when it is ready to take calls')
    .addHelpText('after', '\nExample:\n  firebreak sandbox --account my.account.yaml --port 4566')
    .action(run);
}
