import type { Command } from 'commander';
import { commandFor } from '../shared/report/command.ts';
import { plain } from '../shared/report/text.ts';
import { type Acknowledged, acknowledge } from '../shared/respond/acknowledge.ts';
import { calledBy } from './callerArn.ts';
import { findIncident, unknownIncident } from './incidents/find.ts';
import { print, printJson, say } from './output.ts';
import { onStage } from './stage.ts';
import { type StageFlags, withStage } from './stageOptions.ts';
import { UsageError } from './usage.ts';
import { userName } from './userName.ts';

interface Flags extends StageFlags {
  readonly by?: string;
  readonly reason: string;
  readonly json?: boolean;
}

interface Answered {
  readonly incident: string;
  readonly outcome: Acknowledged;
}

function tell({ incident, outcome }: Answered, stage: string): void {
  if (outcome.kind === 'nothing') {
    say(`firebreak: ${plain(outcome.reason, 1000)}`);
    return;
  }
  const before = outcome.kind === 'known' ? 'had it before' : 'has it';
  print(
    `${plain(outcome.by, 200)} ${before}, since ${outcome.at}: the page of ${plain(incident)} goes on to nobody else.`,
  );
  print(`Nothing is approved or undone by that. What it is about: ${commandFor('incidents show', incident, stage)}`);
}

async function run(id: string, flags: Flags): Promise<void> {
  const { by = userName(), reason, stage } = flags;
  if (reason.trim() === '') throw new UsageError('The reason is empty: say why, or leave out --reason.');
  if (reason.length > 500) throw new UsageError('The reason is longer than 500 characters.');
  const done = await onStage(flags, async ({ effects, config }): Promise<Answered> => {
    const head = await findIncident(effects.table, id);
    if (head === undefined) return { incident: id, outcome: { kind: 'nothing', reason: unknownIncident(id, stage) } };
    const { incident } = head;
    return { incident, outcome: await acknowledge(effects, { incident, by, reason, ...(await calledBy(config)) }) };
  });
  if (done.outcome.kind === 'nothing') process.exitCode = 1;
  if (flags.json === true) printJson({ version: 1, incident: done.incident, ...done.outcome });
  else tell(done, stage);
}

export function addAcknowledge(program: Command): void {
  withStage(program.command('acknowledge').alias('ack'))
    .summary('you have a page in hand: it goes on to nobody else')
    .description(
      'Nothing is approved or undone by it. Exit 0: acknowledged, now or before. 1: no page of the incident is open.',
    )
    .argument('<incident>', 'its key, or a part that only one open incident has')
    .option('--reason <text>', 'for the record and for whoever else was woken', 'no more was said')
    .option('--by <who>', 'who has it, for the record (default: the name of the user)')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  firebreak acknowledge prod/checkout --stage prod --reason "looking at it"')
    .action(run);
}
