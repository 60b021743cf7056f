import type { Command } from 'commander';
import { commandFor } from '../shared/report/command.ts';
import { plain } from '../shared/report/text.ts';
import { type HoldAnswer, hold, mostHoldDays } from '../shared/respond/hold.ts';
import { calledBy } from './callerArn.ts';
import { durationMs } from './duration.ts';
import { findIncident, unknownIncident } from './incidents/find.ts';
import { print, printJson, say } from './output.ts';
import { onStage } from './stage.ts';
import { type StageFlags, withStage } from './stageOptions.ts';
import { UsageError } from './usage.ts';
import { userName } from './userName.ts';

interface Flags extends StageFlags {
  readonly for?: string;
  readonly by?: string;
  readonly reason?: string;
  readonly json?: boolean;
}

interface Asked {
  readonly incident: string;
  readonly answer: HoldAnswer;
}

function tell({ incident, answer }: Asked, stage: string): void {
  if (answer.kind === 'nothing') {
    say(`firebreak: ${plain(answer.reason, 1000)}`);
    return;
  }
  const { kind, hold: held, before, undoneUntil, run } = answer;
  const asBefore = kind === 'known' ? ' already' : '';
  print(
    `${plain(incident)} is held${asBefore} until ${held.until}: by ${plain(held.by, 200)} since ${held.at} (${plain(held.reason)}).`,
  );
  if (before !== null) {
    const which = before.until > held.until ? 'would have lasted longer' : 'would have ended before';
    print(
      `It replaces the hold until ${before.until} by ${plain(before.by, 200)} (${plain(before.reason)}), which ${which}.`,
    );
  }
  if (undoneUntil !== null) print(`It was undone, and is held for that until ${undoneUntil} in any case.`);
  if (run !== null)
    print(`Run ${plain(run, 100)}, which is under way, stops before its next change; an undo is finished.`);
  print('What stands stays. What is found meanwhile is recorded, and told as held.');
  print(`To end the hold before its time: ${commandFor('contain', incident, stage)}`);
}

async function run(id: string, flags: Flags): Promise<void> {
  const { for: time, by = userName(), reason = '' } = flags;
  if (time === undefined) throw new UsageError('Say for how long: --for 4h.');
  if (reason.trim() === '') throw new UsageError('Say why, for whoever is woken meanwhile: --reason "…".');
  if (reason.length > 500) throw new UsageError('The reason is longer than 500 characters.');
  const forMs = durationMs('--for', time, mostHoldDays);
  const asked = await onStage(flags, async ({ effects, config }): Promise<Asked> => {
    const head = await findIncident(effects.table, id);
    if (head === undefined)
      return { incident: id, answer: { kind: 'nothing', reason: unknownIncident(id, flags.stage) } };
    const { incident } = head;
    const request = { incident, forMs, by, reason: reason.trim(), ...(await calledBy(config)) };
    return { incident, answer: await hold(effects, request) };
  });
  if (asked.answer.kind === 'nothing') process.exitCode = 1;
  if (flags.json === true) printJson({ version: 1, incident: asked.incident, ...asked.answer });
  else tell(asked, flags.stage);
}

export function addHold(program: Command): void {
  withStage(program.command('hold'))
    .summary('change nothing more for one incident, for a while')
    .description(
      'What stands stays; what would be changed meanwhile is held and told, and the incident is decided again afterwards. An undo goes on. A hold replaces the one before. Exit 1: there is no such incident, or it is closed.',
    )
    .argument('<incident>', 'its key, or a part that only one open incident has')
    .option('--for <time>', `how long: 90m, 4h, 3d; at most ${mostHoldDays}d`)
    .option('--reason <text>', 'why, for whoever is woken meanwhile')
    .option('--by <who>', 'who decided, for the record (default: the name of the user)')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  firebreak hold prod/checkout --for 4h --stage prod --reason "payments is looking at it"',
    )
    .action(run);
}
