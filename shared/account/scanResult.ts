import type { DescribeImageScanFindingsResponse, EnhancedImageScanFinding } from '@aws-sdk/client-ecr';
import type { EnhancedFinding, ReportedScan } from '../finding/imageScan/reported.ts';
import { everyPage, type Reads } from './reads.ts';
import type { Repository } from './repositoryImages.ts';

/** All pages of what ECR says of an image's scan; null where it holds none. Other errors are those of the SDK. */
export async function scanPages(
  read: Reads,
  image: Repository & { readonly digest: string },
): Promise<readonly DescribeImageScanFindingsResponse[] | null> {
  const { client, DescribeImageScanFindingsCommand } = await read.aws.ecr();
  try {
    return await everyPage(
      (nextToken) =>
        client.send(
          new DescribeImageScanFindingsCommand({
            registryId: image.account,
            repositoryName: image.repository,
            imageId: { imageDigest: image.digest },
            maxResults: 1000,
            nextToken,
          }),
          read.call,
        ),
      (page) => page.nextToken,
    );
  } catch (error) {
    if (error instanceof Error && error.name === 'ScanNotFoundException') return null;
    throw error;
  }
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
