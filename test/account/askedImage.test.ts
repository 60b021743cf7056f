import { describe, expect, test } from 'vitest';
import { readAskedImage } from '../../shared/account/askedImage.ts';
import { platformsOf } from '../../shared/account/platforms.ts';
import { readsWith } from '../../shared/account/reads.ts';
import { awsError } from './awsError.ts';
import { attestation, image, index } from './images.ts';
import { account, mockAccount, region, repository, type World } from './mockAccount.ts';

const amd = image('amd64', { tags: ['1-amd64'] });
const arm = image('arm64');
const release = index([amd, arm], { tags: ['1.0'] });
const provenance = attestation([amd, arm]);
const old = image('old', { tags: ['0.9'], status: 'ARCHIVED', archivedAt: '2026-11-01T00:00:00.000Z' });
const complete = { imageScanStatus: { status: 'COMPLETE' }, imageScanFindings: { findingSeverityCounts: { LOW: 1 } } };
const images = () => [amd, arm, release, provenance, old].map((one) => ({ ...one }));
const whole = (more: Partial<World> = {}): World => ({ images: images(), scan: [complete], ...more });

type Signatures = 'none' | 'managed' | 'attached';
async function ask(world: World, tag: string, signatures: Signatures = 'none', digest: string | null = null) {
  const mock = mockAccount(world);
  const reference = { account, region, repository, tag, digest };
  return { asked: await readAskedImage(readsWith(mock.aws), reference, { signatures }), mock };
}

describe('an image that is asked about', () => {
  test('is each of the images that its index lists, and not its attestation', async () => {
    const { asked, mock } = await ask(whole(), '1.0');
    expect(asked.image).toMatchObject({ digest: release.digest, kind: 'index', tags: ['1.0'] });
    expect(asked.runnable).toMatchObject([
      { digest: amd.digest, os: 'linux', architecture: 'amd64', status: 'ACTIVE', tags: ['1-amd64'] },
      { digest: arm.digest, status: 'ACTIVE', tags: [] },
    ]);
    expect(asked.leftOut).toEqual([provenance.digest]);
    expect(asked.unread).toEqual([]);
    const scanned = mock.inputs('ecr:DescribeImageScanFindings').map(({ imageId }) => imageId);
    expect(scanned).toEqual([{ imageDigest: amd.digest }, { imageDigest: arm.digest }]);
    expect(asked.runnable[0]?.scan).toEqual({ status: 'COMPLETE', counts: { LOW: 1 }, enhanced: null });
  });

  test('is the one of the digest where a tag is written beside it, as whoever pulls it takes it', async () => {
    const { asked } = await ask(whole(), '1.0', 'none', amd.digest);
    expect(asked.image?.digest).toBe(amd.digest);
  });

  test('has no scan that could be asked for while it is archived', async () => {
    const { asked, mock } = await ask(whole(), '0.9');
    expect(asked).toMatchObject({ image: { status: 'ARCHIVED' }, runnable: [{ digest: old.digest, scan: null }] });
    expect(mock.sent()).not.toContain('ecr:DescribeImageScanFindings');
  });

  test.each([
    ['ImageNotFoundException', 'image'],
    ['RepositoryNotFoundException', 'repository'],
  ])('is not there: %s', async (name, missing) => {
    const { asked } = await ask(whole({ refuse: { DescribeImages: awsError(name) } }), '1.0');
    expect(asked).toMatchObject({ image: null, missing, unread: [] });
  });

  test.each([
    ['DescribeImages', 'AccessDeniedException', 'the image', false],
    ['DescribeImages', 'ThrottlingException', 'the image', true],
    ['BatchGetImage', 'AccessDeniedException', 'what its index lists', false],
    ['DescribeImageScanFindings', 'AccessDeniedException', `the scan of ${amd.digest}`, false],
    ['DescribeImageScanFindings', 'ServerException', `the scan of ${amd.digest}`, true],
    ['DescribeImageSigningStatus', 'AccessDeniedException', 'its signatures', false],
    ['ListImageReferrers', 'UnableToListUpstreamImageReferrersException', 'its signatures', false],
  ])('says what could not be read: %s, %s', async (command, name, place, mayPass) => {
    const error = awsError(name, name === 'ServerException' ? 500 : 400);
    const { asked } = await ask(whole({ refuse: { [command]: error } }), '1.0', 'attached');
    expect(asked.unread[0]).toMatchObject({ place, mayPass });
    expect(asked.missing).toBeNull();
  });

  test('is read of an index whose manifest is none: nothing of it can run', async () => {
    const broken = { ...release, manifest: '{}' };
    const { asked } = await ask(whole({ images: [broken] }), '1.0');
    expect(asked).toMatchObject({ runnable: [], unread: [{ place: 'what its index lists' }] });
  });

  test('that there is no scan is an answer, and no refusal', async () => {
    const { asked } = await ask(whole({ scan: [] }), '0.9', 'none', amd.digest);
    expect(asked).toMatchObject({ runnable: [{ scan: { status: 'none', counts: null, enhanced: null } }], unread: [] });
  });

  test('under enhanced scanning has all findings of all pages, dates as text', async () => {
    const page = (findingArn: string) => ({
      imageScanStatus: { status: 'ACTIVE' },
      imageScanFindings: {
        findingSeverityCounts: { CRITICAL: 2 },
        enhancedFindings: [{ findingArn, updatedAt: new Date('2026-11-20T09:00:00Z') }],
      },
    });
    const { asked } = await ask(whole({ scan: [page('a'), page('b')] }), '', 'none', amd.digest);
    expect(asked.runnable[0]?.scan).toEqual({
      status: 'ACTIVE',
      counts: { CRITICAL: 2 },
      enhanced: ['a', 'b'].map((findingArn) => ({ findingArn, updatedAt: '2026-11-20T09:00:00.000Z' })),
    });
  });
});

