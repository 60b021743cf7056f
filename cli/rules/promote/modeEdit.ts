import { isMap, isScalar, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { canonicalJson, type Json } from '../../../shared/platform/json.ts';

interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const spliced = (text: string, { from, to, text: put }: Splice): string => text.slice(0, from) + put + text.slice(to);

/** The value where a mode is written, in the quotes that it had. */
function replacing(text: string, pair: Pair): readonly Splice[] {
  const [from, to] = (isScalar(pair.value) ? pair.value.range : undefined) ?? [];
  if (from === undefined || to === undefined) return [];
  const written = text.slice(from, to);
  const [quote = ''] = /^["']/.exec(written) ?? [];
  return [{ from, to, text: `${quote}enforce${quote}` }];
}

/** Where no mode is written: after all the rest, else before it. */
function inserting(text: string, { items, flow }: YAMLMap): readonly Splice[] {
  const first = items[0]?.key;
  const at = isScalar(first) ? first.range?.[0] : undefined;
  if (at === undefined) return [];
  if (flow === true) {
    const [gap = ''] = /\s*$/.exec(text.slice(0, at)) ?? [];
    return [{ from: at, to: at, text: `"mode": "enforce",${gap === '' ? ' ' : gap}` }];
  }
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const indent = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  const body = text.trimEnd().length;
  return [
    { from: body, to: body, text: `${end}${indent}mode: enforce` },
    { from: at, to: at, text: `mode: enforce${end}${indent}` },
  ];
}

function valueIn(text: string): Json | undefined {
  const document = parseDocument(text, { version: '1.2', schema: 'core' });
  return document.errors.length > 0 ? undefined : (document.toJS({ maxAliasCount: 0 }) as Json);
}

/**
 * A rule as somebody wrote it, YAML or JSON, with `mode: enforce`: that one value is changed, or one line is added, and every other character
 * stays. Null where that cannot be done without changing what else it says. Pure.
 */
export function enforcingText(text: string): string | null {
  const { contents, errors } = parseDocument(text, { version: '1.2', schema: 'core' });
  if (errors.length > 0 || !isMap(contents)) return null;
  const pair = contents.items.find(({ key }) => isScalar(key) && key.value === 'mode');
  const splices = pair === undefined ? inserting(text, contents) : replacing(text, pair);
  const wanted = canonicalJson({ ...(valueIn(text) as { readonly [key: string]: Json }), mode: 'enforce' });
  for (const splice of splices) {
    const edited = spliced(text, splice);
    const value = valueIn(edited);
    if (value !== undefined && canonicalJson(value) === wanted) return edited;
  }
  return null;
}
