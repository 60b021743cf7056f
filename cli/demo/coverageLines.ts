import { parts } from './coverage.ts';
import type { Played } from './play.ts';

const head = ['asked for', 'action', 'scenario', 'as told', 'contained', 'verified', 'undone', 'states', 'messages'];

const numbers = ({ done, figures, failed }: Played): readonly string[] => [
  failed === null ? 'yes' : 'NO',
  ...(done === null ? ['-', '-', '-'] : [done.contained, done.verified, done.undone].map(String)),
  `${figures.statesEntered}`,
  `${figures.messages}`,
];

/** What the talk asks for, and what was just played of it: a table as lines, and what is not there yet. */
export function coverageLines(played: readonly Played[]): readonly string[] {
  const rows = parts.flatMap(({ part, ways }) =>
    ways.flatMap(({ action, scenario }) => {
      const found = played.find(({ name }) => name === scenario);
      return found === undefined ? [] : [[part, action ?? 'told', scenario, ...numbers(found)]];
    }),
  );
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((cells) => cells[at]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  const missing = parts.flatMap((one) => (one.missing === undefined ? [] : [`  ${one.part}: ${one.missing}`]));
  return [
    'What the talk asks for, and what was played of it (docs/coverage.generated.md)',
    ...[head, ...rows].map(line),
    ...(missing.length === 0 ? [] : ['', 'Not there yet:', ...missing]),
    '',
  ];
}
