import type { Finding } from '../../finding/finding.ts';
import type { ResourceKind } from '../../finding/resource.ts';
import { KINDS, SOURCES } from '../findingFacts.ts';
import type { Branch, Field } from '../pattern/compile.ts';
import type { Scalar } from '../pattern/condition.ts';

/** Types that our parsers give themselves, whatever an event says: a source that has none of them never has one. */
const OWN_TYPES: ReadonlySet<Scalar> = new Set(Object.values(SOURCES).flatMap(({ only }) => only.type ?? []));

const ofImages = ['ImageScan', 'ImagePushed', 'ImageRestored', 'ImageArchived'];
const nodes: readonly ResourceKind[] = ['instance', 'managed-instance', 'other'];
const evaluated: readonly ResourceKind[] = [
  ...(['ecr-repository', 'ecs-task-definition', 'ecs-service', 'ecs-cluster', 'function', 'role'] as const),
  ...(['secret', 'security-group', ...nodes] as const),
];

/** Null as a type is each that no list has: GuardDuty's are hundreds, and Security Hub's are the products' own. */
interface Row {
  readonly types: readonly (string | null)[];
  readonly kinds: readonly ResourceKind[];
}

/**
 * What findings of a source and type are about, as the parsers in shared/finding make them; what Security Hub relays is read by the parser of
 * whoever found it. A test holds every sample event against it.
 */
const ABOUT: Readonly<Record<Finding['source'], readonly Row[]>> = {
  ecr: [
    { types: ofImages, kinds: ['image'] },
    { types: ['ScanningSwitchedOff'], kinds: ['ecr-repository', 'other'] },
  ],
  inspector: [
    { types: ['ImageScan'], kinds: ['image'] },
    { types: [null], kinds: ['image', 'instance', 'function'] },
  ],
  guardduty: [{ types: [null], kinds: KINDS }],
  config: [{ types: ['ConfigCompliance'], kinds: evaluated }],
  ssm: [{ types: ['PatchCompliance', 'AssociationCompliance', 'CustomCompliance'], kinds: nodes }],
  securityhub: [{ types: [null], kinds: KINDS }],
  inventory: [{ types: ['RunningImageRefused'], kinds: ['image', 'other'] }],
};

/** One source, one type, one kind of resource that go together. */
export interface Sort {
  readonly source: Finding['source'];
  readonly type: string | null;
  readonly kind: ResourceKind;
}

export const SORTS: readonly Sort[] = (Object.keys(ABOUT) as Finding['source'][]).flatMap((source) =>
  ABOUT[source].flatMap(({ types, kinds }) => types.flatMap((type) => kinds.map((kind) => ({ source, type, kind })))),
);

/** Whether there are findings of this source and type about such a resource. */
export const isOfSort = ({ source, type, resource }: Pick<Finding, 'source' | 'type' | 'resource'>): boolean =>
  SORTS.some(
    (sort) =>
      sort.source === source &&
      sort.kind === resource.kind &&
      (sort.type === null ? !OWN_TYPES.has(type) : sort.type === type),
  );

/** Whether a condition on the type may hold for one that no list has. */
const takesUnlisted = ({ conditions }: Field): boolean =>
  conditions.some(
    (condition) =>
      condition.kind === 'value' && (condition.means.by !== 'exactly' || !OWN_TYPES.has(condition.means.value)),
  );

const takes = ({ conditions }: Field, value: string): boolean =>
  conditions.some((condition) => condition.kind === 'value' && condition.accepts(value));

/** Whether what a field asks for may be in findings of a sort, by their source, type and kind. */
export function allowsSort({ source, type, kind }: Sort, field: Field, path: string): boolean {
  if (path === 'source') return takes(field, source);
  if (path === 'type') return type === null ? takesUnlisted(field) : takes(field, type);
  return path !== 'resource.kind' || takes(field, kind);
}

/** The sorts of findings that a branch may take. */
export const sortsOf = (branch: Branch): readonly Sort[] =>
  SORTS.filter((sort) => branch.every((field) => allowsSort(sort, field, field.steps.join('.'))));
