import type { Complaint } from '../document.ts';
import type { FindingPath } from '../fields.ts';
import { DOMAINS, KINDS, SOURCES, type SourceFacts } from '../findingFacts.ts';
import type { Branch, CompiledPattern, Field } from '../pattern/compile.ts';
import { quote, type Scalar } from '../pattern/condition.ts';
import { mayBeAbsent } from '../pattern/match.ts';
import { allowsSort, SORTS, type Sort } from './about.ts';
import { holderOf, type Known, kindsOf, sourcesOf } from './known.ts';

const takesOneOf = ({ conditions }: Field, values: readonly Scalar[]): boolean =>
  conditions.some((condition) => condition.kind === 'value' && values.some((value) => condition.accepts(value)));

/** Something that all fields of a branch must agree on: which source it is from, what kind of resource it is about. */
interface Question {
  readonly options: readonly string[];
  readonly allows: (option: string, field: Field, path: string) => boolean;
  /** Why not all of them: which options have what is at the path, or what those that are left have there; empty where nothing can be said. */
  readonly because: (path: string, left: readonly string[]) => string;
}

/** All values that a field has in findings of a source, where they are fewer than the field's. */
const onlyIn = (source: string, path: string): readonly Scalar[] | undefined =>
  (SOURCES as Readonly<Record<string, SourceFacts>>)[source]?.only[path as FindingPath];

function fromSource(source: string, field: Field, path: string): boolean {
  if (path === 'source') return takesOneOf(field, [source]);
  if (sourcesOf(path)?.includes(source) === false) return mayBeAbsent(field);
  const only = onlyIn(source, path);
  return only === undefined || mayBeAbsent(field) || takesOneOf(field, only);
}

function ofKind(kind: string, field: Field, path: string): boolean {
  if (path === 'resource.kind') return takesOneOf(field, [kind]);
  const kinds = kindsOf(path);
  if (kinds === undefined) return true;
  if (!kinds.includes(kind)) return mayBeAbsent(field);
  // The kind may have the block, and need not.
  if (!path.startsWith('resource.')) return true;
  const isList = DOMAINS[path as keyof typeof DOMAINS].list === true;
  return isList || field.conditions.some((condition) => condition.kind === 'value');
}

const sorts: ReadonlyMap<string, Sort> = new Map(SORTS.map((sort) => [JSON.stringify(sort), sort]));

/** By source, type and kind at once, and by what a source or a kind alone has there. */
function ofSort(name: string, field: Field, path: string): boolean {
  const sort = sorts.get(name);
  if (sort === undefined) return true;
  return allowsSort(sort, field, path) && fromSource(sort.source, field, path) && ofKind(sort.kind, field, path);
}

/** The kinds that are left, which say most; else nothing. */
function kindsLeft(path: string, left: readonly string[]): string {
  const of = left.flatMap((name) => sorts.get(name) ?? []);
  const kinds = [...new Set(of.map(({ kind }) => kind))];
  if (path === 'resource.kind' && kinds.length < KINDS.length)
    return `such findings are about ${kinds.join(', ')} alone`;
  const sources = [...new Set(of.map(({ source }) => source))];
  return `such findings are of ${sources.join(' and ')} alone`;
}

const QUESTIONS: readonly Question[] = [
  {
    options: Object.keys(SOURCES),
    allows: fromSource,
    because: (path, left) => {
      const sources = sourcesOf(path);
      const [source = '', ...more] = left;
      const only = onlyIn(source, path);
      if (more.length === 0 && only !== undefined && sources?.includes(source) !== false)
        return `in findings of ${source} "${path}" is ${only.map(quote).join(' or ')} alone`;
      return sources === undefined ? '' : `"${path}" is in findings of ${sources.join(' and ')} alone`;
    },
  },
  {
    options: KINDS,
    allows: ofKind,
    because: (path) => {
      const kinds = kindsOf(path);
      return kinds === undefined || path === 'resource.kind' ? '' : `"${path}" is there for ${kinds.join(', ')} alone`;
    },
  },
  { options: [...sorts.keys()], allows: ofSort, because: kindsLeft },
];

