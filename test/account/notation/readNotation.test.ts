import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOf } from '../../../sandbox/services/ecr/manifests.ts';
import { rootSha256 } from '../../../sandbox/services/signer/chain.ts';
import { signedEnvelope } from '../../../sandbox/services/signer/envelope.ts';
import { notationType, readNotation } from '../../../shared/account/notation/readNotation.ts';
import { readsWith } from '../../../shared/account/reads.ts';
import { readSignatures } from '../../../shared/account/signatures.ts';
import { download } from '../../../shared/platform/download.ts';
import { awsError } from '../awsError.ts';
import { account, mockAccount, region, repository, type World } from '../mockAccount.ts';

const image = `sha256:${'1'.repeat(64)}`;
const arn = (what: string) => `arn:aws:signer:${region}:${account}:/${what}`;
const profile = arn('signing-profiles/release');
const signature = {
  ...{ target: image, profileVersion: `${profile}/0123456789`, job: arn('signing-jobs/0a1b2c3d') },
  signedAt: Date.parse('2026-11-20T10:00:00Z'),
};

let origin = '';
let bodies = new Map<string, string>();
const serve: RequestListener = ({ url = '' }, response) => {
  const body = bodies.get(url.slice(1));
  if (url === '/moved') response.writeHead(302, { location: `${origin}/kept` }).end();
  else if (url === '/late') response.write('x');
  else if (url === '/failed') response.writeHead(503).end();
  else response.writeHead(body === undefined ? 404 : 200).end(body);
};
const server = createServer(serve);
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

interface Given {
  readonly text?: string;
  readonly mediaType?: string;
  /** What its place hands out; absent: its bytes. */
  readonly handed?: string;
  readonly size?: number;
}

/** An account in which these signatures hang on the image. */
function world(given: readonly Given[], more: Partial<World> = {}): { world: World; digests: readonly string[] } {
  bodies = new Map();
  const images = given.map(({ text = signedEnvelope(signature), mediaType = 'application/jose+json', handed }) => {
    const layer = digestOf(text);
    bodies.set(layer, handed ?? text);
    const layers = [{ mediaType, digest: layer, size: text.length }];
    const manifest = JSON.stringify({ schemaVersion: 2, artifactType: notationType, layers });
    return { digest: digestOf(manifest), manifest, mediaType: 'application/vnd.oci.image.manifest.v1+json' };
  });
  const layers = Object.fromEntries([...bodies.keys()].map((digest) => [digest, `${origin}/${digest}`]));
  return { world: { images, layers, ...more } as World, digests: images.map(({ digest }) => digest) };
}

async function read(given: readonly Given[], more: Partial<World> = {}, roots: readonly string[] | null = null) {
  const made = world(given, more);
  const mock = mockAccount(made.world);
  const place = { account, region, repository };
  const wanted = { digest: image, profiles: [profile], roots };
  return { mock, checked: await readNotation(readsWith(mock.aws), place, made.digests, wanted) };
}
const stateOf = async (...args: Parameters<typeof read>) =>
  (await read(...args)).checked.map((one) => ('why' in one ? `${one.state}: ${one.why}` : one.state));

