import type { Command } from 'commander';
import { type EndedPause, lasting, type Pause, type Paused, readPauses } from '../shared/incident/pauses.ts';
import { plain } from '../shared/report/text.ts';
import { pause, resume, resumeRule } from '../shared/respond/pause.ts';
import { calledBy } from './callerArn.ts';
import { durationMs } from './duration.ts';
import { isKnown } from './knownTarget.ts';
import { print, printJson, say } from './output.ts';
import { pausedTarget } from './pausedTarget.ts';
import { onStage } from './stage.ts';
import { type StageFlags, withStage } from './stageOptions.ts';
import { UsageError } from './usage.ts';
import { userName } from './userName.ts';

interface PauseFlags extends StageFlags {
  readonly target?: string;
  readonly for?: string;
  readonly reason?: string;
  readonly by?: string;
  readonly list?: boolean;
  readonly json?: boolean;
}

/** Long enough for a long weekend; a pause that is forgotten ends by itself. */
const mostDays = 7;

const what = ({ target }: Pick<Pause, 'target'>): string =>
  target === null ? 'Every change' : `Whatever would change ${plain(target)}`;

const pauseLine = (one: Pause): string =>
  `${what(one)} is paused until ${one.until}: by ${plain(one.by, 200)} since ${one.since} (${plain(one.reason)}).`;

async function list(flags: PauseFlags): Promise<void> {
  const pauses = await onStage(flags, async ({ effects: { table, clock } }) =>
    lasting(await readPauses(table), clock.now()),
  );
  if (flags.json === true) return printJson({ version: 1, pauses });
  for (const one of pauses) print(pauseLine(one));
  if (pauses.length === 0) say(`Nothing is paused in stage ${flags.stage}.`);
}

const targetOf = (target: string | undefined): string | null => (target === undefined ? null : pausedTarget(target));

async function put(flags: PauseFlags): Promise<Paused> {
  const { for: time, reason = '', by = userName() } = flags;
  if (time === undefined) throw new UsageError('Say for how long: --for 2h.');
  if (reason.trim() === '') throw new UsageError('Say why, for whoever is woken meanwhile: --reason "…".');
  if (reason.length > 500) throw new UsageError('The reason is longer than 500 characters.');
  const forMs = durationMs('--for', time, mostDays);
  const target = targetOf(flags.target);
  return onStage(flags, async ({ effects, config }) => {
    const called = await calledBy(config);
    const paused = await pause(effects, { target, by, ...called, reason: reason.trim(), forMs });
    if (target !== null && !(await isKnown(effects.table, target))) {
      say(
        `firebreak: Nothing is known of ${plain(target)} yet: no incident had to do with it. It is paused all the same; if there is a slip in the name, that stops nothing.`,
      );
    }
    return paused;
  });
}

async function runPause(flags: PauseFlags): Promise<void> {
  if (flags.list === true) return list(flags);
  const paused = await put(flags);
  if (paused.kind === 'stands') process.exitCode = 1;
  if (flags.json === true) return printJson({ version: 1, before: null, ...paused });
  if (paused.kind === 'stands') return say(`firebreak: ${pauseLine(paused.pause)} Nothing was changed about that.`);
  print(pauseLine(paused.pause));
  print('What is under way stops before its next change; evidence is still taken, and whatever is held is told.');
}

interface ResumeFlags extends StageFlags {
  readonly target?: string;
  readonly rule?: string;
  readonly by?: string;
  readonly json?: boolean;
}

const afterwards = 'What it held is decided again by itself within about five minutes.';

async function resumeOne(flags: ResumeFlags): Promise<void> {
  const target = targetOf(flags.target);
  const { by = userName() } = flags;
  const ended = await onStage(flags, ({ effects }) => resume(effects, { target, by }));
  if (ended === undefined) process.exitCode = 1;
  if (flags.json === true) return printJson({ version: 1, ended: ended ?? null });
  if (ended === undefined) return say(`firebreak: ${what({ target })} is allowed already: there is no pause of that.`);
  print(endedLine(ended));
}

const endedLine = (ended: EndedPause): string => `${what(ended)} is allowed again. ${afterwards}`;

async function resumeTheRule(rule: string, flags: ResumeFlags): Promise<void> {
  const { by = userName() } = flags;
  const ineffective = await onStage(flags, ({ effects }) => resumeRule(effects, { rule, by }));
  if (ineffective === 0) process.exitCode = 1;
  if (flags.json === true) return printJson({ version: 1, rule, ineffective });
  if (ineffective === 0) return say(`firebreak: Nothing is noted against rule ${plain(rule)}: it was not stopped.`);
  print(`Rule ${plain(rule)} starts again; ${ineffective} that did not hold count no more. ${afterwards}`);
}

async function runResume(flags: ResumeFlags): Promise<void> {
  const { rule, target } = flags;
  if (rule !== undefined && target !== undefined) throw new UsageError('Give --rule or --target, not both.');
  return rule === undefined ? resumeOne(flags) : resumeTheRule(rule, flags);
}

export function addPause(program: Command): void {
  withStage(program.command('pause'))
    .summary('stop all changes, or those of one target, for a while')
    .description(
      'Whatever would be changed meanwhile is held and told, and decided again afterwards. An undo goes on, unless its own target is paused. Exit 1: a pause stands that lasts longer.',
    )
    .option('--for <time>', 'how long: 90m, 2h, 3d; at most 7d')
    .option('--reason <text>', 'why, for whoever is woken meanwhile')
    .option('--target <arn>', 'ARN or key of what is not to be changed (default: everything)')
    .option('--by <who>', 'who decided, for the record (default: the name of the user)')
    .option('--list', 'show what is paused')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  firebreak pause --for 2h --reason "moving the database" --stage prod\n  firebreak pause --list --stage prod',
    )
    .action(runPause);
}

export function addResume(program: Command): void {
  withStage(program.command('resume'))
    .summary('end a pause before its time, or start a rule again that was stopped')
    .description('Exit 1: there was nothing to end.')
    .option('--target <arn>', 'the target whose pause is to end (default: the pause of everything)')
    .option('--rule <name>', 'a rule that was stopped because its containments did not hold')
    .option('--by <who>', 'who decided, for the record (default: the name of the user)')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  firebreak resume --stage prod\n  firebreak resume --rule threat-ecs --stage prod',
    )
    .action(runResume);
}
