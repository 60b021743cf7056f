import { InvalidEvent } from '../../platform/errors.ts';
import { bounded, titleLength } from '../bounds.ts';
import type { Finding, FindingStatus } from '../finding.ts';
import { textIn } from '../given.ts';
import { isAbsent, readObject, readText } from '../read.ts';
import { labelOf, severityOf } from '../severity.ts';
import type { Envelope, Parsed } from '../source.ts';
import { nodeIn } from './node.ts';
import { unreadResource } from './resource.ts';

const statuses = new Map<string, FindingStatus>([
  ['compliant', 'resolved'],
  ['non_compliant', 'open'],
]);

const types = new Map([
  ['Patch', 'PatchCompliance'],
  ['Association', 'AssociationCompliance'],
]);

/** Systems Manager allows 100 characters for a type of compliance and for the id of a resource (API reference, "ComplianceItem"). */
const longest = 256;
const nodeType = 'managed-instance';

function readStatus(value: unknown): { readonly word: string; readonly status: FindingStatus } {
  const path = 'detail.compliance-status';
  const word = readText(value, path, 100).toLowerCase();
  const status = statuses.get(word);
  if (status === undefined) throw new InvalidEvent(path, `${path} must be compliant or non_compliant`);
  return { word, status };
}

/**
 * `Configuration Compliance State Change` (Systems Manager user guide, "Monitoring Systems Manager events"): patches, associations or something
 * of one's own (`Custom:…`) on one node. It names no account: it is of the envelope's. `last-runtime` is when the
 * association ran last, which may be long before the state changed, so the event's own time counts.
 */
export function parseNodeCompliance(envelope: Envelope): Parsed {
  const detail = readObject(envelope.detail, 'detail');
  const said = (key: string): string => bounded(readText(detail[key], `detail.${key}`, longest), longest);
  const [kind, id] = [said('compliance-type'), said('resource-id')];
  const resourceType = isAbsent(detail['resource-type']) ? nodeType : said('resource-type');
  const { word, status } = readStatus(detail['compliance-status']);
  const baseline = textIn(detail, 'patch-baseline-id');
  const { account, region } = envelope;
  const node = resourceType === nodeType ? nodeIn(id, envelope) : null;
  const finding: Finding = {
    id: `ssm/${account}/${region}/${kind}#${resourceType}/${id}`,
    source: 'ssm',
    type: types.get(kind) ?? 'CustomCompliance',
    status,
    ...severityOf(labelOf((textIn(detail, 'severity') ?? '').toUpperCase())),
    account,
    region,
    observedAt: envelope.time,
    title: bounded(`${kind} of ${id}: ${word}${baseline === null ? '' : `, by baseline ${baseline}`}`, titleLength),
    sample: false,
    resource: node ?? unreadResource(resourceType, id),
    compliance: { type: kind, rule: null, ruleName: null, resourceType, baseline },
  };
  return { kind: 'findings', findings: [finding] };
}
