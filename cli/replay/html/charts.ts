import { htmlText } from '../../../shared/report/text.ts';

/** One group of bars beside each other: a day, or an hour, with a value for each side. */
export interface Bars {
  readonly label: string;
  readonly values: readonly number[];
}

const width = 640;
const height = 180;
const left = 34;
const bottom = 22;
const top = 8;

/** The next number above that a scale can end with: 1, 2 or 5 times a power of ten. */
function roundUp(value: number): number {
  if (value <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= value) ?? value;
}

const at = (value: number): string => value.toFixed(1);

/**
 * A bar chart as SVG that needs nothing from anywhere: colours are the page's own, so that it follows the dark mode, and it shrinks with its place.
 * Each bar says its number to whoever cannot see it.
 */
export function barChart(title: string, groups: readonly Bars[], names: readonly string[]): string {
  const most = roundUp(Math.max(1, ...groups.flatMap(({ values }) => values)));
  const room = (width - left) / Math.max(1, groups.length);
  const bar = (room * 0.8) / Math.max(1, names.length);
  const y = (value: number): number => top + (height - top - bottom) * (1 - value / most);
  const every = Math.ceil(groups.length / 8);
  const bars = groups.flatMap(({ label, values }, g) =>
    values.map((value, side) => {
      const x = left + room * g + room * 0.1 + bar * side;
      const said = htmlText(`${label}, ${names[side] ?? ''}: ${value}`);
      const place = `x="${at(x)}" y="${at(y(value))}" width="${at(bar)}" height="${at(height - bottom - y(value))}"`;
      return `<rect class="s${side}" ${place}><title>${said}</title></rect>`;
    }),
  );
  const labels = groups.flatMap(({ label }, g) =>
    g % every === 0
      ? [
          `<text x="${at(left + room * (g + 0.5))}" y="${height - 6}" text-anchor="middle">${htmlText(label, 20)}</text>`,
        ]
      : [],
  );
  const lines = [0, most / 2, most].flatMap((value) => [
    `<line x1="${left}" x2="${width}" y1="${at(y(value))}" y2="${at(y(value))}"/>`,
    `<text x="${left - 4}" y="${at(y(value) + 4)}" text-anchor="end">${value}</text>`,
  ]);
  return [
    `<figure><figcaption>${htmlText(title)}</figcaption>`,
    `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${htmlText(title)}">`,
    ...lines,
    ...bars,
    ...labels,
    '</svg></figure>',
  ].join('\n');
}
