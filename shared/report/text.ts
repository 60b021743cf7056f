import { basicGsm } from '../platform/sms.ts';

/**
 * Text that others wrote (titles, tags, image names, answers of AWS) on its way into a message. It stays text: it
 * cannot begin a line of ours, hide, run backwards, or become a link.
 */

/** Control, format (bidi, zero width), line and paragraph separators, private, unassigned, lone surrogates. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Cs}]/gu;

const escaped = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

/** The longest prefix of at most `max` UTF-16 units that splits no character, with `...` where something is missing. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const short = text.slice(0, Math.max(0, max - 3));
  return `${short.isWellFormed() ? short : short.slice(0, -1)}...`;
}

/**
 * One line: line breaks and every unprintable character are written out (`\u{a}`), runs of spaces become one, a link loses its
 * scheme (`[:]//`). Markup stays as it is: messages are plain text.
 */
export const plain = (text: string, max = 500): string =>
  cut(
    // Cut before, too: what an attacker wrote may be megabytes, and each character of it may become ten.
    cut(text, max * 2)
      .replace(/ *[\t\r\n]+ */g, ' ')
      .replace(unprintable, escaped)
      .replace(/\p{Zs}+/gu, ' ')
      .trim()
      .replaceAll('://', '[:]//'),
    max,
  );

/** Plain text in printable ASCII: what a subject may hold. */
export const ascii = (text: string, max: number): string =>
  cut(plain(text, max * 2).replace(/[^\x20-\x7e]/gu, '?'), max);

/** ASCII that GSM-7 has in its basic table: the others cost two characters there, or turn the whole message into UCS-2. */
export const gsm = (text: string, max: number): string => cut(basicGsm(ascii(text, max * 2)), max);

/** The first lines of a list, each plain, and how many more there are. */
export function firstOf(lines: readonly string[], most: number, width = 500): readonly string[] {
  const shown = lines.slice(0, most).map((line) => plain(line, width));
  const more = lines.length - shown.length;
  return more > 0 ? [...shown, `and ${more} more`] : shown;
}

/** A word for a POSIX shell: as it is when it is harmless, else in single quotes. */
export const shellWord = (word: string): string =>
  /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

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
export const htmlText = (text: string, max = 600): string =>
  plain(text, max).replace(/[&<>"']/g, (one) => entities[one] ?? '');

/** ISO times without their milliseconds; they stay UTC and say so. */
export const timeText = (iso: string | null | undefined): string =>
  iso === null || iso === undefined ? '-' : plain(iso, 40).replace(/\.\d+Z$/, 'Z');
