import type { Tier } from '../../shared/rules/rule.ts';
import { type Changed, changedBetween } from './compare.ts';
import type { Counted } from './counted.ts';
import type { Replayed } from './replay.ts';
import type { Side } from './side.ts';
import type { Day } from './tally.ts';

/** What a set of rules would have led to, as it is printed. Others rely on it: add fields freely, rename or remove none. */
export interface Totals {
  /** In which something was decided other than to ignore it; one that came again after it was closed is another. */
  readonly incidents: number;
  /** Each incident by the most that came of it; `ignore` are those beside them. */
  readonly decisions: Readonly<Record<string, number>>;
  readonly pages: Readonly<Record<Tier, number>>;
  readonly pagesAtNight: number;
  /** Done, once per incident and target. */
  readonly actions: Readonly<Record<string, number>>;
  /** What would be done but for a rule that observes, or a person who is wanted. */
  readonly proposed: Readonly<Record<string, number>>;
  /** How many targets were changed, each once. */
  readonly targets: number;
  /** Incidents in which a rule took a finding. */
  readonly rules: Readonly<Record<string, number>>;
  /** Events that counted for an incident, and those that said nothing new. */
  readonly accepted: number;
  readonly duplicates: number;
}

export interface ReplayResult {
  readonly version: 1;
  readonly events: number;
  readonly from: string | null;
  readonly until: string | null;
  readonly zone: string;
  readonly invalid: { readonly count: number; readonly paths: readonly Counted[] };
  readonly ignored: { readonly count: number; readonly reasons: readonly Counted[] };
  /** What is not known, and what the numbers rest on instead: a sentence each. */
  readonly unknown: readonly string[];
  readonly a: Totals;
  readonly b?: Totals;
  readonly changed: readonly Changed[];
}

const sorted = (counts: ReadonlyMap<string, number>): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...counts].filter(([, count]) => count > 0).toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)),
  );

function targetsOf({ tally }: Side): number {
  const changed = new Set<string>();
  for (const { done } of tally.sums.values()) {
    for (const deed of done.values()) if (deed.changes) changed.add(deed.target);
  }
  return changed.size;
}

export function totalsOf(side: Side): Totals {
  const { tally } = side;
  const decided = [...tally.decided].filter(([decision]) => decision !== 'ignore');
  return {
    incidents: decided.reduce((sum, [, count]) => sum + count, 0),
    decisions: sorted(tally.decided),
    pages: { ...tally.told },
    pagesAtNight: tally.pagesAtNight,
    actions: sorted(tally.done),
    proposed: sorted(tally.would),
    targets: targetsOf(side),
    rules: sorted(tally.rules),
    accepted: tally.accepted,
    duplicates: tally.duplicates,
  };
}

const unread =
  'No account file was given: what belongs to a task, who uses an image and what is protected is unknown, so an action counts as done on what the finding itself names.';
const asDone = 'Every step counts as done and holding; what AWS would have answered is unknown.';

export interface Told {
  readonly zone: string;
  readonly account: boolean;
}

/** What is printed of a replay of one set of rules, or of two. */
export function resultOf(replayed: Replayed, { zone, account }: Told): ReplayResult {
  const { events, from, until, invalid, ignored, sides } = replayed;
  const [a, b] = sides;
  if (a === undefined) throw new Error('Nothing was replayed');
  return {
    version: 1,
    events,
    from,
    until,
    zone,
    invalid: { count: invalid.total, paths: invalid.list },
    ignored: { count: ignored.total, reasons: ignored.list },
    unknown: account ? [asDone] : [unread, asDone],
    a: totalsOf(a),
    ...(b === undefined ? {} : { b: totalsOf(b) }),
    changed: b === undefined ? [] : changedBetween(a.tally.sums, b.tally.sums),
  };
}

/** What a chart shows: not in the JSON, where whoever wants days asks the events. */
export interface Series {
  readonly days: readonly (readonly [day: string, Day])[];
  /** By the hour of the day. */
  readonly pagesByHour: readonly number[];
}

/** Every day from the first with something to show to the last, of all sides alike. */
export function seriesOf(sides: readonly Side[]): readonly Series[] {
  const days = [...new Set(sides.flatMap(({ tally }) => [...tally.days.keys()]))].sort();
  const none: Day = { page: 0, notice: 0, digest: 0, contained: 0 };
  return sides.map(({ tally }) => ({
    days: days.map((day) => [day, tally.days.get(day) ?? none] as const),
    pagesByHour: tally.pagesByHour,
  }));
}
