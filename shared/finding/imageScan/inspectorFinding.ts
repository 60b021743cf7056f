import { InvalidEvent } from '../../platform/errors.ts';
import { bounded, titleLength } from '../bounds.ts';
import { firstDate } from '../dates.ts';
import type { Finding, FindingStatus } from '../finding.ts';
import { type Fields, isAbsent, readArray, readObject, readOptional, readText } from '../read.ts';
import { labelOf, severityOf } from '../severity.ts';
import type { Envelope, Parsed } from '../source.ts';
import { isOurs, readVulnerable } from './inspectorResource.ts';
import { readExposure, readScore, readVulnerability } from './vulnerability.ts';

const statuses = new Map<string, FindingStatus>([
  ['ACTIVE', 'open'],
  ['CLOSED', 'resolved'],
  ['SUPPRESSED', 'suppressed'],
]);

function readStatus(value: unknown): FindingStatus {
  const word = readText(value, 'detail.status', 100);
  const status = statuses.get(word);
  if (status === undefined)
    throw new InvalidEvent('detail.status', 'detail.status must be ACTIVE, CLOSED or SUPPRESSED');
  return status;
}

function others(entries: readonly Fields[]): string {
  const names = entries.map((entry) => {
    const provider = isAbsent(entry['provider']) || entry['provider'] === 'AWS' ? '' : `${String(entry['provider'])} `;
    return bounded(`${provider}${String(entry['type'])}`, 80);
  });
  return [...new Set(names)].slice(0, 5).join(', ');
}

/** Why nothing of it is read: a repository's images have findings of their own, source code runs nowhere yet, Azure is not ours to act on. */
const notOurs = (entries: readonly Fields[]): string =>
  `the finding is about ${entries.length === 0 ? 'no resource' : others(entries)}, not about an image in Amazon ECR, an EC2 instance or a Lambda function`;

/**
 * `Inspector2 Finding`: one weakness of one or several resources; each image in ECR, instance and function becomes a finding.
 * The account is `detail.awsAccountId`: in an administrator's account the envelope names the administrator.
 */
export function parseInspectorFinding(envelope: Envelope): Parsed {
  const detail = readObject(envelope.detail, 'detail');
  const resources = readArray(detail['resources'], 'detail.resources');
  const entries = resources.map((value, index) => readObject(value, `detail.resources[${index}]`));
  if (!entries.some(isOurs)) return { kind: 'ignored', reason: notOurs(entries) };
  const account = readText(detail['awsAccountId'], 'detail.awsAccountId');
  if (!/^\d{12}$/.test(account)) throw new InvalidEvent('detail.awsAccountId', 'detail.awsAccountId must be 12 digits');
  const findingArn = readText(detail['findingArn'], 'detail.findingArn', 300);
  const type = readText(detail['type'], 'detail.type', 100);
  const label = labelOf(readText(detail['severity'], 'detail.severity', 100));
  const status = readStatus(detail['status']);
  const vulnerability = readVulnerability(detail);
  const exposure = readExposure(detail);
  const title = readOptional(detail, 'detail', 'title', (value, path) =>
    readText(value, path, Number.MAX_SAFE_INTEGER),
  );
  const score = readScore(detail);
  // Untriaged stays without a number even when a score is there; `vulnerability.score` carries it.
  const severity = label === 'unknown' ? null : (score ?? severityOf(label).severity);
  const dates = [detail['updatedAt'], detail['lastObservedAt'], detail['firstObservedAt']];
  const findings = entries.flatMap((entry, index): readonly Finding[] => {
    const found = readVulnerable(entry, `detail.resources[${index}]`, { account, region: envelope.region });
    if (found === null) return [];
    const { resource, region } = found;
    return [
      {
        id: `${findingArn}#${resource.id}`,
        source: 'inspector',
        type,
        status,
        severity,
        label,
        account,
        region,
        observedAt: firstDate(dates, envelope.time),
        title: bounded(title ?? vulnerability?.id ?? type, titleLength),
        sample: false,
        resource,
        ...(vulnerability === null ? {} : { vulnerability }),
        ...(exposure === null ? {} : { exposure }),
      },
    ];
  });
  return { kind: 'findings', findings };
}
