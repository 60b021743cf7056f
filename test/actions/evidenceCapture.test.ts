import { afterEach, describe, expect, test, vi } from 'vitest';
import { evidenceCapture as action } from '../../shared/actions/evidenceCapture/evidenceCapture.ts';
import type { Finding } from '../../shared/finding/finding.ts';
import { sha256Hex } from '../../shared/platform/hash.ts';
import { awsError } from '../account/awsError.ts';
import { image, index } from '../account/images.ts';
import { mockAccount, type World } from '../account/mockAccount.ts';
import { actContext, imageTarget, now, type TestContext } from './actContext.ts';
import { expectNoneUnused, expectPermitted } from './permitted.ts';

const amd = image('amd64');
const release = index([amd], { tags: ['1.42.0'] });
const target = imageTarget(amd.digest);
const scan = [
  {
    imageScanStatus: { status: 'COMPLETE' },
    imageScanFindings: { findingSeverityCounts: { CRITICAL: 12 }, findings: [{ name: 'CVE-2026-1' }] },
  },
  { imageScanFindings: { findings: [{ name: 'CVE-2026-2' }] } },
];
const world = (change: Partial<World> = {}): World => ({
  images: [{ ...amd }, { ...release }],
  scan,
  tags: { team: 'payments' },
  ...change,
});
const before = { state: 'ACTIVE', owner: 'payments (tag team)' };
const findings = [{ id: 'f1', title: 'twelve critical' } as Finding];

async function capture(of: World, keep?: TestContext, change: Partial<TestContext> = {}) {
  const mock = mockAccount(of);
  const context = { ...actContext(mock.aws, keep), findings, ...change };
  const run = async () => (await action.execute(target, {}, before, context)) as { did: string };
  return { mock, context, run, list: () => JSON.parse(context.stored.get('manifest.json')?.body ?? 'null') };
}
const missing = (list: { missing: { what: string; why: string }[] }) =>
  list.missing.map(({ what, why }) => `${what}: ${why}`);

afterEach(() => {
  vi.useRealTimers();
});

describe('capture', () => {
  test('stores findings, graph, manifests byte for byte and the whole scan, and a list with their digests', async () => {
    const services = [{ name: 's', definition: ['nginx'], revision: [{ image: 'nginx' }] }];
    const tasks = [{ id: 't1', image: 'x', imageDigest: release.digest }];
    const { mock, context, run, list } = await capture(
      world({
        clusters: [{ name: 'prod', tasks, services }],
        functions: [{ name: 'f' }],
        schedules: [{ name: 'monthly', definition: 's:12' }],
        eksClusters: [{ name: 'prod-eks' }],
        rules: [{ name: 'nightly', cluster: 'prod', definitions: ['s:12'] }],
      }),
    );
    const { did } = await run();
    const body = (name: string) => context.stored.get(name)?.body ?? '';
    expect(body(`image-${amd.digest.replace(':', '-')}.json`)).toBe(amd.manifest);
    expect(context.stored.get(`image-${release.digest.replace(':', '-')}.json`)).toEqual({
      body: release.manifest,
      contentType: release.mediaType,
    });
    expect(JSON.parse(body('findings.json'))).toEqual(findings);
    expect(JSON.parse(body('graph.json'))).toMatchObject({ users: [{ kind: 'task' }] });
    expect(JSON.parse(body('scan.json'))).toMatchObject({
      status: 'COMPLETE',
      counts: { CRITICAL: 12 },
      findings: [{ name: 'CVE-2026-1' }, { name: 'CVE-2026-2' }],
    });
    expect(list()).toMatchObject({ version: 1, run: 'run-1', capturedAt: now.toISOString(), missing: [], remarks: [] });
    for (const file of list().files) expect(file.sha256).toBe(sha256Hex(body(file.name)));
    expect(list().files).toHaveLength(context.stored.size - 1);
    expect(did).toContain(sha256Hex(body('manifest.json')));
    expect(did).not.toContain('missing');

    await action.observe(target, {}, context);
    expectPermitted(action, target, mock.sent(), 'reads only');
    expectNoneUnused(action, target, mock.sent());
  });

  test('that there is no scan is evidence, not a gap', async () => {
    const { context, run, list } = await capture(world({ scan: [] }));
    await run();
    expect(context.stored.get('scan.json')?.body).toContain('ScanNotFoundException');
    expect(list().missing).toEqual([]);
  });

  test.each([
    ['DescribeImages', 'who ran it: access denied (AccessDeniedException)'],
    ['BatchGetImage', 'the manifests: access denied (AccessDeniedException)'],
    ['DescribeImageScanFindings', 'the scan result: access denied (AccessDeniedException)'],
    ['ListFunctions', 'Lambda functions: access denied (AccessDeniedException)'],
  ])('%s refused is named, and the rest is stored', async (command, gap) => {
    const { context, run, list } = await capture(world({ refuse: { [command]: awsError('AccessDeniedException') } }));
    const { did } = await run();
    expect(missing(list())).toContain(gap);
    expect(did).toContain('missing: ');
    expect(context.stored.has('findings.json')).toBe(true);
    expect((await action.verify(target, {}, before, context)).state).toBe('broken');
  });

  test('an image that is gone leaves the finding, and says so', async () => {
    const { context, run, list } = await capture(world({ images: [], scan: [] }));
    await run();
    expect([...context.stored.keys()]).toContain('findings.json');
    expect(missing(list())[0]).toContain('who ran it: payments/checkout-api@sha256:');
  });

  test('a manifest whose bytes do not have the digest it was asked by is kept, and the list says so', async () => {
    const { context, run, list } = await capture(world({ images: [{ ...amd, manifest: '{"altered":true}' }] }));
    await run();
    expect(list().remarks).toEqual([`manifest ${amd.digest} has bytes of another digest`]);
    expect(context.stored.get(`image-${amd.digest.replace(':', '-')}.json`)?.body).toBe('{"altered":true}');
    expect(missing(list())).toEqual([]);
  });

  test('the manifest of an image that is archived by now is no miss, and the list says so', async () => {
    const { context, run, list } = await capture(world({ images: [{ ...amd, status: 'ARCHIVED' }] }));
    await run();
    expect(missing(list())).toEqual([]);
    expect(list().remarks).toEqual([
      expect.stringMatching(`^manifest ${amd.digest} is not to be had while the image is ARCHIVED`),
    ]);
    expect((await action.verify(target, {}, before, context)).state).toBe('holds');
  });

  test('an event without a digest leaves its finding', async () => {
    const mock = mockAccount(world());
    const context = { ...actContext(mock.aws), findings };
    await action.execute(imageTarget(null), {}, { ...before, state: 'no digest' }, context);
    expect([...context.stored.keys()]).toEqual(['findings.json', 'manifest.json']);
    expect(mock.sent()).toEqual([]);
  });

  test('a repeat keeps what was stored first', async () => {
    const first = await capture(world());
    await first.run();
    const changed = await capture(world({ scan: [] }), first.context as TestContext);
    await changed.run();
    expect(changed.context.stored.get('scan.json')?.body).toContain('CVE-2026-1');
  });

  test('nothing at all stored is a failure', async () => {
    const put = async () => Promise.reject(awsError('AccessDenied', 403));
    const { run } = await capture(world(), undefined, { evidence: { put, get: async () => null } });
    await expect(run()).rejects.toMatchObject({
      name: 'ActionFailed',
      message: expect.stringContaining('the findings'),
    });
  });
});

