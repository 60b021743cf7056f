import { AwsError } from '../../account.ts';
import { jsonFilter } from './jsonFilter/jsonFilter.ts';

type Filter = (message: string) => boolean;

const refused = (message: string): AwsError =>
  new AwsError('InvalidParameterException', `Invalid filter pattern: ${message}`);

/** "Filter patterns ... can be up to 1024 characters" (FilterLogEvents, filterPattern). */
const LONGEST = 1024;

/**
 * What a filter pattern lets through: `{ ... }` looks into JSON, anything else is words. Patterns over columns (`[ ... ]`) and regular expressions
 * (`%...%`) are refused. Throws AwsError InvalidParameterException.
 */
export function messageFilter(pattern: string): Filter {
  if (pattern.length > LONGEST) throw refused(`it has more than ${LONGEST} characters.`);
  const trimmed = pattern.trim();
  if (trimmed.startsWith('{')) return jsonFilter(trimmed);
  if (trimmed.startsWith('[')) throw refused('this account does not model patterns over columns ("[...]").');
  return wordFilter(trimmed);
}

interface Term {
  /** `?`: one of these must be there. `-`: it must not be. */
  readonly sign: string;
  readonly text: string;
}

/** Words and "quoted phrases" that must all be there, `?word` of which one must, `-word` that must not. Case counts. */
function wordFilter(pattern: string): Filter {
  const terms = termsIn(pattern);
  const texts = (sign: string): readonly string[] => terms.filter((term) => term.sign === sign).map(({ text }) => text);
  const [all, any, none] = [texts(''), texts('?'), texts('-')];
  return (message) =>
    all.every((text) => message.includes(text)) &&
    (any.length === 0 || any.some((text) => message.includes(text))) &&
    !none.some((text) => message.includes(text));
}

/** Between a sign and its term there may be spaces (`"ERROR" - "Exiting"`). */
const TERM = /\s*([?-]?)\s*(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))/y;

function termsIn(pattern: string): readonly Term[] {
  const terms: Term[] = [];
  TERM.lastIndex = 0;
  while (TERM.lastIndex < pattern.length) {
    const at = TERM.lastIndex;
    const [, sign = '', phrase, word] = TERM.exec(pattern) ?? [];
    if (phrase === undefined && word === undefined) throw refused(`it cannot be read at character ${at + 1}.`);
    if (word !== undefined) checkWord(word);
    terms.push({ sign, text: phrase?.replace(/\\(.)/g, '$1') ?? word ?? '' });
  }
  return terms;
}

/** "Terms that include characters other than alphanumeric or underscore must be placed inside double quotes" (user guide, filter syntax). */
function checkWord(word: string): void {
  if (word.startsWith('%')) throw refused('this account does not model regular expressions ("%...%").');
  if (/[^\p{L}\p{N}_]/u.test(word))
    throw refused(`${word} must be in double quotes: it has other characters than letters, digits and underscores.`);
}
