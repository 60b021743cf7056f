import { bounded, titleLength } from '../bounds.ts';
import { imageResource, readDigest, readRepository, readTags } from '../ecrImage.ts';
import type { Finding, FindingStatus, SeverityCounts } from '../finding.ts';
import { type Fields, isAbsent, join, readCount, readObject, readOptional, readText } from '../read.ts';
import type { ImageResource } from '../resource.ts';
import { severityOf, worstOf } from '../severity.ts';
import type { Envelope, Parsed } from '../source.ts';

/** Scans that are over and whose counts can be believed. ACTIVE is Inspector's continuous scanning. */
const finished = new Set(['COMPLETE', 'INITIAL_SCAN_COMPLETE', 'ACTIVE']);
/** Scans that will be heard of again, or that cannot matter any more. Every other status did not end: inconclusive. */
const nothingYet = new Map([
  ['PENDING', 'the scan has not started yet; its end is an event of its own'],
  ['IN_PROGRESS', 'the scan still runs; its end is an event of its own'],
  ['IMAGE_ARCHIVED', 'the image is archived: nothing can pull it, and it is not scanned'],
]);

const named = ['critical', 'high', 'medium', 'low', 'informational', 'undefined'] as const;

/**
 * A severity without vulnerabilities is left out or an explicit zero. Inspector names no LOW: what its TOTAL counts
 * beyond the named ones is counted as `undefined`, so that it is never taken for clean.
 */
function readCounts(value: unknown, path: string): SeverityCounts | null {
  if (isAbsent(value)) return null;
  const from = readObject(value, path);
  const count = (label: string): number => {
    const key = label.toUpperCase();
    return from[key] === undefined ? 0 : readCount(from[key], join(path, key));
  };
  const [critical = 0, high = 0, medium = 0, low = 0, informational = 0, withoutSeverity = 0] = named.map(count);
  const beyond = count('total') - (critical + high + medium + low + informational + withoutSeverity);
  return { critical, high, medium, low, informational, undefined: withoutSeverity + Math.max(0, beyond) };
}

const noCounts: SeverityCounts = { critical: 0, high: 0, medium: 0, low: 0, informational: 0, undefined: 0 };

const isClean = (counts: SeverityCounts): boolean => named.every((label) => counts[label] === 0);

function sentence(counts: SeverityCounts): string {
  const parts = named.flatMap((label) =>
    counts[label] === 0 ? [] : [`${counts[label]} ${label === 'undefined' ? 'without severity' : label}`],
  );
  return parts.length === 0 ? 'No vulnerabilities' : `Vulnerabilities: ${parts.join(', ')}`;
}

const unfinished = (scan: string, repository: string): string =>
  finished.has(scan)
    ? `The scan of ${repository} did not say what it found (${scan})`
    : `The scan of ${repository} did not finish (${scan})`;

function statusOf(scan: string, counts: SeverityCounts | null): FindingStatus {
  // A scan that did not end, or that ended without saying what it found, is neither clean nor an accusation.
  if (!finished.has(scan) || counts === null) return 'inconclusive';
  return isClean(counts) ? 'resolved' : 'open';
}

/** How much of the tags goes into a key. */
const tagNames = 200;

/**
 * One business key for every scan of a digest: a later scan of it is the same finding with other counts. A scan that
 * did not finish has a key of its own, so that it never takes the place of what an earlier scan found. Without a digest the tags tell
 * images of one repository apart.
 */
function idOf(found: Pick<Finding, 'source' | 'status' | 'account' | 'region'>, image: ImageResource): string {
  const what = found.status === 'inconclusive' ? 'UnfinishedScan' : 'ImageScan';
  const tags = image.digest === null ? `:${bounded(image.tags.join(','), tagNames)}` : '';
  return `${found.source}/${what}/${found.account}/${found.region}/${image.id}${tags}`;
}

function finding(envelope: Envelope, detail: Fields, scan: string): Finding {
  const ref = readRepository(detail['repository-name'], 'detail.repository-name');
  const digest = readOptional(detail, 'detail', 'image-digest', readDigest);
  const tags = readTags(detail['image-tags'], 'detail.image-tags');
  const counts = readCounts(detail['finding-severity-counts'], 'detail.finding-severity-counts');
  const account = ref.account ?? envelope.account;
  const region = ref.region ?? envelope.region;
  const status = statusOf(scan, counts);
  const source = envelope.source === 'aws.ecr' ? 'ecr' : 'inspector';
  const said =
    status === 'inconclusive'
      ? unfinished(scan, ref.repository)
      : `${sentence(counts ?? noCounts)} in ${ref.repository}`;
  const about = { source, status, account, region } as const;
  const resource = imageResource({ account, region }, ref.repository, digest, tags);
  return {
    id: idOf(about, resource),
    ...about,
    type: 'ImageScan',
    ...(counts === null ? severityOf('unknown') : worstOf(counts)),
    observedAt: envelope.time,
    title: bounded(said, titleLength),
    sample: false,
    resource,
    ...(counts === null ? {} : { counts }),
  };
}

/**
 * `ECR Image Scan` (basic scanning) and `Inspector2 Scan`: how many vulnerabilities of each severity one image has.
 * A scan that ended clean becomes a finding of status `resolved`: it closes what an earlier scan of the digest said.
 */
export function parseScanSummary(envelope: Envelope): Parsed {
  const detail = readObject(envelope.detail, 'detail');
  const scan = readText(detail['scan-status'], 'detail.scan-status', 100);
  if (envelope.source === 'aws.inspector2' && isAbsent(detail['repository-name'])) {
    const what = isAbsent(detail['instance-id']) ? 'a Lambda function' : 'an EC2 instance';
    return {
      kind: 'ignored',
      reason: `a scan of ${what}, not of a container image: what it found comes as findings of its own`,
    };
  }
  const read = finding(envelope, detail, scan);
  const waiting = nothingYet.get(scan);
  return waiting === undefined ? { kind: 'findings', findings: [read] } : { kind: 'ignored', reason: waiting };
}
