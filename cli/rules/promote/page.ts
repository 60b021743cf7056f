import { at, indented, safe } from '../../incidents/lines.ts';
import { changedLines, deeds, night, number, type Row, rowsOf, tableOf } from '../../replay/table.ts';
import type { Candidate } from './candidate.ts';
import type { Recorded } from './onStage.ts';
import { lookBackDays, type WouldHaveDone } from './wouldHaveDone.ts';

/** So many incidents are shown one by one; all are in the JSON. */
const mostShown = 5;
const dayMs = 86_400_000;

const counted = (count: number, one: string): string => `${number(count)} ${one}${count === 1 ? '' : 's'}`;

/** Shown whether they differ or not: who looks for them must not have to guess. */
const always = ['incidents', 'pages', '  at night', 'targets changed'];

const isShown = ({ name, a, b }: Row, rule: string): boolean =>
  always.includes(name) || name === `rule ${safe(rule, 60)}` || a !== b;

/** What the numbers rest on, and what of it is missing. */
function archiveLines({ since, until, archive, replay }: WouldHaveDone, stage: string): readonly string[] {
  const { events, unreadable, missed } = archive;
  const period = `from ${at(since)} to ${at(until)}`;
  const lost = [
    ...(unreadable === 0 ? [] : [`Not read, because it is not what intake writes: ${counted(unreadable, 'object')}.`]),
    ...(replay.invalid.count === 0 ? [] : [`Invalid: ${counted(replay.invalid.count, 'event')}.`]),
    ...missed.map(({ day, count }) => `Not archived on ${day}: ${counted(count, 'event')}.`),
  ];
  if (replay.from === null)
    return [`Stage ${stage} has recorded no event ${period}: what the rule would have done is not known.`, ...lost];
  const days = (Date.parse(until) - Date.parse(replay.from)) / dayMs;
  const short =
    days > lookBackDays - 1
      ? []
      : [
          `Before ${at(replay.from)} nothing is recorded: this shows ${counted(Math.max(1, Math.ceil(days)), 'day')}, not ${lookBackDays}.`,
        ];
  return [`Stage ${stage} has recorded ${counted(events, 'event')} ${period}.`, ...short, ...lost];
}

function recordedLine({ incident, at: when, decision, reason, would, notDone }: Recorded): string {
  const done = deeds('would do', would, incident);
  const what = done.length > 0 ? done.join('; ') : safe(notDone[0] ?? reason);
  return `the stage itself, ${at(when)}: ${decision}; ${what}`;
}

function changedPart({ replay: { changed }, recorded }: WouldHaveDone): readonly string[] {
  if (changed.length === 0) return ['No incident would have come to anything else.'];
  const known = new Map(recorded.incidents.map((one) => [one.incident, one]));
  const shown = changed.slice(0, mostShown).flatMap((one) => {
    const seen = known.get(one.incident);
    return [...changedLines(one), ...(seen === undefined ? [] : indented([recordedLine(seen)]))];
  });
  const more = changed.length - mostShown;
  return [
    `${counted(changed.length, 'incident')} would have come to something else, the weightiest first:`,
    ...indented(shown),
    ...(more > 0 ? [`  and ${number(more)} more: --json shows them`] : []),
  ];
}

/** Replay knows what the events say, the stage what it read in the account. */
function recordedPart({ recorded: { asked, incidents } }: WouldHaveDone): readonly string[] {
  if (asked === 0) return [];
  const targets = new Map<string, Set<string>>();
  for (const { would } of incidents)
    for (const [action, on] of Object.entries(would))
      targets.set(action, new Set([...(targets.get(action) ?? []), ...on]));
  const idle = incidents.filter(({ would }) => Object.keys(would).length === 0).length;
  return [
    '',
    `Of ${counted(asked, 'such incident')} the stage itself has decided ${number(incidents.length)} by this rule, with the account read:`,
    ...[...targets].map(([action, on]) => `  would be done: ${safe(action, 60)} on ${counted(on.size, 'target')}`),
    ...(idle === 0 ? [] : [`  nothing would be done in ${number(idle)} of them`]),
  ];
}

const bounds = 'Limits by the hour, freezes and pauses are not counted: what they would have held counts as done.';
const off =
  'The settings say observeOnly: as long as they do, this rule observes whatever it says. The numbers are without that.';

/** What a rule would have done, for whoever is about to let it. A line each. */
export function promotePage(
  { rule, version, parameter, changes }: Candidate,
  would: WouldHaveDone,
  stage: string,
): readonly string[] {
  const { replay, observeOnly } = would;
  const rows = rowsOf(replay).filter((row) => isShown(row, rule));
  return [
    `Rule ${safe(rule, 100)} observes (version ${version} of ${parameter}).`,
    ...archiveLines(would, stage),
    ...(replay.from === null
      ? []
      : [
          '',
          `A: as it is. B: had it enforced, and all else been as it is in Parameter Store. Night is ${night} in ${replay.zone}.`,
          ...tableOf(replay, rows),
          '',
          ...changedPart(would),
          ...recordedPart(would),
          '',
          ...replay.unknown,
          bounds,
        ]),
    ...(observeOnly ? [off] : []),
    '',
    ...changes.map((change) => `To be switched: ${safe(change)}.`),
  ];
}
