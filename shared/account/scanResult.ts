import type { DescribeImageScanFindingsResponse, EnhancedImageScanFinding } from '@aws-sdk/client-ecr';
import type { EnhancedFinding, ReportedScan } from '../finding/imageScan/reported.ts';
import { everyPage, type Reads } from './reads.ts';
import type { Repository } from './repositoryImages.ts';

/** All pages of what ECR says of an image's scan; null where it holds none. Other errors are those of the SDK. */
export function scanPages(
  read: Reads,
  image: Repository & { readonly digest: string },
): Promise<readonly DescribeImageScanFindingsResponse[] | null> {
  return unlessNone(() =>
    everyPage(
      (nextToken) => scanPage(read, image, 1000, nextToken),
      (page) => page.nextToken,
    ),
  );
}

/** How an image's scan is and how much it found, by one call, whatever it found. Otherwise as `readScanResult`. */
export async function readScanStatus(
  read: Reads,
  image: Repository & { readonly digest: string },
): Promise<ReportedScan> {
  const first = await unlessNone(() => scanPage(read, image, 1));
  return {
    status: first === null ? 'none' : (first.imageScanStatus?.status ?? 'UNKNOWN'),
    counts: first?.imageScanFindings?.findingSeverityCounts ?? null,
    enhanced: null,
  };
}

async function unlessNone<T>(call: () => Promise<T>): Promise<T | null> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof Error && error.name === 'ScanNotFoundException') return null;
    throw error;
  }
}

async function scanPage(
  read: Reads,
  { account, repository, digest }: Repository & { readonly digest: string },
  maxResults: number,
  nextToken?: string | undefined,
): Promise<DescribeImageScanFindingsResponse> {
  const { client, DescribeImageScanFindingsCommand } = await read.aws.ecr();
  const about = { registryId: account, repositoryName: repository, imageId: { imageDigest: digest } };
  return client.send(new DescribeImageScanFindingsCommand({ ...about, maxResults, nextToken }), read.call);
}

/** Dates become ISO text, as they are in an event. */
const plainFinding = (finding: EnhancedImageScanFinding): EnhancedFinding =>
  JSON.parse(JSON.stringify(finding)) as EnhancedFinding;

/** How an image's scan is and what it found. That there is none is an answer, too: status `none`. Errors are those of the SDK. */
export async function readScanResult(
  read: Reads,
  image: Repository & { readonly digest: string },
): Promise<ReportedScan> {
  const pages = await scanPages(read, image);
  if (pages === null) return { status: 'none', counts: null, enhanced: null };
  const [first] = pages;
  const found = pages.flatMap(({ imageScanFindings }) => imageScanFindings ?? []);
  const enhanced = found.flatMap(({ enhancedFindings }) => enhancedFindings ?? []);
  const status = first?.imageScanStatus?.status ?? 'UNKNOWN';
  // ACTIVE is Inspector's word for an image that it goes on scanning.
  const isEnhanced = status === 'ACTIVE' || found.some(({ enhancedFindings }) => enhancedFindings !== undefined);
  return {
    status,
    counts: first?.imageScanFindings?.findingSeverityCounts ?? null,
    enhanced: isEnhanced ? enhanced.map(plainFinding) : null,
  };
}
