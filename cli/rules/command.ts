import type { Command } from 'commander';
import { addLint } from './lintCommand.ts';

/** What `firebreak rules` can do, one line each, in the order of its help. */
const subcommands: readonly ((rules: Command) => void)[] = [addLint];

export function addRules(program: Command): void {
  const rules = program
    .command('rules')
    .summary('check and look after rules, exemptions and settings')
    .description('Rules, exemptions and settings, as files laid out like rules/.')
    .addHelpText('after', '\nExample:\n  firebreak rules lint rules/');
  for (const add of subcommands) add(rules);
}
