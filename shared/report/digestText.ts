import { type DigestModel, isEmpty } from './digestModel.ts';
import { costLines, headlineOf, partsOf, periodOf, unreadLine } from './digestWords.ts';
import { cut, plain } from './text.ts';

/** As much as a channel shows; three bytes a character, with the HTML, fit into one item of the table (400 KB). */
const longestText = 24_000;

/** A digest as mail and phones show it: plain text. A night in which nothing happened is one line. Pure. */
export function digestText(model: DigestModel): string {
  const first = headlineOf(model);
  if (isEmpty(model)) return `${first}: nothing since ${plain(model.since, 40)}.`;
  const parts = partsOf(model).map(({ heading, lines, more }) =>
    [
      `${heading} (${lines.length + more})`,
      ...lines.map((line) => `- ${line}`),
      ...(more > 0 ? [`- and ${more} more`] : []),
    ].join('\n'),
  );
  const show = `All of one: firebreak incidents show <incident> --stage ${plain(model.stage, 50)}`;
  const last = [...costLines(model), ...unreadLine(model), show, `From ${periodOf(model)}.`];
  const end = ['What it took', ...last].join('\n');
  return [cut([first, ...parts].join('\n\n'), longestText - end.length), end].join('\n\n');
}
