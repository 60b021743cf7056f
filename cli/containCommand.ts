import type { Command } from 'commander';
import { commandFor } from '../shared/report/command.ts';
import { plain } from '../shared/report/text.ts';
import { type ContainAnswer, contain, type Holding } from '../shared/respond/contain.ts';
import { calledBy } from './callerArn.ts';
import { askTerminal, saysYes } from './confirm.ts';
import { findIncident, unknownIncident } from './incidents/find.ts';
import { print, printJson, say } from './output.ts';
import { onStage } from './stage.ts';
import { type StageFlags, withStage } from './stageOptions.ts';
import { UsageError } from './usage.ts';
import { userName } from './userName.ts';

interface Flags extends StageFlags {
  readonly by?: string;
  readonly reason?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

interface Asked {
  readonly incident: string;
  readonly answer: ContainAnswer;
}

const endedLines = ({ hold, undoneUntil, targets }: Holding): readonly string[] => [
  ...(hold === null ? [] : [`The hold until ${hold.until} by ${plain(hold.by, 200)} is over (${plain(hold.reason)}).`]),
  ...(undoneUntil === null ? [] : [`The undo is held to no longer; it would have been until ${undoneUntil}.`]),
  ...targets.map((target) => `  ${plain(target)} may be changed again.`),
];

function tell({ incident, answer }: Asked, stage: string): void {
  switch (answer.kind) {
    case 'nothing':
      say(`firebreak: ${plain(answer.reason, 1000)}`);
      return;
    case 'known':
      print(
        `You had it contained again before; nothing holds ${plain(incident)} now. Its run: ${plain(answer.run, 100)}.`,
      );
      break;
    default: {
      const run = plain(answer.run, 100);
      const decides = answer.kind === 'opened' ? `run ${run} decides` : `run ${run}, which is under way, decides again`;
      print(`${plain(incident)} is to be contained again: ${decides} with what was found.`);
      for (const line of endedLines(answer.ended)) print(line);
      print('What needs an approval is asked as before, and limits, pauses and freezes hold.');
    }
  }
  if (answer.hold !== null) {
    const { by, until, reason } = answer.hold;
    print(`${plain(by, 200)} holds it since, until ${until} (${plain(reason)}): that stands.`);
  }
  print(`It is told by a message. Until then: ${commandFor('incidents show', incident, stage)}`);
}

async function run(id: string, flags: Flags): Promise<void> {
  const { by = userName(), reason = 'no reason was given', yes, json } = flags;
  if (reason.trim() === '') throw new UsageError('The reason is empty: say why, or leave out --reason.');
  if (reason.length > 500) throw new UsageError('The reason is longer than 500 characters.');
  const asked = await onStage(flags, async ({ effects, config }): Promise<Asked> => {
    const head = await findIncident(effects.table, id);
    if (head === undefined)
      return { incident: id, answer: { kind: 'nothing', reason: unknownIncident(id, flags.stage) } };
    const { incident } = head;
    const question = `End what holds ${plain(incident)}, and have it contained again? [y/N] `;
    if (!(await saysYes({ yes, json }, question, askTerminal)))
      return { incident, answer: { kind: 'nothing', reason: 'Nothing was decided.' } };
    const request = { incident, by, reason: reason.trim(), ...(await calledBy(config)) };
    return { incident, answer: await contain(effects, request) };
  });
  if (asked.answer.kind === 'nothing') process.exitCode = 1;
  if (json === true) printJson({ version: 1, incident: asked.incident, ...asked.answer });
  else tell(asked, flags.stage);
}

export function addContain(program: Command): void {
  withStage(program.command('contain'))
    .summary('contain again: end a hold, or the time after an undo')
    .description(
      'The incident is decided with what was found; what protects still protects. In a terminal it asks first. Exit 0: it is being decided, now or since you asked before. 1: there is nothing to end.',
    )
    .argument('<incident>', 'its key, or a part that only one open incident has')
    .option('--reason <text>', 'why, for the record')
    .option('--by <who>', 'who decided, for the record (default: the name of the user)')
    .option('--yes', 'do not ask')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  firebreak contain payments/checkout-api@sha256:3f1c --stage prod --reason "it was no false alarm"',
    )
    .action(run);
}
