import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnvelope } from '../shared/finding/envelope.ts';
import type { Finding } from '../shared/finding/finding.ts';
import { parseEvent } from '../shared/finding/registry.ts';
import { InvalidEvent } from '../shared/platform/errors.ts';
import type { Pattern } from '../shared/rules/pattern/pattern.ts';
import type { Rule, RuleSet } from '../shared/rules/rule.ts';
import { settings } from '../shared/rules/schema.ts';

/** Rules as teams write them, the n-th of each kind about a team of its own; most findings are none of that team's. */
const kinds: readonly ((n: number) => Pattern)[] = [
  (n) => ({
    source: ['ecr', 'inspector'],
    type: ['ImageScan'],
    resource: { repository: [`team-${n}/api`] },
    counts: { critical: [{ numeric: ['>=', 1] }] },
  }),
  (n) => ({ type: [{ prefix: `Execution:Runtime/Kind${n}` }], severity: [{ numeric: ['>=', 7] }] }),
  (n) => ({
    source: ['guardduty'],
    resource: { kind: ['ecs-task', 'ecs-service'], cluster: [`cluster-${n}`] },
    severity: [{ numeric: ['>=', 4] }],
  }),
  (n) => ({ resource: { kind: ['image'], repository: [{ prefix: `org-${n}/` }], tags: [{ 'anything-but': 'dev' }] } }),
  (n) => ({ account: [String(200_000_000_000 + n)], label: ['critical', 'high'] }),
  (n) => ({
    $or: [{ type: [`Backdoor:Runtime/Kind${n}`] }, { threat: { process: { name: [`tool-${n}`] } } }],
    resource: { kind: ['ecs-task'] },
  }),
  (n) => ({ vulnerability: { id: [`CVE-2026-${n}`], exploitAvailable: [true] } }),
  (n) => ({ resource: { repository: [{ wildcard: `mirror-${n}/*/base` }] }, label: ['critical'] }),
];

/** Asked last of all, so that every other rule comes before it. */
const last: Pattern = { source: ['guardduty', 'ecr', 'inspector'], severity: [{ numeric: ['>=', 0] }] };

const rule = (when: Pattern, n: number): Rule => ({
  ...{
    name: `rule-${String(n).padStart(5, '0')}`,
    description: '',
    order: 100,
    when,
    do: [],
    mode: 'observe',
    page: {},
  },
});

/** A set of so many rules. */
export function setOf(size: number): RuleSet {
  const rules = Array.from({ length: size }, (_, n) =>
    rule(n === size - 1 ? last : (kinds[n % kinds.length] as (of: number) => Pattern)(n), n),
  );
  return { rules, exemptions: [], settings: settings.parse({}) };
}

/** A set in which every rule shares a value with every finding on an image: the worst case, where all are held against it. */
export const setOfOneKind = (size: number): RuleSet => ({
  ...setOf(1),
  rules: Array.from({ length: size }, (_, n) =>
    rule({ type: ['ImageScan'], severity: [{ numeric: ['>', 10 + n] }] }, n),
  ),
});

/** What the sample events say that reaches the rules, and for each rule of the set that names a repository an image of it. */
export function findingsFor(folder: string, size: number): readonly Finding[] {
  const samples = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => parsed(JSON.parse(readFileSync(join(folder, file), 'utf8'))))
    .filter(({ status, sample }) => status === 'open' && !sample);
  const image = samples.find(({ type, resource }) => type === 'ImageScan' && resource.kind === 'image');
  if (image === undefined) throw new Error(`There is no scan of an image in ${folder}`);
  const teams = samples.map((_, at) => (Math.floor((at * size) / samples.length / kinds.length) * kinds.length) % size);
  return [
    ...samples,
    ...teams.map((n) => ({ ...image, resource: { ...image.resource, repository: `team-${n}/api` } }) as Finding),
  ];
}

function parsed(event: unknown): readonly Finding[] {
  try {
    const read = parseEvent(parseEnvelope(event));
    return read.kind === 'findings' ? read.findings : [];
  } catch (error) {
    if (error instanceof InvalidEvent) return [];
    throw error;
  }
}
