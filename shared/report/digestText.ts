import { type DigestModel, isEmpty } from './digestModel.ts';
import { costLines, headlineOf, partsOf, periodOf, unreadLine } from './digestWords.ts';
import { plain } from './text.ts';

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
  return [first, ...parts, ['What it took', ...last].join('\n')].join('\n\n');
}
