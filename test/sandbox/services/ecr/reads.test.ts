import type {
  DescribeImageScanFindingsResponse,
  DescribeRepositoriesResponse,
  ListTagsForResourceResponse,
} from '@aws-sdk/client-ecr';
import { describe, expect, it } from 'vitest';
import { describeImageScanFindings } from '../../../../sandbox/services/ecr/describeImageScanFindings.ts';
import { describeRepositories } from '../../../../sandbox/services/ecr/describeRepositories.ts';
import { listTagsForResource } from '../../../../sandbox/services/ecr/listTagsForResource.ts';
import { digest } from '../../world/digests.ts';
import { AMD64, INDEX, PLAIN, registry, repositoryName } from './registry.ts';

const arn = 'arn:aws:ecr:eu-west-1:123456789012:repository/payments/api';

describe('DescribeImageScanFindings', () => {
  const scanOf = ({ run }: ReturnType<typeof registry>, imageId: object) =>
    run<DescribeImageScanFindingsResponse>(describeImageScanFindings, { repositoryName, imageId });

  it('gives the counts of an image, for a platform those of its index', async () => {
    const all = registry();
    expect(await scanOf(all, { imageTag: 'old' })).toEqual({
      registryId: '123456789012',
      repositoryName,
      imageId: { imageTag: 'old', imageDigest: PLAIN },
      imageScanStatus: { status: 'COMPLETE', description: 'The scan was completed successfully.' },
      imageScanFindings: {
        imageScanCompletedAt: new Date('2026-01-01T00:00:00Z'),
        vulnerabilitySourceUpdatedAt: new Date('2026-01-01T00:00:00Z'),
        findingSeverityCounts: { LOW: 4 },
        findings: Array.from({ length: 4 }, () => expect.objectContaining({ severity: 'LOW' })),
      },
    });
    const platform = await scanOf(all, { imageDigest: AMD64 });
    expect(platform.imageScanFindings?.findingSeverityCounts).toEqual({ CRITICAL: 12, HIGH: 1 });
  });

  it('has no scan of an index, nor of an image that is archived, nor once that is restored', async () => {
    const all = registry();
    const none = { code: 'ScanNotFoundException' };
    await expect(scanOf(all, { imageDigest: INDEX })).rejects.toMatchObject(none);
    await all.move({ imageDigest: PLAIN }, 'ARCHIVE');
    await expect(scanOf(all, { imageDigest: PLAIN })).rejects.toMatchObject(none);
    await all.move({ imageDigest: PLAIN }, 'STANDARD');
    await all.clock.advance(18 * 60_000);
    await expect(scanOf(all, { imageDigest: PLAIN })).rejects.toMatchObject(none);
  });

  it('lists a made-up CVE for each that is counted, the worst first, in pages, the same every time', async () => {
    const many = digest('9');
    const all = registry([{ digest: many, scan: { LOW: 120, CRITICAL: 3, HIGH: 40 } }]);
    const page = async (input: object) => {
      const answer = await all.run<DescribeImageScanFindingsResponse>(describeImageScanFindings, {
        repositoryName,
        imageId: { imageDigest: many },
        ...input,
      });
      return { findings: answer.imageScanFindings?.findings ?? [], nextToken: answer.nextToken };
    };
    const first = await page({});
    expect(first.findings).toHaveLength(100);
    const rest = await page({ nextToken: first.nextToken });
    expect(rest).toMatchObject({ findings: { length: 63 }, nextToken: undefined });
    const findings = [...first.findings, ...rest.findings];
    const at = (severity: string) => findings.findIndex((finding) => finding.severity === severity);
    expect([at('CRITICAL'), at('HIGH'), at('LOW')]).toEqual([0, 3, 43]);
    expect(new Set(findings.map(({ name }) => name))).toHaveProperty('size', 163);
    for (const { name, uri } of findings) {
      expect(name).toMatch(/^CVE-1900-\d{5,6}$/);
      expect(uri).toBeUndefined();
    }
    expect((await page({ maxResults: 1000 })).findings).toEqual(findings);
    await expect(page({ maxResults: 1001 })).rejects.toMatchObject({ code: 'InvalidParameterException' });
  });

  it('refuses an image that is not there', async () => {
    await expect(scanOf(registry(), { imageTag: 'new' })).rejects.toMatchObject({ code: 'ImageNotFoundException' });
  });
});

describe('DescribeRepositories', () => {
  const ask = (input: object) => registry().run<DescribeRepositoriesResponse>(describeRepositories, input);

  it('describes all, or those that are named', async () => {
    const all = await ask({});
    expect(all.repositories).toEqual([
      {
        registryId: '123456789012',
        repositoryName,
        repositoryArn: arn,
        repositoryUri: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/payments/api',
        createdAt: new Date('2026-01-01T00:00:00Z'),
        imageTagMutability: 'MUTABLE',
        imageScanningConfiguration: { scanOnPush: false },
        encryptionConfiguration: { encryptionType: 'AES256' },
      },
    ]);
    expect(await ask({ repositoryNames: [repositoryName] })).toEqual(all);
  });

  it.each([
    ['a name that is not there', { repositoryNames: [repositoryName, 'api'] }, 'RepositoryNotFoundException'],
    ['names and a page size', { repositoryNames: [repositoryName], maxResults: 5 }, 'InvalidParameterException'],
    ['an empty list of names', { repositoryNames: [] }, 'InvalidParameterException'],
  ])('refuses %s', async (_what, input, code) => {
    await expect(ask(input)).rejects.toMatchObject({ code });
  });

  it('asks IAM for every repository when none is named', () => {
    const { account } = registry();
    const needs = (input: object) =>
      describeRepositories.needs(input as never, account).map(({ resource }) => resource);
    expect(needs({})).toEqual(['arn:aws:ecr:eu-west-1:123456789012:repository/*']);
    expect(needs({ repositoryNames: ['a', 'b'] })).toHaveLength(2);
  });
});

describe('ListTagsForResource', () => {
  const ask = (resourceArn: string) =>
    registry().run<ListTagsForResourceResponse>(listTagsForResource, { resourceArn });

  it("gives a repository's tags", async () => {
    expect(await ask(arn)).toEqual({ tags: [{ Key: 'team', Value: 'payments' }] });
  });

  it.each([
    ['a repository that is not there', arn.replace('payments/api', 'api'), 'RepositoryNotFoundException'],
    ['another account', arn.replace('123456789012', '999999999999'), 'RepositoryNotFoundException'],
    ['what is no repository', 'arn:aws:s3:::bucket', 'InvalidParameterException'],
  ])('refuses %s', async (_what, resourceArn, code) => {
    await expect(ask(resourceArn)).rejects.toMatchObject({ code });
  });
});
