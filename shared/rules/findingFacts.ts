import type { Finding, Product, RefusedImage, SeverityLabel, Threat, Vulnerability } from '../finding/finding.ts';
import type { Resource, ResourceKind } from '../finding/resource.ts';
import type { FindingPath, ResourceField } from './fields.ts';
import type { Scalar } from './pattern/condition.ts';

/** What the values of a text look like, where every source checks it. */
export interface Form {
  readonly whole: RegExp;
  /** What any part of it may consist of. */
  readonly part: RegExp;
  readonly like: string;
}

/** What may stand in a field. What is not said here may be anything: lint never accuses a condition of what it does not know. */
export interface Domain {
  readonly type: 'text' | 'number' | 'boolean';
  /** All that it ever is, null where it may be that. Absent: there are others. */
  readonly values?: readonly Scalar[];
  readonly nullable?: true;
  /** It may hold any number of values, none included. */
  readonly list?: true;
  /** Of numbers. */
  readonly least?: number;
  readonly most?: number;
  readonly form?: Form;
}

const text: Domain = { type: 'text' };
const textOrNull: Domain = { type: 'text', nullable: true };
const texts: Domain = { type: 'text', list: true };
const count: Domain = { type: 'number', least: 0 };
/** All words of a union: the compiler refuses a list that lacks or invents one. */
const words = <W extends string>(all: Readonly<Record<W, true>>, orNull = false): Domain => ({
  type: 'text',
  values: [...Object.keys(all), ...(orNull ? [null] : [])],
});
const numberOrNull = (least: number, most: number): Domain => ({ type: 'number', nullable: true, least, most });

/** As shared/finding/ecrImage.ts, place.ts and envelope.ts read them. */
const forms = {
  account: { whole: /^\d{12}$/, part: /^\d*$/, like: 'twelve digits, such as "123456789012"' },
  region: {
    whole: /^[a-z]{2,8}(-[a-z]{2,12}){1,3}-\d{1,2}$/,
    part: /^[a-z0-9-]*$/,
    like: 'a Region, such as eu-west-1',
  },
  repository: { whole: /^[a-z0-9][a-z0-9._/-]+$/, part: /^[a-z0-9._/-]*$/, like: 'lower case, such as team/api' },
  digest: { whole: /^sha256:[0-9A-Za-z]{32,64}$/, part: /^[0-9A-Za-z:]*$/, like: 'sha256: and 64 hexadecimal digits' },
} as const satisfies Readonly<Record<string, Form>>;

const formed = (form: Form, nullable = false): Domain => ({ type: 'text', form, ...(nullable ? { nullable } : {}) });

export const KINDS: readonly ResourceKind[] = Object.keys({
  ...{ image: true, 'ecs-task': true, 'ecs-service': true, 'ecs-cluster': true, instance: true },
  ...{ 'managed-instance': true, 'ecr-repository': true, 'ecs-task-definition': true, pod: true, role: true },
  ...{ function: true, secret: true, 'security-group': true, 'access-key': true, address: true, other: true },
} satisfies Record<ResourceKind, true>) as ResourceKind[];

