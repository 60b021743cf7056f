import type { FindingPath, ResourceField } from '../fields.ts';
import { ASKED, BLOCKS, DOMAINS, type Domain, KINDS, KINDS_INSIDE, KINDS_WITH, SOURCES } from '../findingFacts.ts';
import type { Field } from '../pattern/compile.ts';
import type { Scalar } from '../pattern/condition.ts';

/** What is known of the fields that a pattern asks about. */
export interface Known {
  readonly domain: (field: Field) => Domain | undefined;
  /** Whether the field has a value in whatever is shown to the pattern. */
  readonly always: (field: Field) => boolean;
  /** Whether an array of objects lies on the way to it: then what is absent in one of them may be there in the next. */
  readonly inElements: (field: Field) => boolean;
  /** All values that the field has in what is shown to the pattern; undefined where they are not known. */
  readonly shown: (field: Field) => readonly Scalar[] | undefined;
  /** The same path as in a finding: a target is a finding's resource with its account and Region. */
  readonly pathOf: (field: Field) => FindingPath;
}

/** A key that people write may be the name of what every object has: `toString` is no field. */
const own = <T>(of: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(of, key) ? of[key] : undefined;

const isElements = (path: string): boolean => path.startsWith('resource.containers.');

/** The innermost thing around a path that may be missing: a block; empty for what every finding has; `resource` for what its kind decides. */
export const holderOf = (path: string): string =>
  BLOCKS.filter((block) => path.startsWith(`${block}.`)).at(-1) ??
  (path.startsWith('resource.') && !hasEveryKind(path) ? 'resource' : '');

const kindsWith = (path: string): readonly string[] =>
  Object.keys(KINDS_WITH[path.split('.')[1] as ResourceField] ?? {});

const hasEveryKind = (path: string): boolean => kindsWith(path).length === KINDS.length;

/** Kinds of resource that have the field at a path, of a block those that may have it; undefined where all may. */
export const kindsOf = (path: string): readonly string[] | undefined =>
  path.startsWith('resource.') ? kindsWith(path) : own(KINDS_INSIDE, holderOf(path));

/** Sources whose findings may have the block that a path lies in; undefined outside of one. */
export function sourcesOf(path: string): readonly string[] | undefined {
  const [block = ''] = path.split('.');
  if (!BLOCKS.includes(block)) return undefined;
  return Object.entries(SOURCES).flatMap(([source, { gives }]) =>
    (gives as readonly string[]).includes(block) ? [source] : [],
  );
}

const about = (pathOf: Known['pathOf']): Known => ({
  pathOf,
  domain: (field) => own(DOMAINS, pathOf(field)),
  always: (field) => own(DOMAINS, pathOf(field))?.list !== true && holderOf(pathOf(field)) === '',
  inElements: (field) => isElements(pathOf(field)),
  shown: (field) => {
    const asked = own(ASKED, pathOf(field));
    return asked === undefined ? own(DOMAINS, pathOf(field))?.values : [asked];
  },
});

export const findings: Known = about(({ steps }) => steps.join('.') as FindingPath);

const beside: ReadonlySet<string> = new Set(['account', 'region']);
export const targets: Known = about(({ steps }) => {
  const path = steps.join('.');
  return (beside.has(path) ? path : `resource.${path}`) as FindingPath;
});
