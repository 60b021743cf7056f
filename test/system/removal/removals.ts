import type { Template } from '../../../sandbox/template/deploy.ts';

/** What a removal takes away; `npm test` tries one of each. */
export type RemovalKind =
  | 'rule'
  | 'pattern'
  | 'target'
  | 'mapping'
  | 'permission'
  | 'substitution'
  | 'variable'
  | 'alarm'
  | 'other';

/** One thing that the packaged template says, taken away. */
export interface Removal {
  readonly kind: RemovalKind;
  /** What is taken away, for a person: the logical id of the resource that says it, and what of it. */
  readonly name: string;
  readonly path: Path;
}

type Path = readonly (string | number)[];

/** A part of the template as it is written; only what its resource type has is there. */
interface Properties {
  readonly EventPattern?: object;
  readonly ScheduleExpression?: string;
  readonly Targets?: readonly {
    readonly Id: string;
    readonly DeadLetterConfig?: object;
    readonly InputTransformer?: object;
  }[];
  readonly FunctionResponseTypes?: object;
  readonly RedrivePolicy?: object;
  readonly LifecycleConfiguration?: object;
  readonly PolicyDocument?: { readonly Statement: readonly Statement[] };
  readonly AssumeRolePolicyDocument?: { readonly Statement: readonly Statement[] };
  readonly Policies?: readonly { readonly PolicyDocument: { readonly Statement: readonly Statement[] } }[];
  readonly DefinitionSubstitutions?: { readonly [name: string]: unknown };
  readonly Environment?: { readonly Variables: { readonly [name: string]: unknown } };
}

interface Statement {
  readonly Sid?: string;
  readonly Principal?: '*' | { readonly [kind: string]: string | readonly unknown[] };
  /** Not there when NotAction is: what the responder role may read of what is named like ours is `npm run generate`'s to say. */
  readonly Action?: string | readonly string[];
  readonly Resource?: unknown;
}

/** Below: a removal within one resource, with the name and path that it has there. The whole resource: what refers to it does not deploy either, as on CloudFormation. */
const whole = (kind: RemovalKind): Removal => ({ kind, name: '', path: [] });

const targets = ({ Targets = [] }: Properties): readonly Removal[] =>
  Targets.flatMap(({ Id, DeadLetterConfig, InputTransformer }, at) => [
    { kind: 'target', name: `target ${Id}`, path: ['Targets', at] },
    ...given(DeadLetterConfig, {
      kind: 'target',
      name: `dead letters of target ${Id}`,
      path: ['Targets', at, 'DeadLetterConfig'],
    }),
    ...given(InputTransformer, {
      kind: 'target',
      name: `input of target ${Id}`,
      path: ['Targets', at, 'InputTransformer'],
    }),
  ]);

/** Of a rule that fires for events and by the clock, too, the clock. */
const clock = ({ EventPattern, ScheduleExpression }: Properties): readonly Removal[] =>
  EventPattern === undefined
    ? []
    : given(ScheduleExpression, { kind: 'pattern', name: 'schedule', path: ['ScheduleExpression'] });

const given = (value: unknown, part: Removal): readonly Removal[] => (value === undefined ? [] : [part]);

/**
 * Each alternative of a rule's pattern: each value that a field may have, each branch of an `$or`. What it names would never arrive. The
 * only one of its kind goes with the rule, and what a condition is made of is none.
 */
function alternatives(value: unknown, path: Path): readonly Removal[] {
  if (typeof value !== 'object' || value === null) return [];
  if (!Array.isArray(value))
    return Object.entries(value).flatMap(([key, inner]) => alternatives(inner, [...path, key]));
  const inner: readonly unknown[] = value;
  const own = inner.length < 2 ? [] : inner.map((one, at) => alternative([...path, at], one));
  const within = path.at(-1) === '$or' ? inner.flatMap((one, at) => alternatives(one, [...path, at])) : [];
  return [...own, ...within];
}

const alternative = (path: Path, value: unknown): Removal => ({
  kind: 'pattern',
  name: `pattern ${path.slice(1).join('.')}${typeof value === 'string' ? `: ${value}` : ''}`,
  path,
});

/** Each action and each resource of a statement; where there is but one of them, the statement. */
function statements(label: string, written: readonly Statement[], base: Path): readonly Removal[] {
  return written.flatMap((statement, at) => {
    const path = [...base, at];
    const title = `${label}${statement.Sid ?? 'statement'}`;
    const parts = (['Action', 'Resource', 'Principal'] as const).flatMap((key) => members(statement, key, title, path));
    return parts.length > 0 ? parts : [{ kind: 'permission', name: title, path }];
  });
}

function members(
  statement: Statement,
  key: 'Action' | 'Resource' | 'Principal',
  title: string,
  path: Path,
): readonly Removal[] {
  const principals = typeof statement.Principal === 'object' ? statement.Principal['AWS'] : undefined;
  const [all, base] = key === 'Principal' ? [principals, [...path, key, 'AWS']] : [statement[key], [...path, key]];
  if (!Array.isArray(all) || all.length < 2) return [];
  return all.map((one: unknown, n) => ({ kind: 'permission', name: `${title}: ${shown(one)}`, path: [...base, n] }));
}

