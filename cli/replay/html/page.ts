import { htmlText } from '../../../shared/report/text.ts';
import type { Changed } from '../compare.ts';
import type { Counted } from '../counted.ts';
import type { ReplayResult, Series } from '../result.ts';
import { cameLine, differing, night, rowsOf, signed } from '../table.ts';
import { type Bars, barChart } from './charts.ts';
import { style } from './style.ts';

/** Whoever wants thousands of them asks the JSON. */
const mostIncidents = 500;

const number = (value: number): string => value.toLocaleString('en-US');

const cell = (text: string | number): string =>
  typeof text === 'number' ? `<td class="n">${number(text)}</td>` : `<td>${htmlText(text)}</td>`;

const difference = (a: number, b: number): string => {
  const kind = b > a ? 'n up' : b < a ? 'n down' : 'n';
  return `<td class="${kind}">${a === b ? '' : signed(b - a)}</td>`;
};

function numbers(result: ReplayResult): string {
  const head = ['', 'A', ...(result.b === undefined ? [] : ['B', 'B − A'])].map((text) => `<th>${text}</th>`);
  const rows = rowsOf(result).map(({ name, a, b }) => {
    const compared = b === null ? '' : `${cell(b)}${difference(a, b)}`;
    return `<tr>${cell(name)}${cell(a)}${compared}</tr>`;
  });
  return `<div class="wide"><table><thead><tr>${head.join('')}</tr></thead><tbody>
${rows.join('\n')}
</tbody></table></div>`;
}

type Picked = (series: Series, at: number) => number;

const bars = (labels: readonly string[], series: readonly Series[], pick: Picked): readonly Bars[] =>
  labels.map((label, at) => ({ label, values: series.map((one) => pick(one, at)) }));

function charts({ b, zone }: ReplayResult, series: readonly Series[]): string {
  const days = (series[0]?.days ?? []).map(([day]) => day.slice(5));
  const hours = (series[0]?.pagesByHour ?? []).map((_, hour) => `${hour}:00`);
  const sides = b === undefined ? ['A'] : ['A', 'B'];
  const aDay = (title: string, pick: (day: Series['days'][number][1]) => number): string =>
    barChart(
      title,
      bars(days, series, (one, at) => {
        const day = one.days[at]?.[1];
        return day === undefined ? 0 : pick(day);
      }),
      sides,
    );
  return [
    aDay('Pages a day', ({ page }) => page),
    barChart(
      `Pages by the hour of the day, ${zone}`,
      bars(hours, series, (one, at) => one.pagesByHour[at] ?? 0),
      sides,
    ),
    aDay('Incidents contained a day', ({ contained }) => contained),
    aDay('Notices and lines of the digest a day', ({ notice, digest }) => notice + digest),
  ].join('\n');
}

const changedPart = ({ incident, what, a, b }: Changed): string =>
  [
    `<section class="incident"><h3>${htmlText(incident)}</h3><p>${htmlText(what.join(', '))}</p>`,
    `<dl><dt>A</dt><dd>${htmlText(cameLine(a, incident), 2000)}</dd><dt>B</dt><dd>${htmlText(cameLine(b, incident), 2000)}</dd></dl></section>`,
  ].join('\n');

function differences({ changed, b }: ReplayResult): string {
  if (b === undefined) return '';
  const more = changed.length - mostIncidents;
  return [
    `<h2>${differing(changed.length)}</h2>`,
    ...changed.slice(0, mostIncidents).map(changedPart),
    ...(more > 0 ? [`<p>And ${number(more)} more: --json shows all.</p>`] : []),
  ].join('\n');
}

function listed(title: string, counted: readonly Counted[]): string {
  if (counted.length === 0) return '';
  const items = counted.map(
    ({ name, count, why, first }) =>
      `<li>${number(count)}: ${htmlText(why === name ? name : `${name}: ${why}`)} <small>first in ${htmlText(first, 200)}</small></li>`,
  );
  return `<h2>${htmlText(title)}</h2>\n<ul>${items.join('\n')}</ul>`;
}

/** Of which rules, as they were given. */
export interface Titles {
  readonly a: string;
  readonly b: string | null;
}

/**
 * The whole report as one HTML file: no script, nothing that is loaded from anywhere, and a policy that would forbid both. All that
 * comes from events is escaped.
 */
export function replayPage(result: ReplayResult, series: readonly Series[], { a, b }: Titles): string {
  const { events, from, until, unknown, ignored, invalid, zone } = result;
  const when = from === null ? '' : ` from ${from} to ${until ?? ''}`;
  const second = b === null ? '' : ` <b class="k1">B</b> ${htmlText(b)}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>Firebreak replay</title>
<style>${style}</style>
</head>
<body>
<h1>Firebreak replay</h1>
<p>${number(events)} events${htmlText(when)}. Night is ${night} in ${htmlText(zone)}.</p>
<p class="legend"><b class="k0">A</b> ${htmlText(a)}${second}</p>
${numbers(result)}
${charts(result, series)}
${differences(result)}
${listed(`${number(invalid.count)} invalid events`, invalid.paths)}
${listed(`${number(ignored.count)} events ignored before any rule was asked`, ignored.reasons)}
<h2>What these numbers rest on</h2>
<ul>${unknown.map((sentence) => `<li>${htmlText(sentence)}</li>`).join('')}</ul>
</body>
</html>
`;
}
