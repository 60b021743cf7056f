/** One step into a value. */
export type Segment =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'indexes'; readonly indexes: readonly number[] }
  | { readonly kind: 'slice'; readonly from: number | undefined; readonly to: number | undefined }
  | { readonly kind: 'every' };

export interface Path {
  readonly text: string;
  /** `$` reads the state's input, `$$` the context object. */
  readonly root: 'input' | 'context';
  readonly segments: readonly Segment[];
  /** Selects one value at most; otherwise the answer is an array of all that match. */
  readonly definite: boolean;
}

class PathSyntaxError extends Error {}

const RULES: readonly { readonly form: RegExp; readonly segment: (match: RegExpExecArray) => Segment }[] = [
  { form: /\.([\p{L}\p{N}_-]+)/uy, segment: (m) => ({ kind: 'key', key: m[1] ?? '' }) },
  { form: /\.\*|\[\s*\*\s*\]/y, segment: () => ({ kind: 'every' }) },
  { form: /\[\s*'((?:[^'\\]|\\.)*)'\s*\]/y, segment: (m) => ({ kind: 'key', key: unescaped(m[1] ?? '') }) },
  { form: /\[\s*"((?:[^"\\]|\\.)*)"\s*\]/y, segment: (m) => ({ kind: 'key', key: unescaped(m[1] ?? '') }) },
  { form: /\[\s*(-?\d+)\s*\]/y, segment: (m) => ({ kind: 'index', index: Number(m[1]) }) },
  {
    form: /\[\s*(-?\d+(?:\s*,\s*-?\d+)+)\s*\]/y,
    segment: (m) => ({ kind: 'indexes', indexes: (m[1] ?? '').split(',').map(Number) }),
  },
  {
    form: /\[\s*(-?\d*)\s*:\s*(-?\d*)\s*\]/y,
    segment: (m) => ({ kind: 'slice', from: optionalNumber(m[1]), to: optionalNumber(m[2]) }),
  },
];

const unescaped = (text: string): string => text.replace(/\\(.)/gu, '$1');
const optionalNumber = (text: string | undefined): number | undefined => (text ? Number(text) : undefined);

/**
 * Reads a path: `$`, `.name`, `['name']`, `[0]`, `[-1]`, `[0,2]`, `[1:3]`, `[*]` and `.*`.
 * Recursive descent, filters and path functions are not understood here and refused, so that no machine is run
 * otherwise than AWS would.
 * @throws PathSyntaxError
 */
export function parsePath(text: string): Path {
  const root = text.startsWith('$$') ? 'context' : 'input';
  if (!text.startsWith('$')) throw new PathSyntaxError(`'${text}' is not a path: it must begin with $`);
  const segments: Segment[] = [];
  let at = root === 'context' ? 2 : 1;
  while (at < text.length) {
    const step = nextSegment(text, at);
    segments.push(step.segment);
    at = step.end;
  }
  const definite = segments.every(({ kind }) => kind === 'key' || kind === 'index');
  return { text, root, segments, definite };
}

function nextSegment(text: string, at: number): { segment: Segment; end: number } {
  for (const { form, segment } of RULES) {
    form.lastIndex = at;
    const match = form.exec(text);
    if (match) return { segment: segment(match), end: form.lastIndex };
  }
  const rest = text.slice(at);
  if (rest.startsWith('..')) throw new PathSyntaxError(`'${text}': recursive descent (..) is not supported here`);
  if (/^\[\s*\?/.test(rest)) throw new PathSyntaxError(`'${text}': filters [?()] are not supported here`);
  throw new PathSyntaxError(`'${text}' cannot be read from '${rest}' on`);
}
