import type { Counted } from './counted.ts';
import type { PlayedIncident } from './incidents.ts';
import { MIX, meanContainment, monthOf, standing, VOLUMES } from './month.ts';
import { bill, dominant, type Prices, priced, quantitiesOf } from './prices.ts';
import { ASSUMED_MS, type Usage } from './usage.ts';

/** For an incident of the demo, in dollars. */
export const GOAL_DOLLARS = 0.001;

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [row(head), row(head.map((_, at) => (at === 0 ? '---' : '---:'))), ...rows.map(row)].join('\n');
const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
const dollars = (value: number, digits = 2): string => `$${value.toFixed(digits)}`;
const plainText = (text: string): string => text.replaceAll('|', '\\|');

export const costOf = (usage: Usage, prices: Prices): number =>
  bill(quantitiesOf(usage), prices, { free: false }).total;

/** The same if Lambda waited twice as long for everything. */
const slowCostOf = (usage: Usage, prices: Prices): number =>
  costOf({ ...usage, gbSeconds: usage.gbSeconds * 2 }, prices);

const usageCells = (usage: Usage): readonly string[] => [
  whole(usage.transitions),
  `${whole(usage.invocations)} (${whole(usage.coldStarts)})`,
  whole(usage.calls),
  usage.gbSeconds.toFixed(1),
  `${whole(usage.writeUnits)} / ${whole(usage.readUnits)}`,
  `${whole(usage.s3Puts)} / ${whole(usage.s3Gets)}`,
  whole(usage.queueRequests),
  `${whole(usage.published)} / ${whole(usage.mails)}`,
];
const USAGE_HEAD = [
  'transitions',
  'invocations (cold)',
  'calls',
  'GB-s',
  'DynamoDB write / read units',
  'S3 puts / gets',
  'SQS',
  'SNS / mails',
];

const mostly = (usage: Usage, prices: Prices): string =>
  dominant(bill(quantitiesOf(usage), prices, { free: false }))
    .map(({ key, share }) => `${key} ${Math.round(share * 100)} %`)
    .join(', ');

const incidentRow = (played: PlayedIncident, prices: Prices): readonly (string | number)[] => [
  `${played.scenario}: ${plainText(played.step)}`,
  played.outcome ?? 'none',
  ...usageCells(played.usage),
  dollars(costOf(played.usage, prices), 6),
  dollars(slowCostOf(played.usage, prices), 6),
  mostly(played.usage, prices),
];

/** `docs/cost.generated.md`. Ends in a newline. */
export function costMarkdown({ incidents, kinds, idleHour, template }: Counted, prices: Prices): string {
  const each = { ...kinds, contained: meanContainment(incidents) };
  const fixed = standing(template, idleHour);
  const months = VOLUMES.map((events) => ({ events, quantities: monthOf(events, each, fixed) }));
  const paid = months.map(({ events, quantities }) => ({
    events,
    contained: (events * MIX.contained) / 1000,
    without: bill(quantities, prices, { free: false }),
    free: bill(quantities, prices, { free: true }),
  }));
  const largest = paid.at(-1);
  return `${[
    '# Cost, counted',
    'Written by `npm run cost` from what is counted on the embedded account and the prices of [cost.md](cost.md), which says what is assumed. No free tier, unless it says so.',
    '## Each incident of the demo',
    `From its event (or a person's undo) until all is at rest; goal for a containment: at most ${dollars(GOAL_DOLLARS, 3)}. The last but one column is what it would be if Lambda were billed twice the time.`,
    table(
      ['incident', 'outcome', ...USAGE_HEAD, 'cost', 'at twice the time', 'mostly'],
      incidents.map((one) => incidentRow(one, prices)),
    ),
    '## Each event',
    table(
      ['what comes of it', 'of a thousand', ...USAGE_HEAD, 'cost'],
      Object.entries(MIX).map(([kind, share]) => {
        const usage = each[kind as keyof typeof MIX];
        return [kind, share, ...usageCells(usage), dollars(costOf(usage, prices), 6)];
      }),
    ),
    `\`contained\` is the mean of the demo's. Assumed of Lambda's time: ${ASSUMED_MS.run} ms of each invocation, ${ASSUMED_MS.tableCall} ms of each call of DynamoDB, ${ASSUMED_MS.otherCall} ms of each other call, ${ASSUMED_MS.coldStart} ms of a cold start.`,
    '## A month',
    table(
      ['events that pass the rules', 'contained', 'without a free tier', 'with it', 'for each containment, without'],
      paid.map(({ events, contained, without, free }) => [
        whole(events),
        whole(contained),
        dollars(without.total),
        dollars(free.total),
        contained === 0 ? '' : dollars(without.total / contained, 4),
      ]),
    ),
    `What it is made of, without a free tier (the first column stands whatever happens):`,
    table(
      ['', ...paid.map(({ events }) => `${whole(events)} events`)],
      priced
        .filter((key) => (largest?.without.lines[key] ?? 0) >= 0.005)
        .map((key) => [prices[key].what, ...paid.map(({ without }) => dollars(without.lines[key]))]),
    ),
  ].join('\n\n')}\n`;
}