describe('its signatures', () => {
  const profile = 'arn:aws:signer:eu-central-1:123456789012:/signing-profiles/release';
  const referrer = (digest: string, artifactType?: string) => ({ digest, mediaType: 'x', size: 1, artifactType });
  const world = whole({
    pageSize: 1,
    signing: [{ signingProfileArn: profile, status: 'FAILED', failureCode: 'AccessDenied', failureReason: 'no' }],
    referrers: [
      referrer('sha256:sbom', 'application/spdx+json'),
      referrer('sha256:notation', 'application/vnd.cncf.notary.signature'),
      referrer('sha256:untyped'),
      referrer('sha256:cosign', 'application/vnd.dev.sigstore.bundle.v0.3+json'),
      referrer('sha256:nearly', 'application/vnd.cncf.notary.signature.not'),
    ],
  });

  test('are not asked for unless somebody wants them', async () => {
    const { asked, mock } = await ask(world, '1.0');
    expect(asked.signatures).toBeNull();
    expect(mock.sent()).not.toContain('ecr:DescribeImageSigningStatus');
  });

  test('are those of ECR alone, or those that hang on it too, of all pages; an SBOM is none', async () => {
    const managed = await ask(world, '1.0', 'managed');
    expect(managed.asked.signatures).toEqual({
      managed: [{ profile, status: 'FAILED', failure: 'AccessDenied' }],
      attached: null,
    });
    expect(managed.mock.sent()).not.toContain('ecr:ListImageReferrers');
    const { asked } = await ask(world, '1.0', 'attached');
    expect(asked.signatures?.attached?.map(({ digest }) => digest)).toEqual(['sha256:notation', 'sha256:cosign']);
  });
});

describe('what an index lists', () => {
  const digest = `sha256:${'1'.repeat(64)}`;
  const unknown = { os: 'unknown', architecture: 'unknown' };
  const linux = { os: 'linux', architecture: 'amd64' };
  const lists = (...manifests: readonly object[]) => platformsOf(JSON.stringify({ manifests }));

  test('is each digest once, and an attestation only where it is nothing else', () => {
    const amd64 = [{ digest, ...linux }];
    expect(lists({ digest, platform: unknown }, { digest, platform: linux })).toEqual(amd64);
    expect(lists({ digest, platform: linux }, { digest, platform: unknown })).toEqual(amd64);
    expect(lists({ digest, platform: unknown })).toEqual([{ digest, ...unknown }]);
    expect(lists({ digest })).toEqual([{ digest, os: null, architecture: null }]);
  });

  test.each(['', '{}', '{"manifests":[{"digest":"sha256:1"}]}'])('is not known of %j', (text) => {
    expect(platformsOf(text)).toBeNull();
  });
});
