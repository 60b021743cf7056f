import { parts } from './coverage.ts';
import type { Played } from './play.ts';

const head = [
  ...['asked for', 'action', 'scenario', 'as told'],
  ...['done', 'contained', 'verified', 'undone'],
  ...['states', 'calls', 'messages'],
];

const none = { done: 0, contained: 0, verified: 0, undone: 0 };

/** What became of the action in the scenario: nothing to count where somebody is only told. */
function counts(action: string | null, { done }: Played): readonly string[] {
  if (action === null || done === null) return ['-', '-', '-', '-'];
  const own = done.find((one) => one.action === action) ?? none;
  return [own.done, own.contained, own.verified, own.undone].map(String);
}

const figures = ({ figures: { statesEntered, awsCalls, messages } }: Played): readonly string[] =>
  [statesEntered, awsCalls, messages].map(String);

/** What the talk asks for, and what was just played of it: a table as lines, and what is not there yet. */
export function coverageLines(played: readonly Played[]): readonly string[] {
  const rows = parts.flatMap(({ part, ways }) =>
    ways.flatMap(({ action, scenario }) => {
      const found = played.find(({ name }) => name === scenario);
      const asTold = found?.failed === null ? 'yes' : 'NO';
      return found === undefined
        ? []
        : [[part, action ?? 'told', scenario, asTold, ...counts(action, found), ...figures(found)]];
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
    'What the talk asks for, and what was played of it (docs/coverage.generated.md): steps of each action, as the incidents have them,',
    'and what the whole scenario took. What is not undone says why in the column Undo of that file, or in the scenario.',
    ...[head, ...rows].map(line),
    ...(missing.length === 0 ? [] : ['', 'Not there yet:', ...missing]),
    '',
  ];
}
