import { bounded, boundedList, titleLength } from '../bounds.ts';
import { firstDate } from '../dates.ts';
import { ecsCluster, ecsName } from '../ecs.ts';
import type { FindingStatus } from '../finding.ts';
import { fieldsIn, textIn, textsIn } from '../given.ts';
import { ec2Instance, instanceId } from '../instance.ts';
import { type Place, readAccount, readName } from '../place.ts';
import { type Fields, isAbsent, join, readObject, readOptional } from '../read.ts';
import type { Resource } from '../resource.ts';
import type { Envelope, Parsed } from '../source.ts';
import { clusterName, pod } from './kubernetes.ts';

interface Kind {
  /** `resourceType`, as GuardDuty documents it (API reference, "CoverageResourceDetails"). */
  readonly type: string;
  readonly block: string;
  /** The field of the block that names the resource. */
  readonly name: string;
  readonly allowed: RegExp;
  readonly resource: (name: string, place: Place) => Resource;
}

const kinds: readonly Kind[] = [
  {
    type: 'ECS',
    block: 'ecsClusterDetails',
    name: 'clusterName',
    allowed: ecsName,
    resource: (name, place) => ecsCluster(name, place, []),
  },
  {
    type: 'EKS',
    block: 'eksClusterDetails',
    name: 'clusterName',
    allowed: clusterName,
    resource: (name, place) => pod(name, place, null),
  },
  { type: 'EC2', block: 'ec2InstanceDetails', name: 'instanceId', allowed: instanceId, resource: ec2Instance },
];

const at = 'detail.resourceDetails';

/** What GuardDuty does not see. A type that did not exist yesterday, or one without a name, is told as it is. */
function unseen(details: Fields, place: Place): Resource {
  const type = textIn(details, 'resourceType', 100);
  const kind = kinds.find((one) => (type === null ? !isAbsent(details[one.block]) : one.type === type));
  if (kind !== undefined) {
    const { block, allowed } = kind;
    const name = readOptional(fieldsIn(details, block), join(at, block), kind.name, (value, path) =>
      readName(value, path, allowed),
    );
    if (name !== null) return kind.resource(name, place);
  }
  const shown = type ?? kind?.type ?? 'unknown';
  return { kind: 'other', id: `${shown}/${anyName(details) ?? 'not named'}`, arn: '', type: shown };
}

/** Of a type that nobody here knows, the first of its fields that looks like a name. */
const anyName = (details: Fields): string | null =>
  Object.keys(details)
    .toSorted()
    .map((block) => fieldsIn(details, block))
    .flatMap((block) =>
      Object.keys(block)
        .toSorted()
        .flatMap((key) => (/(Name|Id|Arn)$/.test(key) ? (textIn(block, key, 256) ?? []) : [])),
    )[0] ?? null;

/** Why not: one sentence for the resource, or one for each of a cluster's tasks. */
function issueIn(detail: Fields, details: Fields): string {
  const own = textIn(detail, 'issue', titleLength);
  const ofTasks = textsIn(fieldsIn(fieldsIn(details, 'ecsClusterDetails'), 'fargateDetails'), 'issues');
  const all = [...(own === null ? [] : [own]), ...boundedList(ofTasks)];
  return [...new Set(all)].join('; ');
}

/**
 * The account as the user guide writes it (`resourceAccountId`: "Coverage status change with EventBridge notifications"), or as it was
 * seen in an event of 2024 (`accountId`).
 */
const accountIn = (detail: Fields): string | null =>
  readOptional(detail, 'detail', 'resourceAccountId', readAccount) ??
  readOptional(detail, 'detail', 'accountId', readAccount);

/** The type of a finding that says that GuardDuty does not see, or sees again, what runs there. */
export const lossOfSight = 'RuntimeProtectionUnhealthy';

/**
 * `GuardDuty Runtime Protection Unhealthy` and `… Healthy`: whether GuardDuty can see what runs on a resource. Both are one finding, open
 * and resolved. Where it sees nothing it finds nothing, so that silence is no good news. Little of the form is promised: whatever is
 * absent is told as it is, and only a name or an account that cannot be one is invalid.
 */
export function parseSight(envelope: Envelope): Parsed {
  const detail = isAbsent(envelope.detail) ? {} : readObject(envelope.detail, 'detail');
  const details = fieldsIn(detail, 'resourceDetails');
  const place = { account: accountIn(detail) ?? envelope.account, region: envelope.region };
  const resource = unseen(details, place);
  const status: FindingStatus = envelope['detail-type'].endsWith('Unhealthy') ? 'open' : 'resolved';
  const what = resource.kind === 'other' ? resource.id : `${resource.kind} ${resource.id}`;
  const issue = status === 'open' ? issueIn(detail, details) : '';
  const said =
    status === 'open'
      ? `GuardDuty does not see all that runs on ${what}${issue === '' ? '' : `: ${issue}`}`
      : `GuardDuty sees again what runs on ${what}`;
  return {
    kind: 'findings',
    findings: [
      {
        id: `guardduty/RuntimeProtection/${place.account}/${place.region}/${resource.kind}#${resource.id}`,
        source: 'guardduty',
        type: lossOfSight,
        status,
        severity: null,
        label: 'unknown',
        ...place,
        observedAt: firstDate([detail['lastUpdatedAt']], envelope.time),
        title: bounded(said, titleLength),
        sample: false,
        resource,
      },
    ],
  };
}
