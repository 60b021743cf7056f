import { indented, safe } from '../incidents/lines.ts';
import type { Came, Changed } from './compare.ts';
import type { ReplayResult, Totals } from './result.ts';
import { nightFromHour, nightUntilHour } from './zone.ts';

const hour = (at: number): string => `${String(at).padStart(2, '0')}:00`;
export const night = `${hour(nightFromHour)} to ${hour(nightUntilHour)}`;

/** So many incidents are shown one by one; all are in the JSON and most in the report. */
const mostShown = 20;

export interface Row {
  readonly name: string;
  readonly a: number;
  readonly b: number | null;
}

type Numbers = Readonly<Record<string, number>>;

const named = (title: string, pick: (totals: Totals) => Numbers, { a, b }: ReplayResult): readonly Row[] => {
  const names = new Set([...Object.keys(pick(a)), ...(b === undefined ? [] : Object.keys(pick(b)))]);
  return [...names].map((name) => ({
    name: `${title}${safe(name, 60)}`,
    a: pick(a)[name] ?? 0,
    b: b === undefined ? null : (pick(b)[name] ?? 0),
  }));
};

const row = (name: string, pick: (totals: Totals) => number, { a, b }: ReplayResult): Row => ({
  name,
  a: pick(a),
  b: b === undefined ? null : pick(b),
});

/** What is compared, line by line; the same in the terminal and in the report. */
export function rowsOf(result: ReplayResult): readonly Row[] {
  return [
    row('incidents', ({ incidents }) => incidents, result),
    ...named('  decided: ', ({ decisions: { ignore: _beside, ...others } }) => others, result),
    row('pages', ({ pages }) => pages.page, result),
    row('  at night', ({ pagesAtNight }) => pagesAtNight, result),
    row('notices', ({ pages }) => pages.notice, result),
    row('lines of the digest', ({ pages }) => pages.digest, result),
    ...named('done: ', ({ actions }) => actions, result),
    ...named('would be done: ', ({ proposed }) => proposed, result),
    row('targets changed', ({ targets }) => targets, result),
    ...named('rule ', ({ rules }) => rules, result),
  ];
}

export const number = (value: number): string => value.toLocaleString('en-US');
export const signed = (value: number): string => (value > 0 ? `+${number(value)}` : number(value));

export function tableOf(result: ReplayResult, rows: readonly Row[] = rowsOf(result)): readonly string[] {
  const width = Math.max(...rows.map(({ name }) => name.length));
  const cells = (name: string, ...values: readonly string[]): string =>
    [name.padEnd(width), ...values.map((value) => value.padStart(10))].join(' ').trimEnd();
  const line = ({ name, a, b }: Row): string =>
    b === null ? cells(name, number(a)) : cells(name, number(a), number(b), b === a ? '' : signed(b - a));
  return [result.b === undefined ? cells('', 'A') : cells('', 'A', 'B', 'B - A'), ...rows.map(line)];
}

/** What lies elsewhere than the incident itself is named. */
export function deeds(title: string, actions: Came['actions'], incident: string): readonly string[] {
  return Object.entries(actions).map(([action, targets]) => {
    const [first = '', ...others] = targets;
    const where = others.length > 0 ? ` on ${targets.length} targets` : first === incident ? '' : ` on ${safe(first)}`;
    return `${title} ${action}${where}`;
  });
}

/** One side of an incident, as one line. */
export function cameLine(came: Came, incident: string): string {
  const { opened, decision, rules, actions, proposed, pages, pagesAtNight } = came;
  if (opened === 0) return 'ignored';
  const told = Object.entries(pages).flatMap(([tier, count]) => (count === 0 ? [] : [`${count} ${tier}`]));
  const atNight = pagesAtNight === 0 ? '' : ` (${pagesAtNight} at night)`;
  return [
    decision,
    ...(rules.length === 0 ? [] : [`by ${rules.map((rule) => safe(rule, 60)).join(', ')}`]),
    ...deeds('does', actions, incident),
    ...deeds('would do', proposed, incident),
    `tells ${told.length === 0 ? 'nobody' : told.join(', ')}${atNight}`,
  ].join('; ');
}

export const changedLines = ({ incident, what, a, b }: Changed): readonly string[] => [
  `${safe(incident)}: ${what.join(', ')}`,
  ...indented([`A: ${cameLine(a, incident)}`, `B: ${cameLine(b, incident)}`]),
];

export const differing = (count: number): string =>
  `${number(count)} ${count === 1 ? 'incident differs' : 'incidents differ'} from A to B`;

const since = ({ from, until }: ReplayResult): string => (from === null ? '' : ` from ${from} to ${until}`);

/** A replay for a person to read, a line each. */
export function replayLines(result: ReplayResult): readonly string[] {
  const { events, invalid, ignored, unknown, changed, zone, b } = result;
  const hidden = changed.length - mostShown;
  return [
    `${number(events)} event${events === 1 ? '' : 's'}${since(result)}; night is ${night} in ${zone}`,
    ...(ignored.count === 0 ? [] : [`${number(ignored.count)} of them ignored before any rule was asked:`]),
    ...indented(ignored.reasons.map(({ count, name }) => `${number(count)}: ${safe(name, 200)}`)),
    ...(invalid.count === 0 ? [] : [`${number(invalid.count)} of them invalid:`]),
    ...indented(
      invalid.paths.map(
        ({ count, name, why, first }) =>
          `${number(count)} at ${safe(name, 200)}, first in ${safe(first, 200)}: ${safe(why, 200)}`,
      ),
    ),
    '',
    ...tableOf(result),
    '',
    ...(b === undefined ? [] : [differing(changed.length)]),
    ...indented(changed.slice(0, mostShown).flatMap(changedLines)),
    ...(hidden > 0 ? [`  and ${number(hidden)} more: --json or --html FILE shows them`] : []),
    ...unknown,
  ];
}
