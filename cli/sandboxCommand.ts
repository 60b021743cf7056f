import type { Command } from 'commander';
import { seedOption, within } from './numberOption.ts';
import { print } from './output.ts';
import { instructions, readyLine } from './sandbox/ready.ts';
import { type StartOptions, startSandbox } from './sandbox/start.ts';
import { untilStopped } from './sandbox/stopped.ts';

interface Options extends StartOptions {
  readonly json?: boolean;
}

async function run(options: Options): Promise<void> {
  const stopped = untilStopped();
  const sandbox = await startSandbox(options);
  try {
    for (const line of options.json === true ? [readyLine(sandbox)] : instructions(sandbox)) print(line);
    await stopped;
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
    .option('--rules <folder>', 'rules to put into Parameter Store (default: the shipped pack)')
    .option('--port <number>', 'port to listen on (default: a free one)', within(0, 65_535, true))
    .option('--seed <number>', 'seed of everything that AWS leaves to chance', seedOption, 1)
    .option('--speed <factor>', 'virtual seconds per real second', within(1, 10_000, false), 1)
    .option('--json', 'print one line of JSON when it is ready to take calls')
    .addHelpText('after', '\nExample:\n  firebreak sandbox --account my.account.yaml --port 4566')
    .action(run);
}