interface Conflict {
  readonly field: Field;
  readonly message: string;
}

function disagreement(branch: Branch, known: Known, { options, allows, because }: Question): Conflict | null {
  const allowed = (field: Field) => options.filter((option) => allows(option, field, known.pathOf(field)));
  let left = options;
  for (const [at, field] of branch.entries()) {
    const mine = allowed(field);
    const both = left.filter((option) => mine.includes(option));
    if (both.length > 0) {
      left = both;
      continue;
    }
    const earlier = branch.slice(0, at);
    const other = earlier.find((one) => !allowed(one).some((option) => mine.includes(option))) ?? earlier[0];
    const name = field.steps.join('.');
    const beside = other === undefined ? '' : ` beside "${other.steps.join('.')}" as it is asked for`;
    const why = because(known.pathOf(field), left) || (other === undefined ? '' : because(known.pathOf(other), mine));
    return { field, message: `"${name}" can never be so${beside}${why === '' ? '' : `: ${why}`}` };
  }
  return null;
}

/** A field that must not be there, though it always is, or is always where another one is that must be there. */
function forcedPresence(branch: Branch, known: Known): Conflict | null {
  for (const field of branch) {
    const path = known.pathOf(field);
    const domain = known.domain(field);
    if (domain === undefined || domain.list === true || !field.conditions.every(({ kind }) => kind === 'absent'))
      continue;
    const name = field.steps.join('.');
    if (known.always(field)) return { field, message: `"${name}" is always there, null at the least` };
    const holder = holderOf(path);
    if (holder === 'resource') continue;
    const inside = branch.find(
      (other) => other !== field && !mayBeAbsent(other) && known.pathOf(other).startsWith(`${holder}.`),
    );
    if (inside !== undefined) {
      return { field, message: `"${name}" is always there where "${inside.steps.join('.')}" is, null at the least` };
    }
  }
  return null;
}

/** Why nothing can match a branch whose conditions can each hold; null where something can, or where that is not known. */
export function conflictIn(branch: Branch, known: Known): Conflict | null {
  const forced = forcedPresence(branch, known);
  if (forced !== null) return forced;
  for (const question of QUESTIONS) {
    const conflict = disagreement(branch, known, question);
    if (conflict !== null) return conflict;
  }
  return null;
}

/** The alternatives that a field lies in: `$or[1]`, `$or[1].resource.$or[0]`. */
const alternativesOf = ({ path }: Field): readonly string[] =>
  [...path.matchAll(/\$or\[\d+\]/g)].map(({ 0: found, index }) => path.slice(0, index + found.length));

/** Patterns, and alternatives of them, that nothing can match. */
export function contradictions({ branches }: CompiledPattern, known: Known, base: string): readonly Complaint[] {
  const judged = branches.map((branch) => ({ branch, conflict: conflictIn(branch, known) }));
  const dead = judged.flatMap(({ branch, conflict }) => (conflict === null ? [] : [{ branch, conflict }]));
  const [first] = dead;
  if (first === undefined) return [];
  const suggestion = 'take one of the two out, or make two rules of it';
  if (dead.length === branches.length) {
    const { field, message } = first.conflict;
    return [{ code: 'contradiction', path: `${base}.${field.path}`, message, suggestion }];
  }
  const alive = new Set(
    judged.filter(({ conflict }) => conflict === null).flatMap(({ branch }) => branch.flatMap(alternativesOf)),
  );
  const told = new Map<string, Complaint>();
  for (const { branch, conflict } of dead) {
    const hopeless = branch.flatMap(alternativesOf).find((alternative) => !alive.has(alternative));
    if (hopeless === undefined || told.has(hopeless)) continue;
    const message = `this alternative can never hold: ${conflict.message}`;
    const path = `${base}.${hopeless}`;
    told.set(hopeless, { code: 'dead-alternative', path, message, suggestion: 'take the alternative out, or mend it' });
  }
  return [...told.values()];
}
