import { plain } from '../../shared/report/text.ts';

/** A part of a page: a heading and its lines; without lines it is left out. */
export interface Part {
  readonly heading: string;
  readonly lines: readonly string[];
}

export const indented = (lines: readonly string[], by = '  '): readonly string[] => lines.map((line) => `${by}${line}`);

/** Parts below each other, an empty line between them. */
export const pageOf = (first: readonly string[], parts: readonly Part[]): readonly string[] => [
  ...first,
  ...parts.filter(({ lines }) => lines.length > 0).flatMap(({ heading, lines }) => ['', heading, ...indented(lines)]),
];

/** Attacker text, or any that may hold some, on one line. */
export const safe = (text: string, max = 600): string => plain(text, max);

export { timeText as at } from '../../shared/report/text.ts';
