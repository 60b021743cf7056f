import type { Target } from '../actions/contract.ts';
import type { Finding } from '../finding/finding.ts';
import { closest } from './closest.ts';
import type { Complaint } from './document.ts';
import type { CompiledPattern } from './pattern/compile.ts';

type KeyOf<T> = T extends unknown ? keyof T : never;
type At<T, K> = T extends unknown ? (K extends keyof T ? T[K] : never) : never;
type Simple = string | number | boolean | null;
/** Every field of a type, of each member of a union and of a list; the compiler refuses a list that lacks or invents one. */
type Fields<T> = {
  readonly [K in KeyOf<Required<T>>]: NonNullable<At<Required<T>, K>> extends infer V
    ? [V] extends [Simple | readonly Simple[]]
      ? true
      : Fields<V extends readonly (infer E)[] ? E : V>
    : never;
};

const RESOURCE = {
  kind: true,
  id: true,
  arn: true,
  repository: true,
  digest: true,
  tags: true,
  cluster: true,
  service: true,
  group: true,
  taskDefinition: true,
  launchType: true,
  containers: { name: true, image: true },
  tasks: true,
  namespace: true,
  workload: true,
  serviceAccount: true,
  session: true,
  user: true,
  type: true,
} as const;

/** What a rule or an exemption may ask of a finding. */
export const FINDING_FIELDS = {
  id: true,
  source: true,
  type: true,
  status: true,
  severity: true,
  label: true,
  account: true,
  region: true,
  observedAt: true,
  title: true,
  sample: true,
  resource: RESOURCE,
  counts: { critical: true, high: true, medium: true, low: true, informational: true, undefined: true },
  vulnerability: {
    ...{ id: true, score: true, epss: true, exploitAvailable: true, fixAvailable: true },
    exploited: { at: true },
  },
  compliance: { type: true, rule: true, ruleName: true, resourceType: true, baseline: true },
  exposure: { protocol: true, fromPort: true, toPort: true, groups: true },
  threat: {
    firstSeenAt: true,
    count: true,
    role: true,
    process: { name: true, path: true, sha256: true },
    files: true,
    names: true,
    remote: true,
    from: true,
    signals: true,
    inside: { container: true, address: true },
  },
  product: { id: true, name: true, company: true, generator: true, types: true, workflow: true, action: true },
  refused: { reason: true, registry: true, repository: true, runs: true },
  says: { field: true, part: true, value: true },
} as const satisfies Fields<Finding>;

/** What a pattern of the settings may ask of a target. */
export const TARGET_FIELDS = { ...RESOURCE, account: true, region: true } as const satisfies Fields<Target>;

type PathsOf<T> = { [K in keyof T & string]: T[K] extends true ? K : `${K}.${PathsOf<T[K]>}` }[keyof T & string];
/** The way to each value of a finding: `resource.kind`. */
export type FindingPath = PathsOf<typeof FINDING_FIELDS>;
export type ResourceField = keyof typeof RESOURCE;

export type FieldTree = { readonly [name: string]: true | FieldTree };

function unknownStep(steps: readonly string[], fields: FieldTree): { at: number; known: readonly string[] } | null {
  let tree: true | FieldTree = fields;
  for (const [at, step] of steps.entries()) {
    if (tree === true) return { at, known: [] };
    if (!Object.hasOwn(tree, step)) return { at, known: Object.keys(tree) };
    tree = tree[step] ?? true;
  }
  return tree === true ? null : { at: steps.length, known: Object.keys(tree) };
}

/** Fields that a pattern asks for and that are never there: such a condition silently decides nothing. */
export function unknownFields(compiled: CompiledPattern, fields: FieldTree, base: string): readonly Complaint[] {
  const asked = new Map(compiled.branches.flat().map((field) => [field.path, field]));
  return [...asked.values()].flatMap(({ path, steps }) => {
    const unknown = unknownStep(steps, fields);
    if (unknown === null) return [];
    const name = steps.slice(0, unknown.at + 1).join('.');
    const step = steps[unknown.at];
    const message = step === undefined ? `"${name}" is an object, not a value` : `there is no field "${name}"`;
    const suggestion = unknown.known.length === 0 ? '' : closest(step ?? '', unknown.known);
    return [{ code: 'unknown-field', path: `${base}.${path}`, message, suggestion }];
  });
}
