import fc from 'fast-check';
import type { Finding } from '../../../shared/finding/finding.ts';
import type { ResourceKind } from '../../../shared/finding/resource.ts';
import { DOMAINS, KINDS, SOURCES } from '../../../shared/rules/findingFacts.ts';
import { isOfSort } from '../../../shared/rules/lint/about.ts';
import type { Pattern } from '../../../shared/rules/pattern/pattern.ts';

const word = fc.constantFrom('a', 'ab', 'abc', 'b', 'prod-a', 'prod-b');
const wordOrNull = fc.option(word);
const words = fc.array(word, { maxLength: 2 });
const number = fc.constantFrom(0, 1, 4, 6.9, 7, 9, 10);

const resources: Readonly<Record<ResourceKind, Readonly<Record<string, fc.Arbitrary<unknown>>>>> = {
  image: {
    repository: fc.constantFrom('ab', 'ab/c'),
    digest: fc.option(fc.constantFrom(`sha256:${'a'.repeat(64)}`, `sha256:${'b'.repeat(64)}`)),
    tags: words,
  },
  'ecs-task': {
    ...{ cluster: word, service: wordOrNull, group: wordOrNull, taskDefinition: wordOrNull },
    launchType: fc.constantFrom('EC2', 'FARGATE', null),
    containers: fc.array(fc.record({ name: word, image: word }), { maxLength: 3 }),
  },
  'ecs-service': { cluster: word, service: word },
  'ecs-cluster': { cluster: word, tasks: words },
  instance: {},
  'managed-instance': {},
  'ecr-repository': { repository: fc.constantFrom('ab', 'ab/c') },
  'ecs-task-definition': {},
  pod: { cluster: word, namespace: wordOrNull, workload: wordOrNull, serviceAccount: wordOrNull },
  role: { session: wordOrNull },
  function: {},
  secret: {},
  'security-group': {},
  'access-key': { user: word },
  address: {},
  other: { type: word },
};

const counts = fc.record({
  ...{ critical: number, high: number, medium: number, low: number, informational: number, undefined: number },
});
const blocks = {
  counts,
  vulnerability: fc.record(
    {
      ...{ id: word, score: fc.option(number), epss: fc.constantFrom(null, 0, 0.1, 1) },
      exploitAvailable: fc.constantFrom(true, false, null),
      fixAvailable: fc.constantFrom('yes', 'no', 'partial', null),
      exploited: fc.record({ at: word }),
    },
    { requiredKeys: ['id', 'score', 'epss', 'exploitAvailable', 'fixAvailable'] },
  ),
  compliance: fc.record({
    ...{ type: word, rule: wordOrNull, ruleName: wordOrNull, resourceType: wordOrNull, baseline: wordOrNull },
  }),
  exposure: fc.record({
    ...{ protocol: wordOrNull, fromPort: fc.option(number), toPort: fc.option(number), groups: words },
  }),
  threat: fc.record({
    ...{
      firstSeenAt: word,
      count: number,
      role: fc.constantFrom('target', 'actor', null),
      remote: wordOrNull,
      from: wordOrNull,
    },
    process: fc.option(fc.record({ name: wordOrNull, path: wordOrNull, sha256: wordOrNull })),
    ...{ files: words, names: words, signals: words },
  }),
  product: fc.record({
    ...{ id: word, name: wordOrNull, company: wordOrNull, generator: wordOrNull, types: words, action: wordOrNull },
    workflow: fc.constantFrom('new', 'notified', 'resolved', 'suppressed', null),
  }),
  refused: fc.record({
    reason: fc.constantFrom('unsigned', 'too-old'),
    registry: fc.option(word),
    repository: fc.option(word),
    runs: words,
  }),
  says: fc.record({ field: word, part: word, value: word }),
};

