import type { ProblemCode } from './codes.ts';
import type { RuleSource } from './rule.ts';

/** What is wrong with a file's text, and where, before anything in it is looked at. */
export interface TextProblem {
  readonly code: ProblemCode;
  /** Of the text, in UTF-16 units. */
  readonly offset: number;
  readonly message: string;
  readonly suggestion: string;
}

/** A standard parameter of Parameter Store holds 4 KB, counted in bytes of UTF-8. */
const MOST_BYTES = 4096;

const BYTE_ORDER_MARK = '\uFEFF';
/** What stands in the place of bytes that are not UTF-8. */
const REPLACEMENT = '\uFFFD';
/**
 * Characters that nobody sees and that make two texts differ, or that show a text in another order than it has: C0 and C1 controls, soft
 * hyphen, zero-width characters, marks of direction, the byte order mark and other format characters.
 */
const UNSEEN = /[^\P{Cc}\t\n\r]|\p{Cf}|\p{Zl}|\p{Zp}|\p{Cs}/u;

const codeOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

function encodingOf(text: string): TextProblem | null {
  const code = 'encoding';
  if (text.startsWith(BYTE_ORDER_MARK)) {
    return {
      ...{ code, offset: 0, message: 'begins with a byte order mark, which would be part of the parameter' },
      suggestion: 'save it as UTF-8 without BOM',
    };
  }
  const broken = text.indexOf(REPLACEMENT);
  if (broken !== -1) {
    return { code, offset: broken, message: 'holds bytes that are not UTF-8', suggestion: 'save it as UTF-8' };
  }
  const unseen = UNSEEN.exec(text);
  if (unseen === null) return null;
  const message = `holds ${codeOf(unseen[0])}, a character that nobody sees: it would not say what it seems to`;
  return { code, offset: unseen.index, message, suggestion: 'remove it, or write it again by hand' };
}

/** What is said of a file that no parameter holds. */
export const tooLarge = (bytes: number): Pick<TextProblem, 'message' | 'suggestion'> => ({
  message: `the file has ${bytes} bytes; a parameter holds ${MOST_BYTES}`,
  suggestion: 'shorten its comments, or make two rules of it',
});

/** The first thing that is wrong with the text of a file; null when it may be read. Pure, and linear in the text. */
export function textProblem({ text }: RuleSource): TextProblem | null {
  // Longer in characters is longer in bytes: a huge file is not counted.
  const bytes = text.length > MOST_BYTES * 16 ? text.length : Buffer.byteLength(text, 'utf8');
  if (bytes > MOST_BYTES) return { code: 'too-large', offset: 0, ...tooLarge(bytes) };
  const encoding = encodingOf(text);
  if (encoding !== null) return encoding;
  const braces = text.indexOf('{{');
  if (braces === -1) return null;
  const message = 'contains {{, which Parameter Store reserves and refuses';
  return {
    code: 'braces',
    offset: braces,
    message,
    suggestion: 'one brace is enough, or write { { with a blank between',
  };
}
