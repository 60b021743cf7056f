import { imageResource } from '../ecrImage.ts';
import { parseEnvelope } from '../envelope.ts';
import type { Finding } from '../finding.ts';
import { parseEvent } from '../registry.ts';

/** What Amazon ECR answers of an image's scan when it is asked, in plain values. */
export interface ReportedScan {
  /** ECR's word for how the scan is; `none`: ECR holds no scan of the image. */
  readonly status: string;
  /** By ECR's word for the severity; null where it counts nothing, not even zero. */
  readonly counts: { readonly [severity: string]: number } | null;
  /** Of enhanced scanning: Inspector's findings, as ECR gives them. Null under basic scanning. */
  readonly enhanced: readonly EnhancedFinding[] | null;
}

/** A finding of Inspector as ECR gives it: the event's fields, but for `score`, which the event calls `inspectorScore`. */
export type EnhancedFinding = { readonly [field: string]: unknown };

export interface ScannedImage {
  readonly account: string;
  readonly region: string;
  readonly repository: string;
  readonly digest: string;
  readonly tags: readonly string[];
}

/**
 * The findings that the events of this scan would give, by the parser of those events: what is asked for and what is told are matched by the
 * same rules. Throws InvalidEvent for an answer that no event could be.
 * @param at when it was asked, ISO 8601 UTC
 */
export function reportedFindings(image: ScannedImage, scan: ReportedScan, at: string): readonly Finding[] {
  const events = [summary(image, scan), ...(scan.enhanced ?? []).map((finding) => ofInspector(image, finding))];
  return events.flatMap((event) => {
    const { account, region } = image;
    const parsed = parseEvent(parseEnvelope({ id: 'asked', account, region, time: at, ...event }));
    return parsed.kind === 'findings' ? parsed.findings : [];
  });
}

/** Whatever word ECR has for a severity that the parser does not know: the total counts it, so that it is never taken for clean. */
function counted(counts: NonNullable<ReportedScan['counts']>): { readonly [severity: string]: number } {
  const { TOTAL: total = 0, ...each } = counts;
  const sum = Object.values(each).reduce((before, count) => before + count, 0);
  return { ...each, TOTAL: Math.max(total, sum) };
}

const summary = ({ repository, digest, tags }: ScannedImage, { status, counts, enhanced }: ReportedScan) => ({
  ...(enhanced === null
    ? { source: 'aws.ecr', 'detail-type': 'ECR Image Scan' }
    : { source: 'aws.inspector2', 'detail-type': 'Inspector2 Scan' }),
  detail: {
    'scan-status': status,
    'repository-name': repository,
    'image-digest': digest,
    'image-tags': tags,
    ...(counts === null ? {} : { 'finding-severity-counts': counted(counts) }),
  },
});

function ofInspector(image: ScannedImage, { score, ...finding }: EnhancedFinding) {
  const { repository, digest, tags, account, region } = image;
  const details = { repositoryName: repository, imageHash: digest, imageTags: tags, registry: account };
  const { arn } = imageResource(image, repository, digest, tags);
  return {
    source: 'aws.inspector2',
    'detail-type': 'Inspector2 Finding',
    detail: {
      ...finding,
      ...(score === undefined ? {} : { inspectorScore: score }),
      awsAccountId: account,
      // Whom ECR was asked about, and not what the answer says of itself.
      resources: [
        { type: 'AWS_ECR_CONTAINER_IMAGE', id: `${arn}/${digest}`, region, details: { awsEcrContainerImage: details } },
      ],
    },
  };
}
