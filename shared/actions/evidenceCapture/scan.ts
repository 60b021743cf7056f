import type { Reads } from '../../account/reads.ts';
import type { Repository } from '../../account/repositoryImages.ts';
import { scanPages } from '../../account/scanResult.ts';
import type { JsonObject } from '../../platform/json.ts';

/**
 * The scan result of an image, all pages. That there is none is an answer too: `{ status: 'ScanNotFoundException' }`. Other
 * errors are those of the SDK.
 */
export async function readScan(read: Reads, image: Repository & { readonly digest: string }): Promise<JsonObject> {
  const pages = await scanPages(read, image);
  if (pages === null) return { status: 'ScanNotFoundException', description: 'ECR holds no scan of this image' };
  const [first] = pages;
  const scan = {
    status: first?.imageScanStatus?.status ?? null,
    description: first?.imageScanStatus?.description ?? null,
    completedAt: first?.imageScanFindings?.imageScanCompletedAt?.toISOString() ?? null,
    counts: first?.imageScanFindings?.findingSeverityCounts ?? {},
    findings: pages.flatMap((page) => page.imageScanFindings?.findings ?? []),
    enhancedFindings: pages.flatMap((page) => page.imageScanFindings?.enhancedFindings ?? []),
  };
  // Dates inside enhanced findings become ISO text.
  return JSON.parse(JSON.stringify(scan)) as JsonObject;
}
