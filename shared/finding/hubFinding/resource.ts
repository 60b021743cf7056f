import { evaluatedResource, unreadResource } from '../configChange/resource.ts';
import { ecsResource } from '../ecs.ts';
import { listIn, textIn } from '../given.ts';
import { arnOf, type Place, readArn } from '../place.ts';
import type { Fields } from '../read.ts';
import type { Resource } from '../resource.ts';
import { roleResource } from '../role.ts';
import { eksClusterArn, objectName, pod, type Workload } from '../threatFinding/kubernetes.ts';
import type { Accused } from '../threatFinding/resource.ts';
import { ecrImage, imageIn } from './image.ts';
import { attempt } from './parts.ts';
import type { HubRecord, HubResource } from './record.ts';

/** Throws InvalidEvent, or null, for what cannot be one; a text where nobody can tell which one it is, and why. */
type Reader = (resource: HubResource, place: Place, record: HubRecord) => Resource | string | null;

/** As AWS Config reads it, by its own type. */
const asConfig =
  (type: string): Reader =>
  ({ id }, place) =>
    evaluatedResource(type, id, place);

/** The task of ASFF in GuardDuty's words. */
export const taskFields = (id: string, details: Fields): Fields => ({
  ecsClusterDetails: {
    taskDetails: {
      arn: id,
      group: details['Group'],
      definitionArn: details['TaskDefinitionArn'],
      launchType: details['LaunchType'],
      containers: listIn(details, 'Containers').map((one) => ({ name: one['Name'], image: one['Image'] })),
    },
  },
});

/** The access key of ASFF in GuardDuty's words. */
export const keyFields = (details: Fields): Fields => ({
  accessKeyDetails: {
    userType: details['PrincipalType'],
    userName: details['PrincipalName'] ?? details['UserName'],
    principalId: details['PrincipalId'],
    accessKeyId: details['AccessKeyId'],
  },
});

/**
 * Where products put the workload on Kubernetes: Falco and Sysdig, NeuVector, Calico, Prisma Cloud and Aqua. Names of fields from what they
 * document of their alerts; none was seen in an event (docs/security-hub.md).
 */
const namespaces = [
  ...['k8s.ns.name', 'kubernetes.namespace.name', 'workload_domain', 'source_namespace', 'namespace', 'Namespace'],
];
const names = [...['k8s.pod.name', 'kubernetes.pod.name', 'workload_name', 'source_name', 'pod', 'podName', 'Pod']];

function workloadIn(fields: Fields): Workload | null {
  const named = (keys: readonly string[]): string | null =>
    keys.flatMap((key) => textIn(fields, key) ?? []).find((text) => objectName.test(text)) ?? null;
  const name = named(names);
  return name === null ? null : { name, namespace: named(namespaces), type: 'pods' };
}

function cluster({ id, details }: HubResource, place: Place, { fields }: HubRecord): Resource {
  const [name = ''] = readArn(id, 'id', place, eksClusterArn);
  return pod(name, place, workloadIn(fields) ?? workloadIn(details));
}

const textsOf = (fields: Fields): readonly (readonly [string, string])[] =>
  Object.entries(fields).filter((one): one is [string, string] => typeof one[1] === 'string');

/**
 * The image that a resource names, else the one that the product names in its own fields: nobody's, if it is none of ECR. What a product calls by
 * no name that we know may be such an image as well.
 */
function container({ id, details }: HubResource, place: Place, { fields }: HubRecord): Resource | string | null {
  const own = textsOf(details);
  return imageIn(id, own, place) ?? imageIn(id, [...own, ...textsOf(fields)], place);
}

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['awsecrcontainerimage', ({ id, details }, place) => ecrImage(id, details, place)],
  ['awsecrimage', ({ id, details }, place) => ecrImage(id, details, place)],
  ['container', container],
  ['other', container],
  ['awsecrrepository', asConfig('AWS::ECR::Repository')],
  ['awsecstask', ({ id, details }, place) => ecsResource(taskFields(id, details), place)],
  ['awsecsservice', asConfig('AWS::ECS::Service')],
  ['awsecscluster', asConfig('AWS::ECS::Cluster')],
  ['awsecstaskdefinition', asConfig('AWS::ECS::TaskDefinition')],
  ['awsec2instance', asConfig('AWS::EC2::Instance')],
  ['awsec2securitygroup', asConfig('AWS::EC2::SecurityGroup')],
  ['awssecretsmanagersecret', asConfig('AWS::SecretsManager::Secret')],
  ['awslambdafunction', asConfig('AWS::Lambda::Function')],
  ['awsiamrole', asConfig('AWS::IAM::Role')],
  ['awsiamaccesskey', ({ details }, place) => roleResource(keyFields(details), place)],
  ['awsekscluster', cluster],
]);

/** An ARN names the Region; whose it is, the finding says: one account cannot have another's contained. */
export function placeOf({ id, region }: Pick<HubResource, 'id' | 'region'>, record: Place): Place {
  const arn = arnOf(id);
  return {
    account: record.account,
    region: (arn?.account === record.account ? arn.region : null) ?? region ?? record.region,
  };
}

/** What a finding accuses; where nobody can tell which one that is, with why. */
export interface HubAccused extends Accused {
  readonly why?: string;
}

/**
 * What one resource of a finding is. What is in no known kind's form, lies in another account, or is of a type that nothing here acts
 * on, is told by its type and id, and never becomes part of an ARN.
 */
export function accusedResource(resource: HubResource, record: HubRecord): HubAccused {
  const place = placeOf(resource, record);
  const reader = readers.get(resource.key);
  const read = reader === undefined ? null : attempt(() => reader(resource, place, record));
  const isRead = read !== null && typeof read !== 'string' && read.kind !== 'other';
  const found = isRead ? read : unreadResource(resource.type, resource.id === '' ? record.id : resource.id);
  const lies = found.kind === 'image' ? (arnOf(found.arn)?.region ?? place.region) : place.region;
  const why = typeof read === 'string' ? { why: read } : {};
  return { account: place.account, region: lies, resource: found, ...why };
}

/** What a finding is about that names nothing: itself. */
export const itself = (record: HubRecord): HubAccused => ({
  ...{ account: record.account, region: record.region },
  resource: unreadResource('finding', record.id),
});
