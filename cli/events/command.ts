import type { Command } from 'commander';
import { archiveDays } from '../../shared/incident/archive.ts';
import { type MissedEvents, missedBetween } from '../../shared/incident/missedEvents.ts';
import { loadArtifacts } from '../artifacts.ts';
import { type Route, routesOf } from '../explain/routes.ts';
import { printable, say } from '../output.ts';
import { onStage, type StageConnection } from '../stage.ts';
import { type StageFlags, withStage } from '../stageOptions.ts';
import { UsageError } from '../usage.ts';
import { archivedBatches } from './archived.ts';
import { type Exported, exportEvents } from './export.ts';
import { moment } from './since.ts';
import { openSink } from './sink.ts';

type Moment = (now: Date) => Date;

interface Flags extends StageFlags {
  readonly since: Moment;
  readonly until?: Moment;
  readonly out: string;
  readonly unredacted?: boolean;
}

interface Period {
  readonly since: Date;
  readonly until: Date;
}

interface Outcome {
  readonly exported: Exported;
  readonly missed: readonly MissedEvents[];
}

async function exportTo(
  stage: StageConnection,
  period: Period,
  routes: readonly Route[] | null,
  file: string,
): Promise<Outcome> {
  // Asked first: who may not read that is told so before anything is written.
  const missed = await missedBetween(stage.effects.table, period.since, period.until);
  const sink = await openSink(file);
  try {
    const batches = archivedBatches({ ...stage.config, bucket: stage.bucket }, period);
    const exported = await exportEvents(batches, routes, sink.write);
    await sink.done();
    return { exported, missed };
  } finally {
    sink.close();
  }
}

const counted = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`;

/** What was written and what was not, for a person. */
export function exportLines({ exported, missed }: Outcome, { since, until }: Period, stage: string): readonly string[] {
  const { events, repeated, first, last, unreadable, unredacted } = exported;
  const of = `stage ${stage}, taken in from ${since.toISOString()} to ${until.toISOString()}`;
  return [
    events === 0
      ? `No event is in the archive of ${of}.`
      : `${counted(events, 'event')} of ${of}: the first of ${first}, the last of ${last}.`,
    ...(repeated === 0 ? [] : [`${counted(repeated, 'repeat')} left out: delivered more than once.`]),
    ...missed.map(
      ({ day, count }) => `Not archived on ${day}: ${counted(count, 'event')}; the function's log says why.`,
    ),
    ...unreadable.map(
      (key) => `Not read, in whole or in part, because it is not what intake writes: ${printable(key)}`,
    ),
    ...(unredacted === 0
      ? []
      : [
          `${counted(unredacted, 'event')} left out, of which something else would be said once redacted: --unredacted has all.`,
        ]),
  ];
}

function periodOf({ since, until }: Flags, now: Date): Period {
  const period = { since: since(now), until: until?.(now) ?? now };
  if (period.since < period.until) return period;
  throw new UsageError(`--since ${period.since.toISOString()} is not before --until ${period.until.toISOString()}.`);
}

async function run(flags: Flags): Promise<void> {
  const { out, stage } = flags;
  const routes = flags.unredacted === true ? null : routesOf(loadArtifacts().template);
  const { outcome, period } = await onStage(flags, async (connection) => {
    const period = periodOf(flags, connection.effects.clock.now());
    return { period, outcome: await exportTo(connection, period, routes, out) };
  });
  for (const line of exportLines(outcome, period, stage)) say(line);
  if (outcome.exported.unreadable.length > 0 || outcome.exported.unredacted > 0) process.exitCode = 1;
}

/** By the clock of the stage, which is not known before it is asked; what is no moment at all is refused at once. */
function aMoment(text: string): Moment {
  moment(text, new Date());
  return (now) => moment(text, now);
}

export function addEvents(program: Command): void {
  const events = program
    .command('events')
    .summary('what Firebreak was told, to try rules on')
    .description(
      'Reads the archive of a deployed stage with ordinary AWS credentials, or that of the embedded account.',
    )
    .addHelpText('after', '\nExample:\n  firebreak events export --since 30d --stage prod --out november.jsonl');
  withStage(events.command('export'))
    .description(
      `The events that were taken in, in that order, each once: JSON Lines for "firebreak explain" and "firebreak replay". The archive keeps them for ${archiveDays} days. Exit 1: something of the archive could not be written.`,
    )
    .requiredOption('--since <when>', 'from then on: 30d, 12h, a day (UTC) or a time', aMoment)
    .option('--until <when>', 'before then (default: now)', aMoment)
    .option('--out <file>', 'where to write; - for standard output', '-')
    .option('--unredacted', 'as they came: with whatever texts the senders put into them')
    .addHelpText(
      'after',
      '\nExample:\n  firebreak events export --since 2026-11-01 --until 2026-11-08 --stage prod --out week.jsonl',
    )
    .action(run);
}
