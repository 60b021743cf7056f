import { AwsError } from '../../../account.ts';
import type { Selector } from './condition.ts';

export type Token =
  | { readonly kind: 'sign'; readonly text: string; readonly at: number }
  | { readonly kind: 'selector'; readonly selector: Selector; readonly text: string; readonly at: number }
  | { readonly kind: 'quoted' | 'word'; readonly text: string; readonly at: number };

/** @param at counts from 0; the sentence counts from 1 */
export const unreadable = (why: string, at: number): AwsError =>
  new AwsError('InvalidParameterException', `Invalid filter pattern: ${why} at character ${at + 1}.`);

const SPACE = /\s+/y;
const SIGN = /&&|\|\||!=|<=|>=|[=<>(){}]/y;
/** `$.a.b[0]`: "alphanumeric strings that also support '-' and '_'", and numbers of elements. */
const SELECTOR = /\$(?:\.[A-Za-z0-9_-]+|\[\d{1,9}\])+/y;
const QUOTED = /"((?:[^"\\]|\\.)*)"/y;
/** "Strings that consist entirely of alphanumeric characters do not need to be quoted"; AWS's examples leave dots and asterisks bare, too. */
const WORD = /[A-Za-z0-9_.*:+/-]+/y;

function taken(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

/** Throws AwsError InvalidParameterException, which names what the pattern has that is not modelled. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const space = taken(SPACE, text, at);
    if (space === undefined) {
      const [token, length] = tokenAt(text, at);
      tokens.push(token);
      at += length;
    } else at += space[0].length;
  }
  return tokens;
}

function tokenAt(text: string, at: number): readonly [token: Token, length: number] {
  const sign = taken(SIGN, text, at)?.[0];
  if (sign !== undefined) return [{ kind: 'sign', text: sign, at }, sign.length];
  const selector = taken(SELECTOR, text, at)?.[0];
  if (selector !== undefined) {
    return [{ kind: 'selector', selector: partsOf(selector), text: selector, at }, selector.length];
  }
  const quoted = taken(QUOTED, text, at);
  if (quoted !== undefined) {
    return [{ kind: 'quoted', text: (quoted[1] ?? '').replace(/\\(.)/g, '$1'), at }, quoted[0].length];
  }
  const word = taken(WORD, text, at)?.[0];
  if (word !== undefined) return [{ kind: 'word', text: word, at }, word.length];
  if (text[at] === '%') throw unreadable('this account does not model regular expressions ("%...%"), as', at);
  throw unreadable('it cannot be read', at);
}

const partsOf = (selector: string): Selector =>
  [...selector.matchAll(/\.([A-Za-z0-9_-]+)|\[(\d+)\]/g)].map(([, name, index]) => name ?? Number(index));
