import type { Command } from 'commander';
import type { Head, PersonAnswer } from '../shared/incident/items.ts';
import type { Asks, Plan } from '../shared/plan/plan.ts';
import { askedIn } from '../shared/plan/stop.ts';
import { asksLines } from '../shared/report/asks.ts';
import { commandFor } from '../shared/report/command.ts';
import { plain } from '../shared/report/text.ts';
import { type AnswerGiven, answer } from '../shared/respond/answer.ts';
import { calledBy } from './callerArn.ts';
import { askTerminal, confirmed } from './confirm.ts';
import { findIncident, unknownIncident } from './incidents/find.ts';
import { print, printJson, say } from './output.ts';
import { onStage, type StageConnection } from './stage.ts';
import { type StageFlags, withStage } from './stageOptions.ts';
import { UsageError } from './usage.ts';
import { userName } from './userName.ts';

type Kind = PersonAnswer['kind'];

interface Flags extends StageFlags {
  readonly by?: string;
  readonly reason?: string;
  readonly plan?: string;
  readonly only?: string;
  readonly json?: boolean;
}

/** What is asked, as the plan that asks it has it; undefined: nothing is. */
async function asked({ effects }: StageConnection, { plan, stops }: Head): Promise<Asks | undefined> {
  if (plan === null || askedIn(stops) === undefined) return undefined;
  return (JSON.parse(await effects.bodies.get(plan.hash)) as Plan).asks;
}

/** `shown`: it was shown, and nobody has said yes. */
type Outcome = AnswerGiven | { readonly kind: 'shown'; readonly plan: string };

interface Answered {
  readonly incident: string;
  readonly outcome: Outcome;
  readonly asks: Asks | undefined;
}

async function respond(connection: StageConnection, head: Head, kind: Kind, flags: Flags): Promise<Answered> {
  const { incident } = head;
  const { by = userName(), reason = 'no reason was given', only, json, stage } = flags;
  const asks = await asked(connection, head);
  const about = { incident, asks };
  // Where nothing is asked there is no such hash, and the answer says so.
  const plan = flags.plan ?? asks?.hash ?? '';
  if (only !== undefined && asks !== undefined && asks.least.length === 0)
    throw new UsageError(
      `--only ${only}: nothing of what is asked can be done less far; approve all of it, or reject it.`,
    );
  if (flags.plan === undefined && asks !== undefined) {
    if (json !== true) show(incident, asks, stage);
    const asking = { json, terminal: process.stdin.isTTY && process.stderr.isTTY };
    const goes = await confirmed(asking, kind === 'approve' ? 'Do it? [y/N] ' : 'Reject it? [y/N] ', askTerminal);
    if (!goes) return { ...about, outcome: { kind: 'shown', plan } };
  }
  const called = await calledBy(connection.config);
  const least = only === undefined ? {} : { only: 'minimum' as const };
  const request = { incident, plan, kind, by, reason, ...least, ...called };
  return { ...about, outcome: await answer(connection.effects, request) };
}

function show(incident: string, asks: Asks, stage: string): void {
  for (const would of asks.would) print(`It would: ${plain(would, 600)}`);
  for (const line of asksLines(asks, incident, stage)) print(line);
}

const words: Readonly<Record<Kind, string>> = { approve: 'approved', reject: 'rejected' };

const wordOf = ({ kind, only }: PersonAnswer): string =>
  only === undefined ? words[kind] : 'approved in part (the least of it)';

/** Why it was not recorded, one line. */
function whyNot(outcome: Exclude<Outcome, { readonly kind: 'given' | 'known' }>): string {
  switch (outcome.kind) {
    case 'answered':
      return `It was ${wordOf(outcome.answer)} already, and that stands: ${said(outcome.answer)}`;
    case 'first': {
      const { answer: first, mine } = outcome;
      return mine
        ? `Two people must approve it. You are the first (${first.at}): it waits for another person.`
        : `Two people must approve the same, and ${plain(first.by, 200)} said: ${wordOf(first)}.`;
    }
    case 'changed':
      return 'What is asked has changed since; nothing was decided. It is now:';
    case 'shown':
      return 'Nothing was decided.';
    case 'nothing':
      return plain(outcome.reason, 1000);
  }
}

