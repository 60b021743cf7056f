import { InvalidEvent } from '../../platform/errors.ts';
import { canonicalAddress } from '../address.ts';
import { boundedList } from '../bounds.ts';
import { parseDate } from '../dates.ts';
import { isRegion } from '../envelope.ts';
import type { Vulnerability } from '../finding.ts';
import { fieldsIn, listIn, textIn, textsIn } from '../given.ts';
import { exploitedAt } from '../imageScan/vulnerability.ts';
import { readAccount } from '../place.ts';
import { type Fields, join, readArray, readText } from '../read.ts';
import type { Envelope } from '../source.ts';
import {
  cveIn,
  epssOf,
  flat,
  idLength,
  labels,
  mostResources,
  numberIn,
  numberOf,
  processOf,
  productIn,
  severityFrom,
  speaksOfThreat,
  titleOf,
  within,
  workflowOf,
  worstVulnerability,
} from './parts.ts';
import { type HubRecord, type HubResource, typeKey } from './record.ts';

/** Classes of findings (OCSF schema, category 2). */
const detection = 2004;

/** `connection_info.direction_id` of what comes in. */
const inbound = 1;

const severities: ReadonlyMap<unknown, string> = new Map([
  [1, 'INFORMATIONAL'],
  [2, 'LOW'],
  [3, 'MEDIUM'],
  [4, 'HIGH'],
  [5, 'CRITICAL'],
  [6, 'CRITICAL'],
]);
const statuses: ReadonlyMap<unknown, string> = new Map([
  [1, 'NEW'],
  [2, 'NOTIFIED'],
  [3, 'SUPPRESSED'],
  [4, 'RESOLVED'],
]);
/** `compliance.status_id`. */
const checks: ReadonlyMap<unknown, string> = new Map([
  [1, 'PASSED'],
  [2, 'WARNING'],
  [3, 'FAILED'],
]);

/** A date as a text, else in milliseconds: OCSF has both (profile "datetime"). */
const dateOf = (from: Fields, key: string): string | null => parseDate(from[`${key}_dt`]) ?? parseDate(from[key]);

/** Where Security Lake puts the fields of ASFF for which OCSF has no place (its mapping of Security Hub's findings, OCSF 1.1). */
const productFields = 'ProductFields.';

function resourcesOf(finding: Fields, at: string): readonly HubResource[] {
  readArray(finding['resources'], join(at, 'resources'));
  return listIn(finding, 'resources')
    .slice(0, mostResources)
    .map((resource) => {
      const type = textIn(resource, 'type', 100) ?? 'Other';
      const region = resource['region'];
      const data = fieldsIn(resource, 'data');
      const own = Object.entries(data).find(([key]) => typeKey(key) === typeKey(type))?.[0];
      return {
        ...{ key: typeKey(type), type, id: textIn(resource, 'uid', idLength) ?? '' },
        region: typeof region === 'string' && isRegion(region) ? region : null,
        details: { ...flat(fieldsIn(data, 'Other')), ...(own === undefined ? {} : fieldsIn(data, own)) },
      };
    });
}

const asked = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null);

function vulnerabilityOf(one: Fields): readonly Vulnerability[] {
  const cve = fieldsIn(one, 'cve');
  const id = textIn(cve, 'uid', 200) ?? cveIn([textIn(one, 'title')]);
  if (id === null) return [];
  const scores = listIn(cve, 'cvss').flatMap((cvss) => within(numberIn(cvss, 'base_score'), 0, 10) ?? []);
  const fix = asked(one['is_fix_available']) ?? asked(one['fix_available']);
  return [
    {
      id,
      score: scores.length === 0 ? null : Math.max(...scores),
      epss: epssOf(within(numberOf(fieldsIn(cve, 'epss')['score']), 0, 1)),
      exploitAvailable: asked(one['is_exploit_available']),
      fixAvailable: fix === null ? null : fix ? 'yes' : 'no',
      ...exploitedAt(dateOf(one, 'exploit_last_seen_time')),
    },
  ];
}

