import type { Finding } from '../finding/finding.ts';
import type { FindingPath } from '../rules/fields.ts';
import { DOMAINS } from '../rules/findingFacts.ts';
import { kindsOf, sourcesOf } from '../rules/lint/known.ts';
import type { Branch, Field } from '../rules/pattern/compile.ts';
import type { Scalar } from '../rules/pattern/condition.ts';
import { flatten, pathsOf } from '../rules/pattern/flatten.ts';
import { branchMatches, mayBeAbsent } from '../rules/pattern/match.ts';
import type { Pattern } from '../rules/pattern/pattern.ts';
import { compiledOf } from '../rules/patterns.ts';
import { probesOfType, worstProbes } from './worstProbes.ts';
import { accepts, leftBy, takenBy } from './worstValues.ts';

const nameOf = ({ steps }: Field): string => steps.join('.');

/** What makes a finding one of the worst class: a probe keeps it. Names of clusters, services and the like may be any. */
const kept: { readonly [name: string]: (probe: Finding) => Scalar } = {
  source: ({ source }) => source,
  type: ({ type }) => type,
  status: ({ status }) => status,
  sample: ({ sample }) => sample,
  severity: ({ severity }) => severity,
  label: ({ label }) => label,
  'resource.kind': ({ resource }) => resource.kind,
};

/** Whether findings of this source, about such a resource, may have anything at a field. */
function mayHave(field: Field, { resource, source }: Finding): boolean {
  const name = nameOf(field);
  return (kindsOf(name)?.includes(resource.kind) ?? true) && (sourcesOf(name)?.includes(source) ?? true);
}

function mayTake(branch: Branch, probe: Finding): boolean {
  return branch.every((field) => {
    const name = nameOf(field);
    const value = kept[name]?.(probe);
    if (value !== undefined) return accepts(field, value);
    return mayHave(field, probe) || mayBeAbsent(field);
  });
}

/** Whether a pattern may take findings of the worst class, whatever their resources are called. Pure. */
export const takesWorst = (when: Pattern): boolean =>
  compiledOf(when).branches.some((branch) => worstProbes.some((probe) => mayTake(branch, probe)));

type Fields = Record<string, unknown>;

/** The probe with a value at a field, or with nothing there. */
function put(probe: Fields, { steps }: Field, value: Scalar | undefined): void {
  const listed = DOMAINS[steps.join('.') as FindingPath]?.list === true && !steps.includes('containers');
  let at = probe;
  for (const step of steps.slice(0, -1)) {
    const next = Array.isArray(at[step]) ? at[step][0] : at[step];
    at[step] = Array.isArray(at[step]) ? [next ?? {}] : (next ?? {});
    at = (Array.isArray(at[step]) ? at[step][0] : at[step]) as Fields;
  }
  const last = steps.at(-1) ?? '';
  if (value === undefined) delete at[last];
  else at[last] = listed ? [value] : value;
}

interface Asked {
  readonly field: Field;
  readonly taken: readonly (Scalar | undefined)[];
  readonly left: readonly (Scalar | undefined)[];
}

const asked = (branch: Branch): readonly Asked[] =>
  branch.flatMap((field) =>
    kept[nameOf(field)] === undefined ? [{ field, taken: takenBy(field), left: leftBy(field) }] : [],
  );

/** So many of all, from everywhere among them. */
function spread<T>(all: readonly T[], most: number): readonly T[] {
  const every = Math.max(1, Math.ceil(all.length / most));
  return all.filter((_, at) => at % every === 0);
}

/** Types that a branch names and no probe has: by whole name, or how they begin. */
function otherTypes(branch: Branch, byName: boolean): readonly string[] {
  const field = branch.find((one) => nameOf(one) === 'type');
  if (field === undefined || worstProbes.some(({ type }) => accepts(field, type))) return [];
  return field.conditions.flatMap((condition) => {
    if (condition.kind !== 'value') return [];
    const { means } = condition;
    if (means.by === 'exactly')
      return byName && typeof means.value === 'string' && asGuardDuty.test(means.value) ? [means.value] : [];
    if (means.by !== 'prefix' || !means.text.includes(':')) return [];
    return [means.text.includes('/') ? `${means.text}x` : `${means.text.replace(/:.*$/, ':')}Runtime/x`];
  });
}

/** How its types are built: "ThreatPurpose:ResourceTypeAffected/ThreatFamilyName" (GuardDuty user guide, "Finding format"). */
const asGuardDuty = /^[A-Za-z]+:[A-Za-z0-9]+\//;

interface Looked {
  /** Of one alternative, with one value of each of its lists. */
  readonly mostProbes: number;
  /** Whether a type of another class is looked at that is named whole, as if it came with a high severity. */
  readonly byName: boolean;
}

function probesFor(branch: Branch, { mostProbes, byName }: Looked): readonly Finding[] {
  const others = otherTypes(branch, byName);
  const fields = asked(branch);
  if (fields.length === 0 && others.length === 0) return [];
  const all = others.length === 0 ? worstProbes : others.flatMap(probesOfType);
  const some = spread(
    all.filter((probe) => mayTake(branch, probe)),
    mostProbes,
  );
  const paths = pathsOf(branch);
  const mostOfField = Math.max(1, ...fields.map(({ taken }) => taken.length));
  const makes = (probe: Finding, choose: (one: Asked) => readonly (Scalar | undefined)[]): Finding & Fields => {
    const made = structuredClone(probe) as Finding & Fields;
    for (const one of fields) {
      const [value] = choose(one);
      if (choose(one).length > 0 && mayHave(one.field, probe)) put(made, one.field, value);
    }
    return made;
  };
  const took = Array.from({ length: mostOfField }).flatMap((_, at) =>
    some
      .map((probe) => makes(probe, ({ taken }) => taken.slice(Math.min(at, taken.length - 1))))
      .filter((made) => branchMatches(branch, flatten(made, paths))),
  );
  const left = fields.flatMap((other) =>
    other.left.flatMap((value) =>
      some
        .filter((probe) => mayHave(other.field, probe))
        .map((probe) => makes(probe, (one) => (one === other ? [value] : one.taken))),
    ),
  );
  return [...took, ...left];
}

/**
 * Findings of the worst class that a pattern takes by a name that it asks for (a cluster, a service, a type that no list has), as far as its
 * conditions are written out, and those that one of its conditions keeps it from taking. None where the pattern asks for no name: then
 * `worstProbes` speak for it. Pure.
 */
export const worstNamed = (when: Pattern, looked: Looked): readonly Finding[] =>
  compiledOf(when).branches.flatMap((branch) => probesFor(branch, looked));
