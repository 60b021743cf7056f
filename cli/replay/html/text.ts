import { plain } from '../../../shared/report/text.ts';

/** Longest text of a cell, in UTF-16 units. */
const longest = 600;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Text in HTML, between tags or in a quoted attribute. What findings say was written by whoever sent them: it is shown, on one line, and
 * never read as markup, nor does it hide or run backwards.
 */
export const escaped = (text: string, max = longest): string =>
  plain(text, max).replace(/[&<>"']/g, (one) => entities[one] ?? '');
