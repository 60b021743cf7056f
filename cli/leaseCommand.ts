import type { Command } from 'commander';
import { commandFor } from '../shared/report/command.ts';
import { plain } from '../shared/report/text.ts';
import { decideLease, type LeaseAnswer } from '../shared/respond/decideLease.ts';
import { durationDays } from '../shared/rules/duration.ts';
import { longestLeaseDays } from '../shared/rules/schema.ts';
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

function tell(incident: string, answer: LeaseAnswer, stage: string): void {
  if (answer.kind === 'nothing') {
    say(`firebreak: ${plain(answer.reason, 1000)}`);
    return;
  }
  const { kind, lease, before } = answer;
  const { expiresAt, next, decided } = lease;
  const until = expiresAt === null ? 'until somebody lets it go' : `at least until ${expiresAt}`;
  print(
    `What is contained for ${plain(incident)} stays so${kind === 'known' ? ' already' : ''} ${until}: by ${plain(decided?.by ?? '', 200)} since ${decided?.at} (${plain(decided?.reason ?? '')}).`,
  );
  if (before?.expiresAt != null) print(`Its lease was until ${before.expiresAt}.`);
  print(
    next === null
      ? 'Nobody is asked about it any more.'
      : `You are asked again ${next}. Nothing is released by itself.`,
  );
  print(`It is fixed: ${commandFor('release', incident, stage)} --reason "…"`);
  print(`It was a false alarm: ${commandFor('undo', incident, stage)}`);
}

async function decide(id: string, flags: Flags, forMs: number | null): Promise<void> {
  const { by = userName(), reason = '' } = flags;
  if (reason.trim() === '') throw new UsageError('Say why, for whoever looks at it next: --reason "…".');
  if (reason.length > 500) throw new UsageError('The reason is longer than 500 characters.');
  const { incident, answer } = await onStage(flags, async ({ effects, config }) => {
    const head = await findIncident(effects.table, id);
    if (head === undefined)
      return { incident: id, answer: { kind: 'nothing' as const, reason: unknownIncident(id, flags.stage) } };
    const { incident } = head;
    const request = { incident, forMs, by, reason: reason.trim(), ...(await calledBy(config)) };
    return { incident, answer: await decideLease(effects, request) };
  });
  if (answer.kind === 'nothing') process.exitCode = 1;
  if (flags.json === true) printJson({ version: 1, incident, ...answer });
  else tell(incident, answer, flags.stage);
}

/** `7d` like any other duration, and `P7D` as the rule has it. */
function lengthOf(text: string | undefined): number {
  if (text === undefined) throw new UsageError('Say for how long: --for 7d.');
  const days = durationDays(text);
  return durationMs('--for', days === undefined ? text : `${days}d`, longestLeaseDays);
}

const withReason = (command: Command): Command =>
  withStage(command)
    .argument('<incident>', 'its key, or a part that only one open incident has')
    .option('--reason <text>', 'why, for whoever looks at it next')
    .option('--by <who>', 'who decided, for the record (default: the name of the user)')
    .option('--json', 'print the result as JSON');

export function addKeep(program: Command): void {
  withReason(program.command('keep'))
    .summary('what is contained stays so until somebody lets it go')
    .description(
      'Its lease is over, and nobody is asked again. Nothing is changed by it. Exit 1: nothing that was changed stands.',
    )
    .addHelpText('after', '\nExample:\n  firebreak keep prod/checkout --stage prod --reason "the service is retired"')
    .action((id: string, flags: Flags) => decide(id, flags, null));
}

export function addExtend(program: Command): void {
  withReason(program.command('extend'))
    .summary('what is contained stays so, and is asked about again later')
    .description(
      'From the end of its lease on, or from now on where that is over or there is none. Nothing is changed by it. Exit 1: nothing that was changed stands.',
    )
    .option('--for <time>', `how much longer: 12h, 7d or P7D; at most ${longestLeaseDays} days from now`)
    .addHelpText(
      'after',
      '\nExample:\n  firebreak extend prod/checkout --for 7d --stage prod --reason "the fix is in review"',
    )
    .action((id: string, flags: Flags) => decide(id, flags, lengthOf(flags.for)));
}