describe('a signature that hangs on an image', () => {
  it('is verified, and AWS Signer is asked about its profile, job and certificates', async () => {
    const { checked, mock } = await read([{}]);
    expect(checked).toMatchObject([{ state: 'verified', profile, job: signature.job, expiresAt: null, revoked: [] }]);
    const [asked] = mock.inputs('signer:GetRevocationStatus');
    expect(asked).toMatchObject({
      ...{ platformId: 'Notation-OCI-SHA384-ECDSA', profileVersionArn: signature.profileVersion },
      ...{ jobArn: signature.job, signatureTimestamp: new Date(signature.signedAt) },
    });
    expect(asked?.['certificateHashes']).toHaveLength(3);
  });

  it('is revoked where AWS Signer says it of anything in it', async () => {
    for (const revoked of [(asked: { jobArn?: string }) => [asked.jobArn ?? ''], () => ['0a1b']])
      expect(await stateOf([{}], { revoked } as Partial<World>)).toEqual(['revoked']);
  });

  it.each<[string, Given, RegExp]>([
    [
      'of another image',
      { text: signedEnvelope({ ...signature, target: `sha256:${'2'.repeat(64)}` }) },
      /another image/,
    ],
    [
      'by another profile',
      { text: signedEnvelope({ ...signature, profileVersion: `${profile}_2/0123456789` }) },
      /not by a profile that counts/,
    ],
    ['that is none', { text: '{}' }, /no JWS envelope/],
    ['of COSE', { mediaType: 'application/cose' }, /not of JWS/],
  ])('%s counts for nothing, and nobody is asked about it', async (_what, given, why) => {
    const { checked, mock } = await read([given]);
    expect(checked).toMatchObject([{ state: 'not-counted', why: expect.stringMatching(why) }]);
    expect(mock.sent()).not.toContain('signer:GetRevocationStatus');
  });

  it('counts where its root is one that is trusted, and not where it is none', async () => {
    expect(await stateOf([{}], {}, [rootSha256])).toEqual(['verified']);
    expect(await stateOf([{}], {}, ['0'.repeat(64)])).toEqual([expect.stringMatching(/^not-counted: .*no root/)]);
  });

  it.each<[string, Given, RegExp]>([
    ['other bytes', { handed: '{}' }, /not the one of its digest/],
    ['too many bytes', { handed: 'x'.repeat(1_048_577) }, /larger than 1048576 bytes/],
  ])('that is handed out with %s is not read', async (_what, given, why) => {
    expect(await stateOf([given])).toEqual([expect.stringMatching(why)]);
    expect((await read([given])).checked).toMatchObject([{ state: 'not-read', mayPass: false }]);
  });

  it('is not read where its manifest is another than its digest says', async () => {
    const made = world([{}]);
    const [first] = made.world.images;
    if (first === undefined) throw new Error('no image');
    const mock = mockAccount({ ...made.world, images: [{ ...first, manifest: `${first.manifest} ` }] });
    const wanted = { digest: image, profiles: [profile], roots: null };
    const checked = await readNotation(readsWith(mock.aws), { account, region, repository }, made.digests, wanted);
    expect(checked).toMatchObject([{ state: 'not-read', why: 'its manifest is not the one of its digest' }]);
  });

  it.each([
    ['BatchGetImage', 'AccessDeniedException', false],
    ['GetDownloadUrlForLayer', 'AccessDeniedException', false],
    ['GetRevocationStatus', 'AccessDeniedException', false],
    ['GetRevocationStatus', 'TooManyRequestsException', true],
  ])('is not read where AWS refuses %s: %s', async (command, name, mayPass) => {
    const { checked } = await read([{}], { refuse: { [command]: awsError(name) } });
    expect(checked).toMatchObject([{ state: 'not-read', mayPass, why: expect.stringContaining(name) }]);
  });

  it('by a profile of another Region is not asked about where nobody knows it', async () => {
    const far = 'arn:aws:signer:us-west-2:123456789012:/signing-profiles/release';
    const made = world([{ text: signedEnvelope({ ...signature, profileVersion: `${far}/0123456789` }) }]);
    const mock = mockAccount(made.world);
    const wanted = { digest: image, profiles: [far], roots: null };
    const checked = await readNotation(readsWith(mock.aws), { account, region, repository }, made.digests, wanted);
    expect(checked).toMatchObject([{ state: 'not-read', why: 'its signing profile is of another Region' }]);
  });

  it('is one of twenty: of more, nothing is passed', async () => {
    const many = Array.from({ length: 21 }, () => ({}));
    const { checked, mock } = await read(many);
    expect(checked).toHaveLength(21);
    expect(checked[20]).toMatchObject({ state: 'not-read', why: 'more than 20 signatures hang on the image' });
    expect(mock.inputs('signer:GetRevocationStatus')).toHaveLength(20);
  });
});

describe('the signatures of an image', () => {
  const signing = [
    { signingProfileArn: profile, status: 'COMPLETE' },
    { signingProfileArn: `${profile}_2`, status: 'FAILED' },
  ];
  const all = async (revocation: { profiles: readonly string[] | null; roots: null } | null) => {
    const made = world([{}]);
    const referrers = made.digests.map((digest) => ({ digest, artifactType: notationType }));
    const mock = mockAccount({ ...made.world, signing, referrers });
    const place = { account, region, repository, digest: image };
    return { mock, signatures: await readSignatures(readsWith(mock.aws), place, { attached: false, revocation }) };
  };

  it('are read and asked about where somebody wants that, of profiles that count', async () => {
    const wanted = await all({ profiles: [profile], roots: null });
    expect(wanted.signatures).toMatchObject({ attached: null, checked: [{ state: 'verified' }] });
    const others = await all({ profiles: [`${profile}_2`], roots: null });
    expect(others.signatures.checked).toEqual([]);
    expect(others.mock.sent()).not.toContain('ecr:ListImageReferrers');
    const unasked = await all(null);
    expect('checked' in unasked.signatures).toBe(false);
    expect(unasked.mock.sent()).toEqual(['ecr:DescribeImageSigningStatus']);
  });
});

describe('a download', () => {
  const limits = { mostBytes: 4, mostMs: 100 };
  it.each([
    ['/moved', /HTTP 302/, false],
    ['/none', /HTTP 404/, false],
    ['/failed', /HTTP 503/, true],
    ['/late', /did not come in time/, true],
  ])('of %s is none', async (path, why, mayPass) => {
    expect(await download(`${origin}${path}`, limits)).toMatchObject({
      bytes: null,
      why: expect.stringMatching(why),
      mayPass,
    });
  });

  it('is of so many bytes at the most', async () => {
    bodies = new Map([
      ['four', 'four'],
      ['fives', 'fives'],
    ]);
    expect(await download(`${origin}/four`, limits)).toEqual({ bytes: Buffer.from('four') });
    expect(await download(`${origin}/fives`, limits)).toMatchObject({ bytes: null, why: 'it is larger than 4 bytes' });
  });

  it.each([
    'http://192.0.2.1/',
    'http://example.com/',
    'ftp://127.0.0.1/',
    'file:///etc/passwd',
    'http://127.0.0.1.example.com/',
    '',
  ])('is not made of %s: it is not of HTTPS', async (url) => {
    expect(await download(url, limits)).toEqual({ bytes: null, why: 'its URL is not of HTTPS', mayPass: false });
  });

  it('says so where nobody answers', async () => {
    expect(await download('http://127.0.0.1:1/', limits)).toMatchObject({ why: 'nobody answered' });
  });
});
