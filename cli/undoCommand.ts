import type { Command } from 'commander';
import type { Head } from '../shared/incident/items.ts';
import { targetsOf } from '../shared/incident/targets.ts';
import { commandFor } from '../shared/report/command.ts';
import { plain } from '../shared/report/text.ts';
import { type UndoAnswer, undo } from '../shared/respond/undo.ts';
import { findIncident, unknownIncident } from './incidents/find.ts';
import { print, printJson, say } from './output.ts';
import { onStage, type StageConnection } from './stage.ts';
import { type StageFlags, withStage } from './stageOptions.ts';
import { UsageError } from './usage.ts';
import { userName } from './userName.ts';

interface Flags extends StageFlags {
  readonly by?: string;
  readonly reason: string;
  readonly json?: boolean;
}

/** What an undo puts back, with the promise of the step that changed it. */
interface Restored {
  readonly target: string;
  readonly action: string;
  readonly sentence: string;
}

interface Asked {
  readonly incident: string;
  readonly answer: UndoAnswer;
  readonly restores: readonly Restored[];
}

async function ask({ effects }: StageConnection, { incident }: Head, flags: Flags): Promise<Asked> {
  const restores = (await targetsOf(effects.table, incident)).flatMap(({ target, changes }) =>
    changes.map(({ action, step: { undo: promise } }) => ({
      target,
      action,
      sentence: promise.possible ? promise.sentence : `It cannot be undone: ${promise.why}`,
    })),
  );
  const { by = userName(), reason } = flags;
  const answer = await undo(effects, { incident, by, reason });
  return { incident, answer, restores: answer.kind === 'nothing' ? [] : restores };
}

function tell({ incident, answer, restores }: Asked, stage: string): void {
  if (answer.kind === 'nothing') {
    say(`firebreak: ${plain(answer.reason, 1000)}`);
    return;
  }
  const begun = answer.kind === 'opened' ? 'is under way now' : 'was under way already';
  print(`The undo of ${plain(incident)} ${begun}: run ${plain(answer.run, 100)}.`);
  for (const { target, action, sentence } of restores) print(`  ${action} on ${plain(target)}: ${plain(sentence)}`);
  print(
    `It is told by a message when it has been read back. Until then: ${commandFor('incidents show', incident, stage)}`,
  );
}

async function run(id: string, flags: Flags): Promise<void> {
  if (flags.reason.trim() === '') throw new UsageError('The reason is empty: say why, or leave out --reason.');
  const asked = await onStage(flags, async (stage) => {
    const head = await findIncident(stage.effects.table, id);
    return head === undefined ? undefined : ask(stage, head, flags);
  });
  const answer = asked?.answer ?? { kind: 'nothing' as const, reason: unknownIncident(id, flags.stage) };
  if (answer.kind === 'nothing') process.exitCode = 1;
  const told: Asked = asked ?? { incident: id, answer, restores: [] };
  if (flags.json === true) printJson({ version: 1, incident: told.incident, ...answer, restores: told.restores });
  else tell(told, flags.stage);
}

export function addUndo(program: Command): void {
  withStage(program.command('undo'))
    .summary('it was a false alarm: put back what was changed')
    .description('Exit 0: the undo is under way. 1: nothing that was changed stands.')
    .argument('<incident>', 'its key, or a part that only one open incident has')
    .option('--reason <text>', 'why, for the record', 'no reason was given')
    .option('--by <who>', 'who decided, for the record (default: the name of the user)')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  firebreak undo payments/checkout-api@sha256:3f1c --stage prod --reason "built by us, patched upstream"',
    )
    .action(run);
}
