import type { RestOutput } from '../../account.ts';

const ESCAPES: { readonly [letter: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string): string =>
  // Control characters cannot stand in XML 1.0 other than by number.
  text.replace(/[&<>"\p{Cc}]/gu, (letter) => ESCAPES[letter] ?? `&#${letter.codePointAt(0)};`);

/** One element with text in it. */
export const element = (name: string, text: string | number | boolean): string =>
  `<${name}>${escaped(String(text))}</${name}>`;

/** An answer of S3's in XML; `content` is ready-made. */
export function document(root: string, content: string): RestOutput {
  return {
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content}</${root}>`,
  };
}
