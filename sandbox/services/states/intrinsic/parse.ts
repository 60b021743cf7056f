import type { Json } from '../../../../shared/platform/json.ts';
import { parsePath } from '../path/parse.ts';

export type Expression =
  /** `raw` is the text between the quotes, in which States.Format looks for `{}`. */
  | { readonly kind: 'literal'; readonly value: Json; readonly raw: string }
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] };

export class ExpressionSyntaxError extends Error {}

/**
 * Reads an intrinsic function call, e.g. `States.Format('{} of {}', $.a, States.ArrayLength($.b))`.
 * @throws ExpressionSyntaxError, PathSyntaxError
 */
export function parseIntrinsic(text: string): Expression {
  const reader = { text, at: 0 };
  const call = readExpression(reader);
  if (reader.at < text.length || call.kind !== 'call') throw unreadable(reader);
  return call;
}

interface Reader {
  readonly text: string;
  at: number;
}

function take(reader: Reader, form: RegExp): RegExpExecArray | undefined {
  form.lastIndex = reader.at;
  const match = form.exec(reader.text);
  if (!match) return undefined;
  reader.at = form.lastIndex;
  return match;
}

function readExpression(reader: Reader): Expression {
  const call = take(reader, /\s*(States\.[A-Za-z0-9]+)\s*\(\s*/y);
  if (call) return { kind: 'call', name: call[1] ?? '', args: readArguments(reader) };
  const quoted = take(reader, /\s*'((?:[^'\\]|\\.)*)'\s*/suy);
  if (quoted) {
    const raw = quoted[1] ?? '';
    return { kind: 'literal', raw, value: raw.replace(/\\(.)/gsu, '$1') };
  }
  const plain = take(reader, /\s*(null|true|false|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*(?=[,)])/y);
  if (plain) return { kind: 'literal', raw: plain[1] ?? '', value: JSON.parse(plain[1] ?? 'null') as Json };
  // A path ends at a comma or parenthesis outside brackets.
  const path = take(reader, /\s*(\$(?:\[(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^'"\]])*\]|[^\s,()[\]])*)\s*/uy);
  if (path) return { kind: 'path', path: parsePath(path[1] ?? '').text };
  throw unreadable(reader);
}

function readArguments(reader: Reader): Expression[] {
  const args: Expression[] = [];
  if (take(reader, /\)\s*/y)) return args;
  for (;;) {
    args.push(readExpression(reader));
    if (take(reader, /\)\s*/y)) return args;
    if (!take(reader, /,\s*/y)) throw unreadable(reader);
  }
}

const unreadable = ({ text, at }: Reader): ExpressionSyntaxError =>
  new ExpressionSyntaxError(`'${text}' is not an intrinsic function call: unreadable at character ${at + 1}`);