/** Findings as the sources make them, and as rules are asked about. */
export const finding: fc.Arbitrary<Finding> = fc
  .record({
    source: fc.constantFrom(...(Object.keys(SOURCES) as Finding['source'][])),
    kind: fc.constantFrom(...KINDS),
    ...{
      type: word,
      severity: fc.option(number),
      label: fc.constantFrom(...(DOMAINS.label.values ?? [])),
      title: word,
    },
    account: fc.constantFrom('111111111111', '222222222222'),
    region: fc.constantFrom('eu-west-1', 'us-east-1'),
  })
  .chain(({ source, kind, ...rest }) => {
    const { gives, only } = SOURCES[source];
    const given = fc.record(Object.fromEntries(gives.map((block) => [block, blocks[block]])), { requiredKeys: [] });
    const resource = fc.record({ kind: fc.constant(kind), id: word, arn: word, ...resources[kind] });
    const fixed = fc.record(
      Object.fromEntries(Object.entries(only).map(([path, values]) => [path, fc.constantFrom(...(values ?? []))])),
    );
    return fc.tuple(resource, given, fixed).map(([about, optional, forced]) => {
      const made = {
        ...{ id: 'id', observedAt: 'now', ...rest, source, status: 'open', sample: false, resource: about },
        ...optional,
      } as Record<string, unknown>;
      for (const [path, value] of Object.entries(forced)) {
        const [block = '', field] = path.split('.');
        if (field === undefined) made[block] = value;
        else if (made[block] !== undefined) made[block] = { ...(made[block] as object), [field]: value };
      }
      return made as unknown as Finding;
    });
  })
  .filter(isOfSort);

const onText = fc.oneof(
  { weight: 4, arbitrary: word as fc.Arbitrary<unknown> },
  fc.record({ prefix: fc.constantFrom('a', 'ab', 'prod-', '') }),
  fc.record({ suffix: fc.constantFrom('b', 'a', 'ab') }),
  fc.record({ 'equals-ignore-case': fc.constantFrom('AB', 'a') }),
  fc.record({ wildcard: fc.constantFrom('a*', '*b', '*', 'prod-*') }),
  fc.record({ 'anything-but': fc.oneof(fc.array(word, { minLength: 1, maxLength: 2 }), fc.record({ prefix: word })) }),
  fc.record({ exists: fc.boolean() }),
  fc.constant(null),
);
const onNumber = fc.oneof(
  number as fc.Arbitrary<unknown>,
  fc.record({ numeric: fc.tuple(fc.constantFrom('>=', '>', '<', '<=', '='), number) }),
  fc.constantFrom({ numeric: ['>=', 4, '<', 7] }, { numeric: ['>', 4, '<=', 9] }),
  fc.record({ 'anything-but': fc.array(number, { minLength: 1, maxLength: 2 }) }),
  fc.record({ exists: fc.boolean() }),
  fc.constant(null),
);

const paths = Object.keys(DOMAINS) as (keyof typeof DOMAINS)[];
/** Those that meet often: a pattern of five random fields out of sixty matches nothing. */
const common = [
  ...(['source', 'type', 'severity', 'label', 'resource.kind', 'resource.cluster', 'resource.service'] as const),
  ...(['resource.containers.name', 'resource.containers.image', 'resource.tags', 'counts.critical'] as const),
  ...(['vulnerability.exploitAvailable', 'threat.process.name', 'status'] as const),
];

const field = fc
  .oneof({ weight: 4, arbitrary: fc.constantFrom(...common) }, fc.constantFrom(...paths))
  .chain((path) => {
    const { values, type } = DOMAINS[path];
    const one =
      values === undefined
        ? type === 'number'
          ? onNumber
          : onText
        : fc.oneof(
            { weight: 4, arbitrary: fc.constantFrom(...values) as fc.Arbitrary<unknown> },
            fc.record({ exists: fc.boolean() }),
            fc.record({ 'anything-but': fc.constantFrom('guardduty', 'image', 'high') }),
          );
    return fc.tuple(fc.constant(path), fc.array(one, { minLength: 1, maxLength: 3 }));
  });

function nested(fields: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  for (const [path, conditions] of fields) {
    const steps = path.split('.');
    let at = made;
    for (const step of steps.slice(0, -1)) {
      at[step] ??= {};
      at = at[step] as Record<string, unknown>;
    }
    at[steps.at(-1) ?? ''] = conditions;
  }
  return made;
}

const fields = fc.array(field, { minLength: 1, maxLength: 3 }).map(nested);

/** Patterns over findings, some with alternatives. */
export const findingPattern = fc.oneof(
  { weight: 4, arbitrary: fields },
  fc.array(fields, { minLength: 2, maxLength: 3 }).map((alternatives) => ({ $or: alternatives })),
  fc
    .tuple(fields, fc.array(fields, { minLength: 2, maxLength: 2 }))
    .map(([besides, alternatives]) => ({ ...besides, $or: alternatives })),
) as fc.Arbitrary<Pattern>;
