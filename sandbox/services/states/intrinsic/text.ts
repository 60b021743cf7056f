import { createHash } from 'node:crypto';
import type { Json } from '../../../../shared/platform/json.ts';
import type { Arguments, Intrinsic } from './arguments.ts';

const MAX_CHARACTERS = 10_000;
const ALGORITHMS: { readonly [name: string]: string } = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

export const textFunctions: { readonly [name: string]: Intrinsic } = {
  'States.Format': (args) => format(args.text(0), args.values.slice(1), args),
  'States.StringSplit': (args) => {
    args.count(2);
    // Every character of the second argument separates; empty parts are dropped.
    const anyOf = new RegExp(`[${args.text(1).replace(/[\\\]^-]/g, '\\$&')}]`, 'u');
    const parts = args.text(0).split(anyOf);
    return parts.filter((part) => part !== '');
  },
  'States.Base64Encode': (args) => {
    args.count(1);
    return Buffer.from(short(args, 0), 'utf8').toString('base64');
  },
  'States.Base64Decode': (args) => {
    args.count(1);
    const text = short(args, 0);
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) args.refuse('wants base64');
    return Buffer.from(text, 'base64').toString('utf8');
  },
  'States.Hash': (args) => {
    args.count(2);
    const value = args.any(0);
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    if (text.length > MAX_CHARACTERS) args.refuse(`takes at most ${MAX_CHARACTERS} characters`);
    const algorithm = ALGORITHMS[args.text(1)] ?? args.refuse(`does not know the algorithm ${args.text(1)}`);
    return createHash(algorithm).update(text, 'utf8').digest('hex');
  },
  'States.UUID': (args, random) => {
    args.count(0);
    return random.uuid();
  },
};

function short(args: Arguments, index: number): string {
  const text = args.text(index);
  return text.length > MAX_CHARACTERS ? args.refuse(`takes at most ${MAX_CHARACTERS} characters`) : text;
}

function format(template: string, values: readonly Json[], args: Arguments): string {
  let used = 0;
  const text = template.replace(/\\(.)|\{\}|[{}]/gsu, (found, escaped: string | undefined) => {
    if (escaped !== undefined) return escaped;
    if (found !== '{}') args.refuse('has an unmatched brace in its template');
    const value = values[used++];
    return value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  });
  if (used !== values.length) args.refuse(`has ${used} placeholders for ${values.length} values`);
  return text;
}