describe('the minute', () => {
  test('what the clock leaves no time for is named', async () => {
    let time = now.getTime();
    const clock = { now: () => new Date(time) };
    const slow = () => {
      time += 40_000;
      return undefined;
    };
    const { context, run, list } = await capture(
      world({ refuse: { ListFunctions: slow, BatchGetImage: slow } }),
      undefined,
      { clock },
    );
    await run();
    expect(missing(list())).toEqual(['the manifests: the time was up', 'the scan result: the time was up']);
    expect([...context.stored.keys()]).toEqual(['findings.json', 'graph.json', 'manifest.json']);
  });

  test('a call that never answers is given up', async () => {
    vi.useFakeTimers();
    const mock = mockAccount(world());
    const { client } = await mock.aws.lambda();
    client.send = () => new Promise<never>(() => undefined);
    const running = action.execute(target, {}, before, actContext(mock.aws));
    await vi.advanceTimersByTimeAsync(50_000);
    expect(await running).toMatchObject({ did: expect.stringContaining('who ran it (the time was up)') });
    expect(vi.getTimerCount()).toBe(0);
  });

  test('an answer that comes when the time is up stores nothing behind the list', async () => {
    vi.useFakeTimers();
    const mock = mockAccount(world());
    const { client } = await mock.aws.lambda();
    const late = Promise.withResolvers<never>();
    client.send = () => late.promise;
    const context = actContext(mock.aws);
    const running = action.execute(target, {}, before, context);
    await vi.advanceTimersByTimeAsync(50_000);
    await running;
    late.resolve({ Functions: [] } as never);
    await vi.advanceTimersByTimeAsync(1);
    expect([...context.stored.keys()]).toEqual(['findings.json', 'manifest.json']);
  });

  test('no timer is left when all was in time', async () => {
    vi.useFakeTimers();
    const { run } = await capture(world());
    await run();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('reading back', () => {
  const verify = (context: TestContext) => action.verify(target, {}, before, context);

  test('holds when every file is what it was', async () => {
    const { context, run } = await capture(world());
    await run();
    expect(await verify(context as TestContext)).toMatchObject({
      state: 'holds',
      absence: false,
      seen: expect.stringContaining('5 files read back'),
    });
  });

  test.each([
    [
      'a file was changed',
      (stored: TestContext['stored']) => stored.set('scan.json', { body: '{}', contentType: '' }),
      'scan.json has another SHA-256',
    ],
    [
      'a file is gone',
      (stored: TestContext['stored']) => stored.delete('graph.json'),
      'graph.json is not in the store',
    ],
    [
      'the list is gone',
      (stored: TestContext['stored']) => stored.delete('manifest.json'),
      'manifest.json is not in the store',
    ],
    [
      'the list is not a list',
      (stored: TestContext['stored']) => stored.set('manifest.json', { body: '{', contentType: '' }),
      'not what was written',
    ],
  ])('is broken when %s', async (_what, spoil, seen) => {
    const { context, run } = await capture(world());
    await run();
    spoil(context.stored);
    expect(await verify(context as TestContext)).toMatchObject({
      state: 'broken',
      seen: expect.stringContaining(seen),
    });
  });
});

describe('observe and plan', () => {
  test.each([
    ['ACTIVE', world()],
    ['gone', world({ images: [] })],
    [
      'unreadable: access denied (AccessDeniedException)',
      world({ refuse: { DescribeImages: awsError('AccessDeniedException') } }),
    ],
  ])('%s never stands in the way', async (seen, of) => {
    const observed = await action.observe(target, {}, actContext(mockAccount(of).aws));
    expect(observed).toEqual({ state: seen, owner: 'payments (tag team)' });
    expect(action.plan(target, {}, observed, { quietPullDays: 7 }).kind).toBe('step');
  });

  test('there is nothing to undo, and it says why', () => {
    expect(action.reversal.possible).toBe(false);
    expect(action.undo).toBeUndefined();
  });
});
