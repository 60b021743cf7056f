import type {
  DescribeImageScanFindingsResponse,
  GetRegistryScanningConfigurationResponse,
  PutImageScanningConfigurationResponse,
} from '@aws-sdk/client-ecr';
import { describe, expect, it } from 'vitest';
import { batchDeleteImage } from '../../../../sandbox/services/ecr/batchDeleteImage.ts';
import { describeImageScanFindings } from '../../../../sandbox/services/ecr/describeImageScanFindings.ts';
import { getRegistryScanningConfiguration } from '../../../../sandbox/services/ecr/getRegistryScanningConfiguration.ts';
import { putImageScanningConfiguration } from '../../../../sandbox/services/ecr/putImageScanningConfiguration.ts';
import { startImageScan } from '../../../../sandbox/services/ecr/startImageScan.ts';
import { PLAIN, registry, repositoryName } from './registry.ts';

const manifest = JSON.stringify({
  schemaVersion: 2,
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  layers: [],
});
const index = JSON.stringify({
  schemaVersion: 2,
  mediaType: 'application/vnd.oci.image.index.v1+json',
  manifests: [{ digest: PLAIN }],
});

function scanning(scanOnPush: boolean) {
  const all = registry([], { scanOnPush });
  return {
    ...all,
    counts: async (imageId: object) =>
      (await all.run<DescribeImageScanFindingsResponse>(describeImageScanFindings, { repositoryName, imageId }))
        .imageScanFindings?.findingSeverityCounts,
    manifestOf: async (imageDigest: string) => (await all.get([{ imageDigest }])).images?.[0]?.imageManifest,
    /** Digest and counts of every scan that ended so far. */
    scans: async () => {
      await all.clock.advance(12_000);
      const details = (await all.actions()) as readonly Record<string, unknown>[];
      return details
        .filter((detail) => 'scan-status' in detail)
        .map((detail) => [detail['image-digest'], detail['finding-severity-counts']]);
    },
  };
}

describe('scan on push', () => {
  it('scans a new image when it is pushed, which counts as its scan of the day', async () => {
    const { put, scans, run } = scanning(true);
    const { image } = await put({ imageManifest: manifest, imageTag: 'new' });
    expect(await scans()).toEqual([[image?.imageId?.imageDigest, {}]]);
    const again = run(startImageScan, { repositoryName, imageId: { imageTag: 'new' } });
    await expect(again).rejects.toMatchObject({ code: 'LimitExceededException' });
  });

  it('does not scan an index, nor anything where the repository does not ask for it', async () => {
    const on = scanning(true);
    await on.put({ imageManifest: index, imageTag: 'multi' });
    expect(await on.scans()).toEqual([]);
    const off = scanning(false);
    await off.put({ imageManifest: manifest, imageTag: 'new' });
    expect(await off.scans()).toEqual([]);
  });

  it('finds what the account file says of an image that was deleted and is pushed again', async () => {
    const { put, scans, run, manifestOf } = scanning(true);
    const imageManifest = await manifestOf(PLAIN);
    await run(batchDeleteImage, { repositoryName, imageIds: [{ imageDigest: PLAIN }] });
    await put({ imageManifest, imageTag: 'old' });
    expect(await scans()).toEqual([[PLAIN, { LOW: 4 }]]);
  });

  it('scans anew what was restored, or pushed out of the archive', async () => {
    const { put, move, scans, counts, clock, manifestOf } = scanning(true);
    const imageManifest = await manifestOf(PLAIN);
    await move({ imageDigest: PLAIN }, 'ARCHIVE');
    await move({ imageDigest: PLAIN }, 'STANDARD');
    await clock.advance(18 * 60_000);
    expect(await scans()).toEqual([[PLAIN, { LOW: 4 }]]);
    expect(await counts({ imageDigest: PLAIN })).toEqual({ LOW: 4 });
    await move({ imageDigest: PLAIN }, 'ARCHIVE');
    await put({ imageManifest, imageTag: 'old' });
    expect(await scans()).toEqual([[PLAIN, { LOW: 4 }]]);
  });

  it('is turned on and off by PutImageScanningConfiguration', async () => {
    const { run, put, scans } = scanning(false);
    const set = (imageScanningConfiguration: object | undefined) =>
      run<PutImageScanningConfigurationResponse>(putImageScanningConfiguration, {
        repositoryName,
        imageScanningConfiguration,
      });
    expect(await set({ scanOnPush: true })).toEqual({
      registryId: '123456789012',
      repositoryName,
      imageScanningConfiguration: { scanOnPush: true },
    });
    await put({ imageManifest: manifest, imageTag: 'new' });
    expect(await scans()).toHaveLength(1);
    await set({});
    await put({ imageManifest: `${manifest} `, imageTag: 'newer' });
    expect(await scans()).toEqual([]);
    await expect(set(undefined)).rejects.toMatchObject({ code: 'InvalidParameterException' });
  });

  it('is of basic scanning, of which the registry says nothing more', async () => {
    expect(
      await registry().run<GetRegistryScanningConfigurationResponse>(getRegistryScanningConfiguration, {}),
    ).toEqual({ registryId: '123456789012', scanningConfiguration: { scanType: 'BASIC', rules: [] } });
  });
});
