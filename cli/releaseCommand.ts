import type { Command } from 'commander';
import { commandFor } from '../shared/report/command.ts';
import { plain } from '../shared/report/text.ts';
import { isVersion, release } from '../shared/respond/release.ts';
import type { UndoAnswer } from '../shared/respond/undo.ts';
import { calledBy } from './callerArn.ts';
import { askTerminal, saysYes } from './confirm.ts';
import { findIncident, unknownIncident } from './incidents/find.ts';
import { print, printJson, say } from './output.ts';
import { onStage } from './stage.ts';
import { type StageFlags, withStage } from './stageOptions.ts';
import { UsageError } from './usage.ts';
import { userName } from './userName.ts';

interface Flags extends StageFlags {
  readonly to?: string;
  readonly by?: string;
  readonly reason?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

function tell(incident: string, answer: UndoAnswer, stage: string): void {
  if (answer.kind === 'nothing') {
    say(`firebreak: ${plain(answer.reason, 1000)}`);
    return;
  }
  const begun = answer.kind === 'opened' ? 'is under way now' : 'or its undo was under way already';
  print(`The release of ${plain(incident)} ${begun}: run ${plain(answer.run, 100)}.`);
  print(
    'What was named is read before anything is changed. If it cannot run, nothing is released, and a message says why.',
  );
  print(
    `It is told by a message when it has been read back. Until then: ${commandFor('incidents show', incident, stage)}`,
  );
}

async function run(id: string, flags: Flags): Promise<void> {
  const { to = null, by = userName(), reason = '', yes, json } = flags;
  if (reason.trim() === '') throw new UsageError('Say what was fixed, for the record: --reason "…".');
  if (reason.length > 500) throw new UsageError('The reason is longer than 500 characters.');
  if (to !== null && !isVersion(to))
    throw new UsageError(
      `--to "${plain(to, 100)}" is no version: write family:revision, the ARN of a task definition, or the digest of an image (sha256:…).`,
    );
  const { incident, answer } = await onStage(flags, async ({ effects, config }) => {
    const no = (why: string) => ({ kind: 'nothing' as const, reason: why });
    const head = await findIncident(effects.table, id);
    if (head === undefined) return { incident: id, answer: no(unknownIncident(id, flags.stage)) };
    const { incident } = head;
    const question = `Let go what is contained for ${plain(incident)}? [y/N] `;
    if (!(await saysYes({ yes, json }, question, askTerminal)))
      return { incident, answer: no('Nothing was released.') };
    const request = { incident, to, by, reason: reason.trim(), ...(await calledBy(config)) };
    return { incident, answer: await release(effects, request) };
  });
  if (answer.kind === 'nothing') process.exitCode = 1;
  if (json === true) printJson({ version: 1, incident, to, ...answer });
  else tell(incident, answer, flags.stage);
}

export function addRelease(program: Command): void {
  withStage(program.command('release'))
    .summary('it is fixed: let go what is contained, on a version that is clean')
    .description(
      'A service gets its count, autoscaling and circuit breaker back, and runs the version that is named; without one it stays on the clean version that it runs. An archived image stays archived. In a terminal it asks first. Exit 0: it is under way. 1: nothing that was changed stands, or a run is under way.',
    )
    .argument('<incident>', 'its key, or a part that only one open incident has')
    .option('--to <version>', 'family:revision or ARN of a task definition, or an image digest (sha256:…)')
    .option('--reason <text>', 'what was fixed, for the record')
    .option('--by <who>', 'who decided, for the record (default: the name of the user)')
    .option('--yes', 'do not ask')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  firebreak release prod/checkout --to checkout:43 --stage prod --reason "the miner is out of the image"',
    )
    .action(run);
}
