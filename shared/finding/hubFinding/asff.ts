import { InvalidEvent } from '../../platform/errors.ts';
import { canonicalAddress } from '../address.ts';
import { boundedList } from '../bounds.ts';
import { isRegion } from '../envelope.ts';
import type { Exposure, Vulnerability } from '../finding.ts';
import { fieldsIn, listIn, textIn, textsIn } from '../given.ts';
import { exploitedAt, fixes } from '../imageScan/vulnerability.ts';
import { readAccount } from '../place.ts';
import { type Fields, join, readArray, readText } from '../read.ts';
import { groupId } from '../securityGroup.ts';
import type { Envelope } from '../source.ts';
import {
  cveIn,
  dateIn,
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
  yesOrNo,
} from './parts.ts';
import { type HubRecord, type HubResource, typeKey } from './record.ts';

/** As many as an interface may be in ("Amazon VPC quotas"). */
const mostGroups = 16;

const regionOr = (written: unknown, otherwise: string): string =>
  typeof written === 'string' && isRegion(written) ? written : otherwise;

function resourcesOf(finding: Fields, at: string): readonly HubResource[] {
  readArray(finding['Resources'], join(at, 'Resources'));
  return listIn(finding, 'Resources')
    .slice(0, mostResources)
    .map((resource) => {
      const type = textIn(resource, 'Type', 100) ?? 'Other';
      const region = resource['Region'];
      const all = fieldsIn(resource, 'Details');
      // Of an access key, ASFF still takes the details under the name that they had at first.
      const own = [type, `${type}Details`].map((key) => fieldsIn(all, key)).find((one) => Object.keys(one).length > 0);
      return {
        ...{ key: typeKey(type), type, id: textIn(resource, 'Id', idLength) ?? '' },
        region: typeof region === 'string' && isRegion(region) ? region : null,
        details: { ...flat(fieldsIn(all, 'Other')), ...own },
      };
    });
}

function vulnerabilityOf(one: Fields): readonly Vulnerability[] {
  const id = textIn(one, 'Id', 200);
  if (id === null) return [];
  const scores = listIn(one, 'Cvss').flatMap((cvss) => within(numberIn(cvss, 'BaseScore'), 0, 10) ?? []);
  return [
    {
      id,
      score: scores.length === 0 ? null : Math.max(...scores),
      epss: epssOf(within(numberIn(one, 'EpssScore'), 0, 1)),
      exploitAvailable: yesOrNo(textIn(one, 'ExploitAvailable', 20)),
      fixAvailable: fixes.get(textIn(one, 'FixAvailable', 20) ?? '') ?? null,
      ...exploitedAt(one['LastKnownExploitAt']),
    },
  ];
}

const unscored = (id: string): Vulnerability => ({
  ...{ id, score: null, epss: null, exploitAvailable: null, fixAvailable: null },
});

/** The worst of those that it lists; where a scanner lists none, the CVE of which it speaks. */
function vulnerabilityIn(finding: Fields, types: readonly string[]): Vulnerability | null {
  const listed = listIn(finding, 'Vulnerabilities').flatMap(vulnerabilityOf);
  if (listed.length > 0) return worstVulnerability(listed);
  if (!types.some((type) => type.includes('/Vulnerabilities'))) return null;
  const cve = cveIn(['Id', 'GeneratorId', 'Title', 'Description'].map((key) => textIn(finding, key, idLength)));
  return cve === null ? null : unscored(cve);
}

function exposureIn(finding: Fields): Exposure | null {
  const network = fieldsIn(finding, 'Network');
  const ports = fieldsIn(network, 'OpenPortRange');
  const port = (key: string): number | null => {
    const value = numberIn(ports, key);
    return value !== null && Number.isInteger(value) && value >= 0 ? value : null;
  };
  const groups = listIn(finding, 'NetworkPath')
    .filter(({ ComponentType }) => ComponentType === 'AWS::EC2::SecurityGroup')
    .flatMap((step) => textIn(step, 'ComponentId') ?? [])
    .filter((id) => groupId.test(id));
  const exposure = {
    ...{ protocol: textIn(network, 'Protocol', 50), fromPort: port('Begin'), toPort: port('End') },
    groups: [...new Set(groups)].toSorted().slice(0, mostGroups),
  };
  return exposure.fromPort === null && exposure.toPort === null ? null : exposure;
}