function tell({ incident, outcome, asks }: Answered, stage: string): void {
  switch (outcome.kind) {
    case 'given':
      print(`${plain(incident)} is ${wordOf(outcome.answer)}: run ${plain(outcome.run, 100)} decides with that.`);
      print(`It is told by a message. Until then: ${commandFor('incidents show', incident, stage)}`);
      break;
    case 'known':
      print(`${plain(incident)} was ${wordOf(outcome.answer)} before: ${said(outcome.answer)}`);
      break;
    default:
      say(`firebreak: ${whyNot(outcome)}`);
      if (outcome.kind === 'changed' && asks !== undefined) show(incident, asks, stage);
  }
}

const said = ({ by, at, reason }: PersonAnswer): string => `by ${plain(by, 200)}, ${at} (${plain(reason, 600)}).`;

async function run(kind: Kind, id: string, flags: Flags): Promise<void> {
  if (kind === 'reject' && flags.reason === undefined)
    throw new UsageError('Say why, for whoever is woken by the next one: --reason "…".');
  if (flags.reason?.trim() === '') throw new UsageError('The reason is empty: say why, or leave out --reason.');
  if ((flags.reason ?? '').length > 500) throw new UsageError('The reason is longer than 500 characters.');
  if (flags.only !== undefined && flags.only !== 'minimum')
    throw new UsageError(`--only ${plain(flags.only, 100)}: the least that can be approved is --only minimum.`);
  const done = await onStage(flags, async (stage): Promise<Answered> => {
    const head = await findIncident(stage.effects.table, id);
    if (head !== undefined) return respond(stage, head, kind, flags);
    return { incident: id, outcome: { kind: 'nothing', reason: unknownIncident(id, flags.stage) }, asks: undefined };
  });
  const { incident, outcome, asks } = done;
  if (outcome.kind !== 'given' && outcome.kind !== 'known') process.exitCode = 1;
  if (flags.json === true) printJson({ version: 1, incident, ...outcome, ...(asks === undefined ? {} : { asks }) });
  else tell(done, flags.stage);
}

const withAnswer = (command: Command): Command =>
  withStage(command)
    .argument('<incident>', 'its key, or a part that only one open incident has')
    .option('--plan <hash>', 'what was asked, from the message: without it, it is shown first')
    .option('--by <who>', 'who decided, for the record (default: the name of the user)')
    .option('--json', 'print the result as JSON');

export function addApproveIncident(program: Command): void {
  withAnswer(program.command('approve'))
    .summary('say yes to what an incident asks')
    .description(
      'It is done if it would come out as it was asked; otherwise it is asked again. Exit 0: approved, now or before. 1: nothing is asked, something else is, somebody has answered otherwise, or a second person must approve it, too.',
    )
    .option('--reason <text>', 'why, for the record')
    .option('--only <what>', 'minimum: the least of it, where the message names one')
    .addHelpText(
      'after',
      '\nExample:\n  firebreak approve prod/checkout --plan 3f1c0a9b2d4e --stage prod --reason "agreed with payments"',
    )
    .action((id: string, flags: Flags) => run('approve', id, flags));
}

export function addReject(program: Command): void {
  withAnswer(program.command('reject'))
    .summary('say no to what an incident asks')
    .description(
      'Nothing of it is done, and nobody is asked the same again. Exit 0: rejected, now or before. 1: nothing is asked, something else is, or somebody has answered otherwise.',
    )
    .option('--reason <text>', 'why, for the record and for whoever is woken by the next one')
    .addHelpText(
      'after',
      '\nExample:\n  firebreak reject prod/checkout --plan 3f1c0a9b2d4e --stage prod --reason "a load test of ours"',
    )
    .action((id: string, flags: Flags) => run('reject', id, flags));
}
