import { InvalidEvent } from '../../platform/errors.ts';
import { bounded, titleLength } from '../bounds.ts';
import { firstDate } from '../dates.ts';
import { imageResource, readDigest, readImageArn, readRepository, readTags } from '../ecrImage.ts';
import { isRegion } from '../envelope.ts';
import type { Finding, FindingStatus, Vulnerability } from '../finding.ts';
import { type Fields, isAbsent, join, readArray, readNumber, readObject, readOptional, readText } from '../read.ts';
import type { ImageResource } from '../resource.ts';
import { labelOf, severityOf } from '../severity.ts';
import type { Envelope, Parsed } from '../source.ts';

const statuses = new Map<string, FindingStatus>([
  ['ACTIVE', 'open'],
  ['CLOSED', 'resolved'],
  ['SUPPRESSED', 'suppressed'],
]);
const fixes = new Map<string, Vulnerability['fixAvailable']>([
  ['YES', 'yes'],
  ['NO', 'no'],
  ['PARTIAL', 'partial'],
]);

function readStatus(value: unknown): FindingStatus {
  const word = readText(value, 'detail.status', 100);
  const status = statuses.get(word);
  if (status === undefined)
    throw new InvalidEvent('detail.status', 'detail.status must be ACTIVE, CLOSED or SUPPRESSED');
  return status;
}

/**
 * EPSS moves a little every day, and Inspector sends the finding again each time. Kept in hundredths, cut off: a rule
 * that asks for a hundredth or more decides the same, and the daily drift is no news.
 */
const hundredths = (score: number): number => Math.floor(Math.round(score * 1e6) / 1e4) / 100;

function readVulnerability(detail: Fields): Vulnerability | null {
  const details = readOptional(detail, 'detail', 'packageVulnerabilityDetails', readObject);
  if (details === null) return null;
  const epss = readOptional(detail, 'detail', 'epss', readObject);
  const exploit = readOptional(detail, 'detail', 'exploitAvailable', readText);
  const fix = readOptional(detail, 'detail', 'fixAvailable', readText);
  const drift = epss === null ? null : readOptional(epss, 'detail.epss', 'score', (v, p) => readNumber(v, p, 0, 1));
  return {
    id: readText(details['vulnerabilityId'], 'detail.packageVulnerabilityDetails.vulnerabilityId', 200),
    score: readScore(detail),
    epss: drift === null ? null : hundredths(drift),
    exploitAvailable: exploit === 'YES' ? true : exploit === 'NO' ? false : null,
    fixAvailable: fixes.get(fix ?? '') ?? null,
  };
}

const readScore = (detail: Fields): number | null =>
  readOptional(detail, 'detail', 'inspectorScore', (value, path) => readNumber(value, path, 0, 10));

/**
 * The image that one entry of `resources` names. The details come first, the ARN fills in: in AWS's own sample they
 * disagree about the digest. New events carry `image` beside `awsEcrContainerImage`. Region may be absent or "N/A".
 */
function readImage(
  entry: Fields,
  path: string,
  account: string,
  envelope: Envelope,
): { image: ImageResource; region: string } {
  const details = readOptional(entry, path, 'details', readObject) ?? {};
  const at = join(path, 'details');
  const ecr = readOptional(details, at, 'awsEcrContainerImage', readObject) ?? {};
  const neutral = readOptional(details, at, 'image', readObject) ?? {};
  const ecrAt = join(at, 'awsEcrContainerImage');
  const neutralAt = join(at, 'image');
  const name =
    readOptional(ecr, ecrAt, 'repositoryName', readRepository) ??
    readOptional(neutral, neutralAt, 'repositoryName', readRepository);
  const arn = readImageArnUnless(name !== null, entry['id'], join(path, 'id'));
  const repository = (name ?? arn)?.repository;
  if (repository === undefined) throw new InvalidEvent(join(path, 'id'), `${join(path, 'id')} must be an image's ARN`);
  const digest =
    readOptional(ecr, ecrAt, 'imageHash', readDigest) ??
    readOptional(neutral, neutralAt, 'imageDigest', readDigest) ??
    arn?.digest ??
    null;
  const tags = isAbsent(ecr['imageTags'])
    ? readTags(neutral['imageTags'], join(neutralAt, 'imageTags'))
    : readTags(ecr['imageTags'], join(ecrAt, 'imageTags'));
  const written = entry['region'];
  const region = arn?.region ?? (typeof written === 'string' && isRegion(written) ? written : envelope.region);
  return { image: imageResource({ account, region }, repository, digest, tags), region };
}

/** The ARN, which must be good unless the details already name the repository. */
function readImageArnUnless(named: boolean, value: unknown, path: string): ReturnType<typeof readImageArn> | null {
  try {
    return readImageArn(value, path);
  } catch (error) {
    if (named && error instanceof InvalidEvent) return null;
    throw error;
  }
}

const ours = (entry: Fields): boolean =>
  entry['type'] === 'AWS_ECR_CONTAINER_IMAGE' && (isAbsent(entry['provider']) || entry['provider'] === 'AWS');

function others(entries: readonly Fields[]): string {
  const names = entries.map((entry) => {
    const provider = isAbsent(entry['provider']) || entry['provider'] === 'AWS' ? '' : `${String(entry['provider'])} `;
    return bounded(`${provider}${String(entry['type'])}`, 80);
  });
  return [...new Set(names)].slice(0, 5).join(', ');
}

/**
 * `Inspector2 Finding`: one vulnerability on one or several resources; each container image in ECR becomes a finding.
 * The account is `detail.awsAccountId`: in an administrator's account the envelope names the administrator.
 */
export function parseInspectorFinding(envelope: Envelope): Parsed {
  const detail = readObject(envelope.detail, 'detail');
  const resources = readArray(detail['resources'], 'detail.resources');
  const entries = resources.map((value, index) => readObject(value, `detail.resources[${index}]`));
  if (!entries.some(ours)) {
    const found = entries.length === 0 ? 'no resource' : others(entries);
    return { kind: 'ignored', reason: `the finding is about ${found}, not about a container image in Amazon ECR` };
  }
  const account = readText(detail['awsAccountId'], 'detail.awsAccountId');
  if (!/^\d{12}$/.test(account)) throw new InvalidEvent('detail.awsAccountId', 'detail.awsAccountId must be 12 digits');
  const findingArn = readText(detail['findingArn'], 'detail.findingArn', 300);
  const type = readText(detail['type'], 'detail.type', 100);
  const label = labelOf(readText(detail['severity'], 'detail.severity', 100));
  const status = readStatus(detail['status']);
  const vulnerability = readVulnerability(detail);
  const title = readOptional(detail, 'detail', 'title', (value, path) =>
    readText(value, path, Number.MAX_SAFE_INTEGER),
  );
  const score = readScore(detail);
  // Untriaged stays without a number even when a score is there; `vulnerability.score` carries it.
  const severity = label === 'unknown' ? null : (score ?? severityOf(label).severity);
  const dates = [detail['updatedAt'], detail['lastObservedAt'], detail['firstObservedAt']];
  const findings = entries.flatMap((entry, index): readonly Finding[] => {
    if (!ours(entry)) return [];
    const { image, region } = readImage(entry, `detail.resources[${index}]`, account, envelope);
    return [
      {
        id: `${findingArn}#${image.id}`,
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
        resource: image,
        ...(vulnerability === null ? {} : { vulnerability }),
      },
    ];
  });
  return { kind: 'findings', findings };
}
