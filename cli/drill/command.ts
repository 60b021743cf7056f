import { setTimeout } from 'node:timers/promises';
import type { Command } from 'commander';
import { commandFor } from '../../shared/report/command.ts';
import { NotAllowed } from '../doctor/asked.ts';
import { lookedLines } from '../doctor/lines.ts';
import { print, printJson, say } from '../output.ts';
import { onStage } from '../stage.ts';
import { type StageFlags, withStage } from '../stageOptions.ts';
import { UsageError } from '../usage.ts';
import { userName } from '../userName.ts';
import { holdDrill, type Station } from './drill.ts';

interface Flags extends StageFlags {
  readonly type: string;
  readonly by?: string;
  readonly json?: boolean;
}

/** Of an instance that nobody has (i-99999999), severity 8. */
const defaultType = 'CryptoCurrency:EC2/BitcoinTool.B!DNS';

const words: { readonly [station in Station['station']]: string } = {
  asked: 'GuardDuty was asked for a sample',
  decided: 'it came through EventBridge, its queue and intake, and was decided',
  told: 'it was told, by one message on the notice topic, which says TEST first',
};

async function run(flags: Flags): Promise<void> {
  const { stage, json } = flags;
  const drilled = await onStage(flags, async (connection) => {
    try {
      const { type, by = userName() } = flags;
      return await holdDrill(connection, { type, by, pause: setTimeout, begun: say });
    } catch (error) {
      if (error instanceof NotAllowed)
        throw new UsageError(`Your credentials lack ${error.permission}, which a drill needs.`);
      throw error;
    }
  });
  if (drilled.todo !== '') process.exitCode = 1;
  if (json === true) return printJson({ version: 1, stage, ...drilled });
  for (const { station, at } of drilled.stations) print(`${at ?? 'NOT IN TIME'.padEnd(24)}  ${words[station]}`);
  if (drilled.incident !== null)
    print(`What would have been done: ${commandFor('incidents show', drilled.incident, stage)}`);
  if (drilled.todo !== '') say(`firebreak: ${drilled.todo}`);
  if (drilled.broken.length > 0) for (const line of lookedLines(drilled.broken)) print(line);
}

export function addDrill(program: Command): void {
  withStage(program.command('drill'))
    .summary('a sample finding of GuardDuty through the whole path, as a dry run')
    .description(
      'Has GuardDuty make up a finding, waits until it is decided and told, and says how far it came. Nothing is changed, and nobody is woken: one message, marked as a test, goes to the notice topic. Exit 1: it did not come through in time.',
    )
    .option('--type <type>', 'the finding type to make up', defaultType)
    .option('--by <who>', 'who drills, for whoever reads it (default: the name of the user)')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  firebreak drill --stage prod')
    .action(run);
}
