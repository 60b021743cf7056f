import type { Command } from 'commander';
import { addApprove } from './approveCommand.ts';
import { addDiff } from './diffCommand.ts';
import { addHistory } from './historyCommand.ts';
import { addLint } from './lintCommand.ts';
import { addPromote } from './promoteCommand.ts';
import { addPull } from './pullCommand.ts';
import { addPush } from './pushCommand.ts';
import { addRollback } from './rollbackCommand.ts';

/** What `firebreak rules` can do, one line each, in the order of its help. */
const subcommands: readonly ((rules: Command) => void)[] = [
  addLint,
  addDiff,
  addPush,
  addPull,
  addApprove,
  addPromote,
  addHistory,
  addRollback,
];

export function addRules(program: Command): void {
  const rules = program
    .command('rules')
    .summary('check and look after rules, exemptions and settings')
    .description('Rules, exemptions and settings, as files laid out like rules/.')
    .addHelpText('after', '\nExample:\n  firebreak rules lint rules/');
  for (const add of subcommands) add(rules);
}
