import { canonicalJson, type Json, type JsonObject } from '../platform/json.ts';

/** The named top-level fields of what was observed. */
export const pick = (observed: JsonObject, fields: readonly string[]): JsonObject =>
  Object.fromEntries(fields.flatMap((field) => (observed[field] === undefined ? [] : [[field, observed[field]]])));

const same = (a: Json | undefined, b: Json | undefined): boolean =>
  canonicalJson(a ?? null) === canonicalJson(b ?? null);

type Members = { readonly [name: string]: Json };

/** Objects by member and lists by position, where all three have the same; else nothing to go into. */
function membersOf(...values: readonly (Json | undefined)[]): readonly Members[] | undefined {
  const members = values.filter((value): value is JsonObject => typeof value === 'object' && value !== null);
  if (members.length !== values.length) return undefined;
  const shape = (value: JsonObject): string => `${Array.isArray(value)} ${Object.keys(value).sort().join('\n')}`;
  const [first, ...rest] = members.map(shape);
  return rest.every((one) => one === first) ? members : undefined;
}

/**
 * Whether a value is one of those that it has had or is meant to have, part by part: of two images, one may be archived already
 * when a crash came between the calls.
 */
function expected(seen: Json | undefined, known: readonly (Json | undefined)[]): boolean {
  if (known.some((value) => same(seen, value))) return true;
  const [parts, ...others] = membersOf(seen, ...known) ?? [];
  if (parts === undefined) return false;
  return Object.keys(parts).every((name) =>
    expected(
      parts[name],
      others.map((other) => other[name]),
    ),
  );
}

interface ThirdValue {
  readonly field: string;
  readonly before: Json;
  readonly intended: Json;
  readonly seen: Json;
}

/** The values that a standing change knows of. */
interface Known {
  readonly before: JsonObject;
  readonly intended: JsonObject;
  readonly from?: JsonObject | undefined;
}

/** The fields that have none of the values that we know of: somebody else has changed them. */
export const thirdFields = (seen: JsonObject, { before, intended, from = before }: Known): readonly string[] =>
  Object.keys(intended).filter(
    (name) => !expected(seen[name], [before[name], intended[name], name in from ? from[name] : before[name]]),
  );

/** The first of them, with its values. */
export function thirdValue(seen: JsonObject, known: Known): ThirdValue | undefined {
  const { before, intended } = known;
  const [field] = thirdFields(seen, known);
  if (field === undefined) return undefined;
  return {
    field,
    before: before[field] ?? null,
    intended: intended[field] ?? null,
    seen: seen[field] ?? null,
  };
}

/** A part of a field, the smallest that all three have. */
interface Part {
  /** `status of sha256:…` */
  readonly name: string;
  readonly before: Json;
  readonly intended: Json;
  readonly seen: Json;
}

function partsAstray(
  name: string,
  seen: Json | undefined,
  before: Json | undefined,
  intended: Json | undefined,
): readonly Part[] {
  if (same(seen, intended)) return [];
  const [s, b, i] = membersOf(seen, before, intended) ?? [];
  if (s === undefined || b === undefined || i === undefined) {
    return [{ name, before: before ?? null, intended: intended ?? null, seen: seen ?? null }];
  }
  return Object.keys(s).flatMap((member) => partsAstray(`${name} of ${member}`, s[member], b[member], i[member]));
}

/** What is not what it is meant to be, part by part: of an index and its images, those that somebody restored. */
export const astray = (seen: JsonObject, before: JsonObject, intended: JsonObject): readonly Part[] =>
  Object.keys(intended).flatMap((field) => partsAstray(field, seen[field], before[field], intended[field]));

/** Whether all fields are what they are meant to be. */
export const asIntended = (seen: JsonObject, intended: JsonObject): boolean =>
  Object.keys(intended).every((field) => same(seen[field], intended[field]));

/** The first decisive field that is no longer what the plan was made from. */
export const differing = (seen: JsonObject, planned: JsonObject, fields: readonly string[]): string | undefined =>
  fields.find((field) => !same(seen[field], planned[field]));
