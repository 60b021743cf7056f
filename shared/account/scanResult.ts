import type { EnhancedImageScanFinding } from '@aws-sdk/client-ecr';
import type { EnhancedFinding, ReportedScan } from '../finding/imageScan/reported.ts';
import { everyPage, type Reads } from './reads.ts';
import type { Repository } from './repositoryImages.ts';

/** Dates become ISO text, as they are in an event. */
const plainFinding = (finding: EnhancedImageScanFinding): EnhancedFinding =>
  JSON.parse(JSON.stringify(finding)) as EnhancedFinding;

/**
 * How an image's scan is and what it found, all pages. That there is none is an answer, too: status `none`. Other errors are those of
 * the SDK.
 */
export async function readScanResult(
  read: Reads,
  image: Repository & { readonly digest: string },
): Promise<ReportedScan> {
  const { client, DescribeImageScanFindingsCommand } = await read.aws.ecr();
  try {
    const pages = await everyPage(
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
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ScanNotFoundException') throw error;
    return { status: 'none', counts: null, enhanced: null };
  }
}
