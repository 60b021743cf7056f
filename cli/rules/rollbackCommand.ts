import type { Command } from 'commander';
import { catalogue } from '../../shared/actions/catalogue.ts';
import { InvalidRules } from '../../shared/platform/errors.ts';
import { plain } from '../../shared/report/text.ts';
import { type RolledBack, rollback } from '../../shared/respond/rollback.ts';
import { parseRuleSet } from '../../shared/rules/storedSet.ts';
import { calledBy } from '../callerArn.ts';
import { within } from '../numberOption.ts';
import { print, printJson, say } from '../output.ts';
import { onStage } from '../stage.ts';
import { type StageFlags, withStage } from '../stageOptions.ts';
import { UsageError } from '../usage.ts';
import { userName } from '../userName.ts';

interface Flags extends StageFlags {
  readonly by?: string;
  readonly reason: string;
  readonly json?: boolean;
}

function tell(answer: RolledBack, { stage }: Flags): void {
  if (answer.kind === 'nothing') {
    say(`firebreak: ${plain(answer.reason)}`);
    return;
  }
  const { number, from, to, putsBack } = answer;
  if (from === to)
    print(
      `Rule set ${to} decides as before, as number ${number}. What was edited since is dropped: ${plain(putsBack.join(', '), 2000)}.`,
    );
  else tellChanges(answer);
  print(
    `The parameters below /firebreak/${stage}/ are put back within a minute; what somebody writes there meanwhile stands.`,
  );
}

function tellChanges({ number, from, to, changes }: Extract<RolledBack, { kind: 'done' }>): void {
  print(`Rule set ${to} decides again, as number ${number}. What is different from ${from}:`);
  for (const change of changes.length === 0 ? ['nothing'] : changes) print(`  ${plain(change)}`);
}

async function run(to: number | undefined, flags: Flags): Promise<void> {
  const { stage, by = userName(), reason } = flags;
  if (reason.trim() === '') throw new UsageError('The reason is empty: say why, or leave out --reason.');
  const answer = await onStage(flags, async ({ effects, config }) => {
    try {
      const asked = { to, by, reason, ...(await calledBy(config)) };
      return await rollback({ ...effects, stage, parse: (text) => parseRuleSet(text, catalogue) }, asked);
    } catch (error) {
      if (!(error instanceof InvalidRules)) throw error;
      throw new UsageError(
        `This version of Firebreak cannot go back to that set: ${error.message}. Push the rules that you want instead.`,
        { cause: error },
      );
    }
  });
  if (answer.kind === 'nothing') process.exitCode = 1;
  if (flags.json === true) printJson({ version: 1, ...answer });
  else tell(answer, flags);
}

export function addRollback(rules: Command): void {
  withStage(rules.command('rollback'))
    .summary('have an earlier rule set decide again')
    .description(
      'Exit 0: it decides now. 1: there is no such set, it decides already, or an edit is not live and no number was given.',
    )
    .argument(
      '[number]',
      'its number in the history; of the set that decides: drops what was edited since (default: the one before)',
      within(0, 1e9, true),
    )
    .option('--reason <text>', 'why, for the record', 'no reason was given')
    .option('--by <who>', 'who decided, for the record (default: the name of the user)')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  firebreak rules rollback 12 --stage prod --reason "too many containments"')
    .action(run);
}
