import type { DescribeImageScanFindingsResponse, StartImageScanResponse } from '@aws-sdk/client-ecr';
import { describe, expect, it } from 'vitest';
import { describeImageScanFindings } from '../../../../sandbox/services/ecr/describeImageScanFindings.ts';
import { registryScanning } from '../../../../sandbox/services/ecr/registryScanning.ts';
import { startImageScan } from '../../../../sandbox/services/ecr/startImageScan.ts';
import { digest } from '../../world/digests.ts';
import { AMD64, INDEX, PLAIN, registry, repositoryName } from './registry.ts';

const CLEAN = digest('e');

function scanned() {
  const all = registry([{ digest: CLEAN, tags: ['clean'] }]);
  return {
    ...all,
    start: (imageId: object) => all.run<StartImageScanResponse>(startImageScan, { repositoryName, imageId }),
    findings: (imageId: object) =>
      all.run<DescribeImageScanFindingsResponse>(describeImageScanFindings, { repositoryName, imageId }),
  };
}

describe('StartImageScan', () => {
  it('is under way, and ends in one ECR Image Scan with the counts of the account file', async () => {
    const { start, findings, envelopes, clock } = scanned();
    expect(await start({ imageTag: 'old' })).toEqual({
      registryId: '123456789012',
      repositoryName,
      imageId: { imageTag: 'old', imageDigest: PLAIN },
      imageScanStatus: { status: 'IN_PROGRESS' },
    });
    const underWay = await findings({ imageTag: 'old' });
    expect(underWay.imageScanStatus?.status).toBe('IN_PROGRESS');
    expect(underWay).not.toHaveProperty('imageScanFindings');
    expect(await envelopes()).toEqual([]);
    await clock.advance(12_000);
    expect(await envelopes()).toEqual([
      expect.objectContaining({
        source: 'aws.ecr',
        'detail-type': 'ECR Image Scan',
        resources: ['arn:aws:ecr:eu-west-1:123456789012:repository/payments/api'],
        detail: {
          'scan-status': 'COMPLETE',
          'repository-name': repositoryName,
          'finding-severity-counts': { LOW: 4 },
          'image-digest': PLAIN,
          'image-tags': ['old'],
        },
      }),
    ]);
    const done = await findings({ imageTag: 'old' });
    expect(done.imageScanStatus?.status).toBe('COMPLETE');
    expect(done.imageScanFindings?.imageScanCompletedAt?.getTime()).toBeGreaterThan(Date.parse('2026-11-24T08:00:00Z'));
  });

  it('finds nothing in an image without counts, and leaves the severities out', async () => {
    const { start, findings, actions, clock } = scanned();
    await expect(findings({ imageDigest: CLEAN })).rejects.toMatchObject({ code: 'ScanNotFoundException' });
    await start({ imageDigest: CLEAN });
    await clock.advance(12_000);
    expect(await actions()).toEqual([expect.objectContaining({ 'finding-severity-counts': {} })]);
    expect((await findings({ imageDigest: CLEAN })).imageScanFindings?.findingSeverityCounts).toEqual({});
  });

  it('is refused where Inspector scans', async () => {
    const { account, start, envelopes, clock } = scanned();
    registryScanning(account).is = { scanType: 'ENHANCED', rules: [] };
    await expect(start({ imageTag: 'old' })).rejects.toMatchObject({ code: 'ValidationException' });
    await clock.advance(12_000);
    expect(await envelopes()).toEqual([]);
  });

  it('takes an image once in 24 hours, by tag or digest; another image meanwhile', async () => {
    const { start, actions, clock } = scanned();
    await start({ imageTag: 'old' });
    const again = () => start({ imageDigest: PLAIN });
    await expect(again()).rejects.toMatchObject({ code: 'LimitExceededException' });
    await start({ imageDigest: AMD64 });
    await clock.advance(12_000);
    expect(await actions()).toHaveLength(2);
    await clock.advance(24 * 3_600_000 - 13_001);
    await expect(again()).rejects.toMatchObject({ code: 'LimitExceededException' });
    await clock.advance(1);
    expect((await again()).imageScanStatus?.status).toBe('IN_PROGRESS');
    await clock.advance(12_000);
    expect(await actions()).toHaveLength(1);
  });

  it.each([
    ['an archived image', { imageDigest: PLAIN }, 'ImageArchivedException'],
    ['an index', { imageDigest: INDEX }, 'UnsupportedImageTypeException'],
    ['an image that is not there', { imageTag: 'new' }, 'ImageNotFoundException'],
    ['nothing', {}, 'InvalidParameterException'],
  ])('refuses %s', async (_what, imageId, code) => {
    const { start, move, actions } = scanned();
    await move({ imageDigest: PLAIN }, 'ARCHIVE');
    await actions();
    await expect(start(imageId)).rejects.toMatchObject({ code });
  });

  it('tells nothing of an image that was archived meanwhile', async () => {
    const { start, move, actions, clock } = scanned();
    await start({ imageDigest: PLAIN });
    await move({ imageDigest: PLAIN }, 'ARCHIVE');
    await clock.advance(12_000);
    expect(await actions()).toEqual([expect.objectContaining({ 'action-type': 'UPDATE_STORAGE_CLASS' })]);
  });
});