export const DOMAINS: Readonly<Record<FindingPath, Domain>> = {
  id: text,
  source: words<Finding['source']>({
    ...{ ecr: true, inspector: true, guardduty: true, config: true, ssm: true, securityhub: true },
    ...{ inventory: true },
  }),
  type: text,
  status: words<Finding['status']>({ open: true, resolved: true, suppressed: true, inconclusive: true }),
  severity: numberOrNull(0, 10),
  label: words<SeverityLabel>({
    ...{ critical: true, high: true, medium: true, low: true, informational: true, unknown: true },
  }),
  account: formed(forms.account),
  region: formed(forms.region),
  observedAt: text,
  title: text,
  sample: { type: 'boolean', values: [true, false] },
  'resource.kind': { type: 'text', values: KINDS },
  'resource.id': text,
  'resource.arn': text,
  'resource.repository': formed(forms.repository),
  'resource.digest': formed(forms.digest, true),
  'resource.tags': texts,
  'resource.cluster': text,
  'resource.service': textOrNull,
  'resource.group': textOrNull,
  'resource.taskDefinition': textOrNull,
  // As ECS writes them (ECS API reference, "Task", launchType).
  'resource.launchType': words({ EC2: true, FARGATE: true, EXTERNAL: true, MANAGED_INSTANCES: true }, true),
  'resource.containers.name': texts,
  'resource.containers.image': texts,
  'resource.tasks': texts,
  'resource.namespace': textOrNull,
  'resource.workload': textOrNull,
  'resource.serviceAccount': textOrNull,
  'resource.session': textOrNull,
  'resource.user': text,
  'resource.type': text,
  'counts.critical': count,
  'counts.high': count,
  'counts.medium': count,
  'counts.low': count,
  'counts.informational': count,
  'counts.undefined': count,
  'vulnerability.id': text,
  'vulnerability.score': numberOrNull(0, 10),
  'vulnerability.epss': numberOrNull(0, 1),
  'vulnerability.exploitAvailable': { type: 'boolean', values: [true, false, null] },
  'vulnerability.fixAvailable': words<NonNullable<Vulnerability['fixAvailable']>>(
    { yes: true, no: true, partial: true },
    true,
  ),
  'vulnerability.exploited.at': text,
  'compliance.type': text,
  'compliance.rule': textOrNull,
  'compliance.ruleName': textOrNull,
  'compliance.resourceType': textOrNull,
  'compliance.baseline': textOrNull,
  'exposure.protocol': textOrNull,
  'exposure.fromPort': { type: 'number', nullable: true, least: 0 },
  'exposure.toPort': { type: 'number', nullable: true, least: 0 },
  'exposure.groups': texts,
  'threat.firstSeenAt': text,
  'threat.count': count,
  'threat.role': words<NonNullable<Threat['role']>>({ target: true, actor: true }, true),
  'threat.process.name': textOrNull,
  'threat.process.path': textOrNull,
  'threat.process.sha256': textOrNull,
  'threat.files': texts,
  'threat.names': texts,
  'threat.remote': textOrNull,
  'threat.from': textOrNull,
  'threat.signals': texts,
  'threat.inside.container': textOrNull,
  'threat.inside.address': textOrNull,
  'product.id': text,
  'product.name': textOrNull,
  'product.company': textOrNull,
  'product.generator': textOrNull,
  'product.types': texts,
  'product.workflow': words<NonNullable<Product['workflow']>>(
    { new: true, notified: true, resolved: true, suppressed: true },
    true,
  ),
  'product.action': textOrNull,
  'refused.reason': words<RefusedImage['reason']>({
    ...{
      'unapproved-registry': true,
      'across-regions': true,
      'too-old': true,
      unsigned: true,
      revoked: true,
      unscanned: true,
      many: true,
    },
  }),
  'refused.registry': textOrNull,
  'refused.repository': textOrNull,
  'refused.runs': texts,
  'says.field': text,
  'says.part': text,
  'says.value': text,
};

type Optional = 'counts' | 'vulnerability' | 'compliance' | 'exposure' | 'threat' | 'product' | 'refused' | 'says';
/**
 * What may be missing as a whole; whatever is in it is there with it. `threat.process` is null where nothing was seen, `threat.inside` is of a host
 * alone, `vulnerability.exploited` of what was seen exploited.
 */
export const BLOCKS: readonly string[] = [
  ...Object.keys({
    ...{ counts: true, vulnerability: true, compliance: true, exposure: true, threat: true, product: true },
    ...{ refused: true, says: true },
  } satisfies Record<Optional, true>),
  'vulnerability.exploited',
  'threat.process',
  'threat.inside',
];

