export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

type Tree = { readonly [key: string]: unknown };

/** Where a plain assignment would set what an object inherits from. */
const proto = '__proto__';

function ordered(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(ordered);
  // A Date, say: what JSON makes of it.
  if ('toJSON' in value) return ordered(JSON.parse(JSON.stringify(value)));
  const made: { [key: string]: unknown } = {};
  for (const name of Object.keys(value).sort()) {
    const inner = ordered((value as Tree)[name]);
    if (name === proto) Object.defineProperty(made, name, { value: inner, enumerable: true });
    else made[name] = inner;
  }
  return made;
}

/** JSON with object keys sorted at every level: equal values give equal text, whatever order they were built in. */
export const canonicalJson = (value: unknown): string => JSON.stringify(ordered(value));

/** What a text says; undefined when it is no JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