function seenIn(finding: Fields): HubRecord['seen'] {
  const [evidence = {}] = listIn(finding, 'evidences');
  const actor = fieldsIn(fieldsIn(evidence, 'actor'), 'process');
  const process = Object.keys(actor).length > 0 ? actor : fieldsIn(evidence, 'process');
  const file = fieldsIn(process, 'file');
  const [sha256 = null] = listIn(file, 'hashes').flatMap((hash) => textIn(hash, 'value', 64) ?? []);
  const malware = listIn(finding, 'malware');
  const comesIn = fieldsIn(evidence, 'connection_info')['direction_id'] === inbound;
  const from = comesIn ? textIn(fieldsIn(evidence, 'src_endpoint'), 'ip') : null;
  return {
    process: processOf(textIn(process, 'name'), textIn(file, 'path'), sha256),
    files: boundedList(malware.flatMap((one) => textIn(one, 'path') ?? [])),
    names: boundedList(malware.flatMap((one) => textIn(one, 'name') ?? [])),
    from: from === null ? null : canonicalAddress(from),
    remote: textIn(fieldsIn(evidence, 'query'), 'hostname') ?? textIn(fieldsIn(evidence, 'dst_endpoint'), 'ip'),
  };
}

const statusWord = (finding: Fields): string | null =>
  statuses.get(finding['status_id']) ?? textIn(finding, 'status', 50);

/**
 * A finding in the Open Cybersecurity Schema Framework, as the Security Hub of 2025 sends it: detections (2004), vulnerabilities (2002),
 * compliance (2003) and whatever it may send besides. From documentation and from Security Lake's samples; AWS shows no event in full.
 */
export function readOcsf(finding: Fields, at: string, envelope: Envelope): HubRecord {
  const metadata = fieldsIn(finding, 'metadata');
  const made = fieldsIn(metadata, 'product');
  const info = fieldsIn(finding, 'finding_info');
  const cloud = fieldsIn(finding, 'cloud');
  const uidAt = `${at}.metadata.product.uid`;
  const id = readText(info['uid'], `${at}.finding_info.uid`, idLength);
  const product = productIn(readText(made['uid'], uidAt, idLength));
  if (product === null) throw new InvalidEvent(uidAt, `${uidAt} must be the ARN of a product in Security Hub`);
  const account = readAccount(fieldsIn(cloud, 'account')['uid'], `${at}.cloud.account.uid`);
  const region = textIn(cloud, 'region') ?? '';
  const unmapped = fieldsIn(finding, 'unmapped');
  const types = boundedList(textsIn(info, 'types'));
  const word = severities.get(finding['severity_id']) ?? textIn(finding, 'severity', 50);
  const listed = listIn(finding, 'vulnerabilities').flatMap(vulnerabilityOf);
  const check = fieldsIn(finding, 'compliance');
  const isSeen = finding['class_uid'] === detection;
  return {
    ...{ id, account, region: isRegion(region) ? region : envelope.region },
    product: {
      id: product,
      name: textIn(made, 'name', 200),
      company: textIn(made, 'vendor_name', 200),
      generator: textIn(fieldsIn(made, 'feature'), 'uid') ?? textIn(fieldsIn(info, 'analytic'), 'uid'),
      types,
      workflow: workflowOf(statusWord(finding)),
    },
    title: titleOf(info, ['title', 'desc'], types[0] ?? textIn(finding, 'class_name', 100) ?? id),
    severity: severityFrom(word, numberOf(unmapped['Severity.Normalized'])),
    productSeverity:
      numberOf(unmapped['FindingProviderFields.Severity.Product']) ?? numberOf(unmapped['Severity.Product']),
    productLabel: labels.has((word ?? '').toUpperCase()) ? (word ?? '').toUpperCase() : null,
    isArchived:
      finding['activity_id'] === 3 || finding['activity_name'] === 'Close' || statusWord(finding) === 'Archived',
    compliance: checks.get(check['status_id']) ?? textIn(check, 'status', 50)?.toUpperCase() ?? null,
    resources: resourcesOf(finding, at),
    fields: flat(unmapped, productFields),
    createdAt: dateOf(info, 'created_time'),
    firstSeenAt: dateOf(info, 'first_seen_time'),
    lastSeenAt: dateOf(info, 'last_seen_time'),
    updatedAt: dateOf(info, 'modified_time'),
    vulnerability: worstVulnerability(listed),
    exposure: null,
    isThreat: isSeen || speaksOfThreat(types),
    seen: seenIn(finding),
    isSample: unmapped['Sample'] === 'true' || unmapped['Sample'] === true,
  };
}