type KindsWith<F extends string> = Extract<Resource, { readonly [K in F]: unknown }>['kind'];
/** Which kinds of resource have a field. */
export const KINDS_WITH: { readonly [F in ResourceField]: Readonly<Record<KindsWith<F>, true>> } = {
  kind: Object.fromEntries(KINDS.map((kind) => [kind, true])) as Record<ResourceKind, true>,
  id: Object.fromEntries(KINDS.map((kind) => [kind, true])) as Record<ResourceKind, true>,
  arn: Object.fromEntries(KINDS.map((kind) => [kind, true])) as Record<ResourceKind, true>,
  repository: { image: true, 'ecr-repository': true },
  digest: { image: true },
  tags: { image: true },
  cluster: { 'ecs-task': true, 'ecs-service': true, 'ecs-cluster': true, pod: true },
  service: { 'ecs-task': true, 'ecs-service': true },
  group: { 'ecs-task': true },
  taskDefinition: { 'ecs-task': true },
  launchType: { 'ecs-task': true },
  containers: { 'ecs-task': true },
  tasks: { 'ecs-cluster': true },
  namespace: { pod: true },
  serviceAccount: { pod: true },
  workload: { pod: true },
  session: { role: true },
  user: { 'access-key': true },
  type: { other: true },
};

/** What lies in a block and is only there for some kinds of resource: a host, read or in no form that is known (shared/finding/threatFinding/seen.ts). */
export const KINDS_INSIDE: Readonly<Record<string, readonly ResourceKind[]>> = {
  'threat.inside': ['instance', 'other'],
};

/** Fields that hold one address, or a name; an address that was seen is the id of its resource. */
export const ADDRESSES: readonly FindingPath[] = [
  ...(['threat.from', 'threat.remote', 'threat.inside.address', 'resource.id'] as const),
];

export interface SourceFacts {
  /** Those of the optional blocks that its findings may have. */
  readonly gives: readonly Optional[];
  /** All values of a field in its findings, where they are fewer than the field's. */
  readonly only: { readonly [path in FindingPath]?: readonly Scalar[] };
}

/** As the parsers in shared/finding make them; a test holds every sample event against it. */
export const SOURCES: Readonly<Record<Finding['source'], SourceFacts>> = {
  ecr: {
    gives: ['counts', 'says'],
    only: {
      type: ['ImageScan', 'ImagePushed', 'ImageRestored', 'ImageArchived', 'ScanningSwitchedOff'],
      sample: [false],
    },
  },
  inspector: { gives: ['counts', 'vulnerability', 'exposure', 'product'], only: { sample: [false] } },
  guardduty: { gives: ['threat', 'product'], only: {} },
  config: {
    gives: ['compliance', 'product'],
    only: {
      type: ['ConfigCompliance'],
      sample: [false],
      // AWS Config knows no severity.
      severity: [null],
      label: ['unknown'],
      'compliance.type': ['config'],
      'compliance.baseline': [null],
    },
  },
  ssm: {
    gives: ['compliance'],
    only: {
      type: ['PatchCompliance', 'AssociationCompliance', 'CustomCompliance'],
      sample: [false],
      'compliance.rule': [null],
      'compliance.ruleName': [null],
    },
  },
  securityhub: { gives: ['vulnerability', 'exposure', 'threat', 'product'], only: {} },
  inventory: {
    gives: ['refused'],
    only: { type: ['RunningImageRefused'], sample: [false], severity: [null], label: ['unknown'] },
  },
};

/** Rules and exemptions are asked about these alone (shared/plan/match.ts); the others are recorded. */
export const ASKED: { readonly [path in FindingPath]?: Scalar } = { status: 'open', sample: false };

/** Types by their whole name: ours, and Inspector's ("Finding types", Inspector user guide). GuardDuty's are hundreds. */
export const KNOWN_TYPES: readonly string[] = [
  ...Object.values(SOURCES).flatMap(({ only }) => (only.type ?? []).map(String)),
  ...['PACKAGE_VULNERABILITY', 'NETWORK_REACHABILITY', 'CODE_VULNERABILITY', 'RuntimeProtectionUnhealthy'],
];
