import { parseInspectorFinding } from '../imageScan/inspectorFinding.ts';
import { arnOf } from '../place.ts';
import type { Fields } from '../read.ts';
import type { Original } from './original.ts';
import { numberOf, within } from './parts.ts';
import type { HubRecord, HubResource } from './record.ts';

const statuses: ReadonlySet<unknown> = new Set(['ACTIVE', 'CLOSED', 'SUPPRESSED']);
/** As resources/imageScan.yml lets them in: the others are never heard of directly. */
const heard: ReadonlySet<string> = new Set(['CRITICAL', 'HIGH', 'MEDIUM', 'UNTRIAGED']);

const typeOf = ({ product, exposure, vulnerability }: HubRecord): string | null => {
  if (product.types.some((type) => /Network Reachability/i.test(type)) || (exposure !== null && vulnerability === null))
    return 'NETWORK_REACHABILITY';
  return vulnerability === null ? null : 'PACKAGE_VULNERABILITY';
};

/** An entry of `resources`, as Inspector has it. */
function entryOf({ key, id, region, details }: HubResource): readonly Fields[] {
  const at = { id, ...(region === null ? {} : { region }) };
  if (key === 'awsecrcontainerimage') {
    const image = { imageHash: details['ImageDigest'], imageTags: details['ImageTags'] };
    return [{ type: 'AWS_ECR_CONTAINER_IMAGE', ...at, details: { awsEcrContainerImage: image } }];
  }
  if (key === 'awsec2instance') return [{ type: 'AWS_EC2_INSTANCE', ...at, id: id.slice(id.lastIndexOf('/') + 1) }];
  return key === 'awslambdafunction' ? [{ type: 'AWS_LAMBDA_FUNCTION', ...at }] : [];
}

const worded = (value: boolean | null): string | undefined => (value === null ? undefined : value ? 'YES' : 'NO');

function weaknessOf({ vulnerability, exposure }: HubRecord): Fields {
  return {
    ...(vulnerability === null
      ? {}
      : {
          packageVulnerabilityDetails: { vulnerabilityId: vulnerability.id },
          exploitAvailable: worded(vulnerability.exploitAvailable),
          exploitabilityDetails: { lastKnownExploitAt: vulnerability.exploited?.at },
          fixAvailable: vulnerability.fixAvailable?.toUpperCase(),
          ...(vulnerability.epss === null ? {} : { epss: { score: vulnerability.epss } }),
        }),
    ...(exposure === null
      ? {}
      : {
          networkReachabilityDetails: {
            protocol: exposure.protocol,
            openPortRange: { begin: exposure.fromPort, end: exposure.toPort },
            networkPath: {
              steps: exposure.groups.map((componentId) => ({ componentId, componentType: 'AWS::EC2::SecurityGroup' })),
            },
          },
        }),
  };
}

/** A finding of Inspector, put back into the form of its own event. Null where it is not to be recognised. */
export function inspectorFinding(record: HubRecord): Original | null {
  const arn = arnOf(record.id);
  const type = typeOf(record);
  if (arn?.service !== 'inspector2' || type === null) return null;
  const resources = record.resources.flatMap(entryOf);
  const said = record.fields['aws/inspector/FindingStatus'];
  const status = statuses.has(said) ? said : record.isArchived ? 'CLOSED' : 'ACTIVE';
  const severity = record.productLabel ?? 'UNTRIAGED';
  const score = within(numberOf(record.fields['aws/inspector/inspectorScore']), 0, 10) ?? record.vulnerability?.score;
  const detail = {
    ...{ findingArn: record.id, awsAccountId: record.account, type, severity, status, title: record.title },
    ...(type === 'NETWORK_REACHABILITY' ? {} : { inspectorScore: score ?? null }),
    ...weaknessOf(record),
    updatedAt: record.lastSeenAt ?? record.firstSeenAt ?? record.createdAt,
    resources,
  };
  return {
    ...{ source: 'Inspector', detail, parse: parseInspectorFinding },
    isExact: resources.length > 0,
    isTaken: status === 'ACTIVE' && heard.has(severity),
  };
}