/** An ARN's own part, or what an intrinsic function refers to. */
function shown(value: unknown): string {
  if (typeof value === 'string') return value;
  const [argument] = Object.values(value as object) as readonly unknown[];
  return Array.isArray(argument) ? String(argument[0]) : String(argument).replace(/^arn:\$\{AWS::Partition\}:/, '');
}

const named = (kind: RemovalKind, values: object, base: Path): readonly Removal[] =>
  Object.keys(values).map((name) => ({ kind, name, path: [...base, name] }));

const role = ({ Policies = [], AssumeRolePolicyDocument }: Properties): readonly Removal[] => [
  ...statements('trust, ', AssumeRolePolicyDocument?.Statement ?? [], ['AssumeRolePolicyDocument', 'Statement']),
  ...Policies.flatMap(({ PolicyDocument }, at) =>
    statements('', PolicyDocument.Statement, ['Policies', at, 'PolicyDocument', 'Statement']),
  ),
];

/** A policy with one statement goes with it: a policy document without a statement is none. */
const resourcePolicy = ({ PolicyDocument }: Properties): readonly Removal[] => {
  const written = PolicyDocument?.Statement ?? [];
  return written.length < 2 ? [whole('permission')] : statements('', written, ['PolicyDocument', 'Statement']);
};

/** What is taken away of a resource, by its type. Null: nothing, because something else needs the resource and says so. */
const removable: { readonly [type: string]: ((properties: Properties) => readonly Removal[]) | null } = {
  'AWS::Events::Rule': (properties) => [
    whole('rule'),
    ...clock(properties),
    ...targets(properties),
    ...alternatives(properties.EventPattern, ['EventPattern']),
  ],
  'AWS::Lambda::EventSourceMapping': ({ FunctionResponseTypes }) => [
    whole('mapping'),
    ...given(FunctionResponseTypes, {
      kind: 'mapping',
      name: 'FunctionResponseTypes',
      path: ['FunctionResponseTypes'],
    }),
  ],
  'AWS::SQS::Queue': ({ RedrivePolicy }) =>
    given(RedrivePolicy, { kind: 'mapping', name: 'RedrivePolicy', path: ['RedrivePolicy'] }),
  'AWS::S3::Bucket': ({ LifecycleConfiguration }) =>
    given(LifecycleConfiguration, {
      kind: 'other',
      name: 'LifecycleConfiguration',
      path: ['LifecycleConfiguration'],
    }),
  'AWS::Lambda::Permission': () => [whole('permission')],
  'AWS::SQS::QueuePolicy': resourcePolicy,
  'AWS::SNS::TopicPolicy': resourcePolicy,
  'AWS::S3::BucketPolicy': resourcePolicy,
  'AWS::IAM::Role': role,
  'AWS::StepFunctions::StateMachine': ({ DefinitionSubstitutions = {} }) =>
    named('substitution', DefinitionSubstitutions, ['DefinitionSubstitutions']),
  'AWS::Lambda::Function': ({ Environment }) =>
    named('variable', Environment?.Variables ?? {}, ['Environment', 'Variables']),
  'AWS::CloudWatch::Alarm': () => [whole('alarm'), { kind: 'alarm', name: 'AlarmActions', path: ['AlarmActions'] }],
  'AWS::SNS::Subscription': () => [whole('other')],
  'AWS::ECR::PullTimeUpdateExclusion': () => [whole('other')],
  'AWS::SSM::Parameter': () => [whole('other')],
  'AWS::Lambda::Url': () => [whole('other')],
  'AWS::DynamoDB::Table': null,
  'AWS::SNS::Topic': null,
  'AWS::Logs::LogGroup': null,
};

/** Every removal of the template, in its order. Throws for a resource type that nobody has thought about. */
export function removalsOf({ Resources }: Template): readonly Removal[] {
  return Object.entries(Resources).flatMap(([of, { Type, Properties = {} }]) => {
    const parts = removable[Type];
    if (parts === undefined) throw new Error(`What is to be taken away of ${Type}?`);
    if (parts === null) return [];
    return parts(Properties).map(({ kind, name, path }) => ({
      kind,
      name: name === '' ? of : `${of}: ${name}`,
      path: path.length === 0 ? ['Resources', of] : ['Resources', of, 'Properties', ...path],
    }));
  });
}

/** What is left of an `$or` of two stands for it: EventBridge takes none of one. */
function withoutOr(template: Template, path: Path, left: object): void {
  let around: unknown = template;
  for (const key of path) around = (around as { readonly [key: string | number]: unknown })[key];
  delete (around as { $or?: unknown }).$or;
  Object.assign(around as object, left);
}

/** The template without it. */
export function without(template: Template, { path }: Pick<Removal, 'path'>): Template {
  const copy = structuredClone(template);
  const last = path.at(-1);
  let parent: unknown = copy;
  for (const key of path.slice(0, -1)) parent = (parent as { readonly [key: string | number]: unknown })[key];
  if (Array.isArray(parent)) {
    parent.splice(Number(last), 1);
    if (path.at(-2) === '$or' && parent.length === 1) withoutOr(copy, path.slice(0, -2), parent[0] as object);
  } else delete (parent as { [key: string | number]: unknown })[last ?? ''];
  return copy;
}
