import type { Command } from 'commander';
import { print, printJson, say } from '../output.ts';
import { onStage } from '../stage.ts';
import { type StageFlags, withStage } from '../stageOptions.ts';
import { exemptionLines, listExemptions } from './list.ts';

interface Flags extends StageFlags {
  readonly json?: boolean;
}

async function list(flags: Flags): Promise<void> {
  const listed = await onStage(flags, listExemptions);
  if (flags.json === true) return printJson(listed);
  for (const line of exemptionLines(listed)) print(line);
  if (listed.ruleset === null) say(`No rule set decides in stage ${flags.stage} yet.`);
  else if (listed.exemptions.length === 0) say(`Nothing is exempted in stage ${flags.stage}.`);
}

export function addExemptions(program: Command): void {
  const exemptions = program
    .command('exemptions')
    .summary('what the rules leave alone, until when, and whether that is still of use')
    .description(
      'Reads a deployed stage with ordinary AWS credentials, or the embedded account through AWS_ENDPOINT_URL.',
    )
    .addHelpText('after', '\nExample:\n  firebreak exemptions list --stage prod');
  withStage(exemptions.command('list', { isDefault: true }))
    .description('The exemptions of the rule set that decides, and of how many incidents each took something out.')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  firebreak exemptions list --stage prod --json')
    .action(list);
}