function seenIn(finding: Fields): HubRecord['seen'] {
  const [process, network] = [fieldsIn(finding, 'Process'), fieldsIn(finding, 'Network')];
  const malware = listIn(finding, 'Malware');
  const action = fieldsIn(fieldsIn(finding, 'Action'), 'DnsRequestAction');
  const comesIn = textIn(network, 'Direction') === 'IN';
  const from = comesIn ? (textIn(network, 'SourceIpV4') ?? textIn(network, 'SourceIpV6')) : null;
  return {
    process: processOf(textIn(process, 'Name'), textIn(process, 'Path'), null),
    files: boundedList(malware.flatMap((one) => textIn(one, 'Path') ?? [])),
    names: boundedList(malware.flatMap((one) => textIn(one, 'Name') ?? [])),
    remote:
      textIn(network, 'DestinationDomain') ??
      textIn(action, 'Domain') ??
      textIn(network, 'DestinationIpV4') ??
      textIn(network, 'DestinationIpV6'),
    from: from === null ? null : canonicalAddress(from),
  };
}

/**
 * A finding in the AWS Security Finding Format (Security Hub user guide, "ASFF"). Whose it is, what it is called and what it is about must be
 * there: Security Hub takes none without. All else may be absent, or of a kind that it should not be.
 */
export function readAsff(finding: Fields, at: string, envelope: Envelope): HubRecord {
  const arnAt = join(at, 'ProductArn');
  const id = readText(finding['Id'], join(at, 'Id'), idLength);
  const product = productIn(readText(finding['ProductArn'], arnAt, idLength));
  if (product === null) throw new InvalidEvent(arnAt, `${arnAt} must be the ARN of a product in Security Hub`);
  const account = readAccount(finding['AwsAccountId'], join(at, 'AwsAccountId'));
  const fields = flat(fieldsIn(finding, 'ProductFields'));
  const types = boundedList(textsIn(finding, 'Types'));
  const shown = fieldsIn(finding, 'Severity');
  // What the product said, before an automation or a person in Security Hub set it otherwise.
  const provided = { ...shown, ...fieldsIn(fieldsIn(finding, 'FindingProviderFields'), 'Severity') };
  const named = (key: string, field: string): string | null =>
    textIn(finding, key, 200) ?? textIn(fields, `aws/securityhub/${field}`, 200);
  const label = [provided['Original'], provided['Label']].find(
    (one) => typeof one === 'string' && labels.has(one.toUpperCase()),
  );
  return {
    ...{ id, account, region: regionOr(finding['Region'], envelope.region) },
    product: {
      id: product,
      name: named('ProductName', 'ProductName'),
      company: named('CompanyName', 'CompanyName'),
      generator: textIn(finding, 'GeneratorId'),
      types,
      workflow: workflowOf(textIn(fieldsIn(finding, 'Workflow'), 'Status', 50) ?? textIn(finding, 'WorkflowState', 50)),
    },
    title: titleOf(finding, ['Title', 'Description'], types[0] ?? id),
    severity: severityFrom(textIn(shown, 'Label', 50), numberIn(shown, 'Normalized')),
    productSeverity: numberOf(provided['Product']) ?? numberOf(provided['Original']),
    productLabel: typeof label === 'string' ? label.toUpperCase() : null,
    isArchived: finding['RecordState'] === 'ARCHIVED',
    compliance: textIn(fieldsIn(finding, 'Compliance'), 'Status', 50),
    resources: resourcesOf(finding, at),
    fields,
    createdAt: dateIn(finding, 'CreatedAt'),
    firstSeenAt: dateIn(finding, 'FirstObservedAt'),
    lastSeenAt: dateIn(finding, 'LastObservedAt'),
    updatedAt: dateIn(finding, 'UpdatedAt'),
    vulnerability: vulnerabilityIn(finding, types),
    exposure: exposureIn(finding),
    isThreat: speaksOfThreat(types),
    seen: seenIn(finding),
    isSample: finding['Sample'] === true,
  };
}
