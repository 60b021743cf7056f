import { fieldsIn, textIn } from '../given.ts';
import { arnOf } from '../place.ts';
import type { Fields } from '../read.ts';
import { parseThreatFinding } from '../threatFinding/detail.ts';
import type { Original } from './original.ts';
import type { HubRecord, HubResource } from './record.ts';
import { keyFields, taskFields } from './resource.ts';
import { unflatten } from './unflatten.ts';

/** Its own id, which its events have alone, at the end of its ARN. */
const findingArn = /^detector\/[^/]{1,100}\/finding\/([A-Za-z0-9-]{1,100})$/;
/** `TTPs/Command and Control/Trojan:EC2-DGADomainRequest.B`: the last part, with a hyphen where GuardDuty has a slash. */
const asfType = /(?:^|\/)([A-Za-z]+):([A-Za-z0-9]+)-([^/]+)$/;

interface Named {
  readonly resource: Fields;
  /** GuardDuty's own event names no more than this. */
  readonly isExact: boolean;
}

const lastOf = (arn: string, separator: string): string => arn.slice(arn.lastIndexOf(separator) + 1);

/** By the type of the resource in Security Hub, what GuardDuty's own event has in its place. */
const namedAs = new Map<string, (resource: HubResource) => Named>([
  [
    'awsecstask',
    // The group is the service, and so the incident.
    ({ id, details }) => ({
      resource: { resourceType: 'ECSCluster', ...taskFields(id, details) },
      isExact: textIn(details, 'Group') !== null,
    }),
  ],
  [
    'awsecscluster',
    ({ id }) => ({ resource: { resourceType: 'ECSCluster', ecsClusterDetails: { arn: id } }, isExact: false }),
  ],
  [
    'awsekscluster',
    ({ id }) => ({ resource: { resourceType: 'EKSCluster', eksClusterDetails: { arn: id } }, isExact: false }),
  ],
  [
    'awslambdafunction',
    ({ id }) => ({ resource: { resourceType: 'Lambda', lambdaDetails: { functionArn: id } }, isExact: true }),
  ],
  [
    'awsec2instance',
    ({ id }) => ({
      resource: { resourceType: 'Instance', instanceDetails: { instanceId: lastOf(id, '/') } },
      isExact: true,
    }),
  ],
  [
    'awsiamaccesskey',
    ({ details }) => {
      const resource = { resourceType: 'AccessKey', ...keyFields(details) };
      return { resource, isExact: textIn(fieldsIn(resource, 'accessKeyDetails'), 'userName') !== null };
    },
  ],
  [
    'awss3bucket',
    ({ id }) => ({
      resource: { resourceType: 'S3Bucket', s3BucketDetails: [{ name: lastOf(id, ':'), arn: id }] },
      isExact: true,
    }),
  ],
  [
    'awsrdsdbinstance',
    ({ id }) => ({
      resource: {
        resourceType: 'RDSDBInstance',
        rdsDbInstanceDetails: { dbInstanceIdentifier: lastOf(id, ':'), dbInstanceArn: id },
      },
      isExact: true,
    }),
  ],
]);

/** What a finding is about, by the word behind the colon of its type; the first of these that Security Hub names. */
const about = new Map<string, readonly string[]>([
  ['IAMUser', ['awsiamaccesskey']],
  ['EC2', ['awsec2instance']],
  ['Lambda', ['awslambdafunction']],
  ['S3', ['awss3bucket']],
  ['RDS', ['awsrdsdbinstance']],
  ['Kubernetes', ['awsekscluster']],
]);
const inContainers = ['awsecstask', 'awsecscluster', 'awsekscluster', 'awsec2instance'];

function namedIn({ resources }: HubRecord, type: string): Named {
  const [, purpose = '', on = ''] = /^([A-Za-z]+):([A-Za-z0-9]+)\//.exec(type) ?? [];
  for (const key of about.get(on) ?? inContainers) {
    const resource = resources.find((one) => one.key === key);
    const named = resource === undefined ? undefined : namedAs.get(key)?.(resource);
    if (named === undefined) continue;
    // A sequence says elsewhere what it is about, a scan of an object names that, and older findings on buckets are about the key.
    const elsewhere = purpose === 'AttackSequence' || purpose === 'Object';
    const orTheKey = on === 'S3' && resources.some((one) => one.key === 'awsiamaccesskey');
    return { ...named, isExact: named.isExact && !elsewhere && !orTheKey };
  }
  return { resource: { resourceType: resources[0]?.type ?? 'unknown' }, isExact: false };
}

function serviceOf(record: HubRecord): Fields {
  const service = unflatten(record.fields, 'aws/guardduty/service/');
  const count = Number(service['count']);
  const runtime = fieldsIn(service, 'runtimeDetails');
  const { process } = record.seen;
  // OCSF puts the process elsewhere and leaves it out of the product's fields.
  const seen =
    process === null ? {} : { name: process.name, executablePath: process.path, executableSha256: process.sha256 };
  return {
    ...service,
    eventFirstSeen: service['eventFirstSeen'] ?? record.firstSeenAt,
    eventLastSeen: service['eventLastSeen'] ?? record.lastSeenAt,
    count: Number.isSafeInteger(count) ? count : 1,
    runtimeDetails: { ...runtime, process: { ...seen, ...fieldsIn(runtime, 'process') } },
    additionalInfo: { ...fieldsIn(service, 'additionalInfo'), ...(record.isSample ? { sample: true } : {}) },
  };
}

/**
 * A finding of GuardDuty, put back into the form of its own event: Security Hub has its id in the ARN, its type among the types and all
 * of `service` in flat fields. Null where it is not to be recognised.
 */
export function guardDutyFinding(record: HubRecord): Original | null {
  const arn = arnOf(record.id);
  const id = arn?.service === 'guardduty' ? findingArn.exec(arn.name)?.[1] : undefined;
  const [, purpose, on, what] = record.product.types.flatMap((type) => [asfType.exec(type) ?? []])[0] ?? [];
  if (id === undefined || arn === null || purpose === undefined) return null;
  const type = `${purpose}:${on}/${what}`;
  const { resource, isExact } = namedIn(record, type);
  const detail = {
    ...{ id, arn: record.id, type, accountId: record.account, region: arn.region, title: record.title },
    severity: record.productSeverity ?? record.severity.severity,
    createdAt: record.createdAt,
    // Never when Security Hub changed it: nobody was active then.
    updatedAt: record.lastSeenAt ?? record.firstSeenAt ?? record.createdAt,
    service: serviceOf(record),
    resource,
  };
  return { source: 'GuardDuty', detail, parse: parseThreatFinding, isExact, isTaken: true };
}
