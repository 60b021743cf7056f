import { describe, expect, test } from 'vitest';
import { type ImageGraph, readImageGraph } from '../../shared/account/imageGraph.ts';
import { readsWith } from '../../shared/account/reads.ts';
import { awsError } from './awsError.ts';
import { attestation, image, index } from './images.ts';
import { account, mockAccount, region, repository, repositoryUri, type World } from './mockAccount.ts';

const amd = image('amd64', { lastPull: '2026-11-01T00:00:00.000Z' });
const arm = image('arm64');
const release = index([amd, arm], { tags: ['1.42.0', 'prod'], lastPull: '2026-11-02T00:00:00.000Z' });
const other = image('other', { tags: ['old'] });

const images = () => [amd, arm, release, other].map((one) => ({ ...one }));
const read = (world: World, digest: string, known = {}): Promise<ImageGraph> =>
  readImageGraph(readsWith(mockAccount(world).aws), { account, region, repository, digest }, known);
const set = (graph: ImageGraph): string[] => graph.images.map((one) => one.digest);

describe('the images that hang together', () => {
  test('a platform image brings its index, first, the other platforms and the attestation', async () => {
    const provenance = attestation([amd, arm]);
    const graph = await read({ images: [...images(), provenance] }, amd.digest);
    expect(set(graph)[0]).toBe(release.digest);
    expect(new Set(set(graph))).toEqual(new Set([release.digest, amd.digest, arm.digest, provenance.digest]));
    expect(graph.images[0]).toMatchObject({ kind: 'index', tags: ['1.42.0', 'prod'] });
    expect(graph.lastPull).toBe('2026-11-02T00:00:00.000Z');
    expect(graph.unread).toEqual([]);
  });

  test('the index brings the same set', async () => {
    expect(set(await read({ images: images() }, release.digest))).toEqual(
      set(await read({ images: images() }, amd.digest)),
    );
  });

  test('an image of no index stands alone', async () => {
    const graph = await read({ images: images() }, other.digest);
    expect(set(graph)).toEqual([other.digest]);
    expect(graph.lastPull).toBeNull();
  });

  test('another index that shares another platform is named, one that holds the digest belongs to the set', async () => {
    const shares = index([arm, image('third')], { tags: ['edge'] });
    const holds = index([amd], { tags: ['amd-only'] });
    const graph = await read({ images: [...images(), shares, holds] }, amd.digest);
    expect(graph.sharedWith).toEqual([shares.digest]);
    expect(set(graph)).toContain(holds.digest);
    expect(set(graph)).not.toContain(shares.digest);
  });

  test('an index that lists the image as an attestation belongs to the set, and what runs it is seen', async () => {
    const cover = index([other], { tags: ['cover'] }, amd);
    const tasks = [{ id: 't1', image: `${repositoryUri}:cover`, imageDigest: cover.digest }];
    const graph = await read({ images: [...images(), cover], clusters: [{ name: 'prod', tasks }] }, amd.digest);
    expect(set(graph)).toContain(cover.digest);
    expect(set(graph)).toContain(other.digest);
    expect(graph.users.map(({ digest }) => digest)).toEqual([cover.digest]);
  });

  test('an index that lists another platform as an attestation shares it', async () => {
    const cover = index([other], { tags: ['cover'] }, arm);
    const graph = await read({ images: [...images(), cover] }, amd.digest);
    expect(graph.sharedWith).toEqual([cover.digest]);
    expect(set(graph)).not.toContain(cover.digest);
  });

  test('every page is read', async () => {
    const many = Array.from({ length: 25 }, (_, at) => image(`filler ${at}`));
    const world = { images: [...many, ...images()], pageSize: 4 };
    expect(set(await read(world, amd.digest))).toHaveLength(3);
  });

  test('archived images are seen, and what their index lists is taken from what is known', async () => {
    const archived = images().map((one) =>
      one.digest === other.digest ? one : { ...one, status: 'ARCHIVED' as const },
    );
    const graph = await read({ images: archived }, amd.digest, { [release.digest]: [amd.digest, arm.digest] });
    expect(graph.images.map((one) => one.status)).toEqual(['ARCHIVED', 'ARCHIVED', 'ARCHIVED']);
    expect(set(await read({ images: archived }, amd.digest))).toEqual([amd.digest]);
  });

  test('a digest that is not there is a target that is gone, and so is a repository that is not there', async () => {
    await expect(read({ images: images() }, `sha256:${'0'.repeat(64)}`)).rejects.toMatchObject({ name: 'TargetGone' });
    const refuse = { DescribeImages: awsError('RepositoryNotFoundException') };
    await expect(read({ images: images(), refuse }, amd.digest)).rejects.toMatchObject({
      name: 'RepositoryNotFoundException',
    });
  });
});

describe('what could not be read is said', () => {
  test.each([
    ['BatchGetImage', 'the indexes of repository/payments/checkout-api'],
    ['ListClusters', 'ECS clusters'],
    ['ListTasks', 'ECS tasks of cluster/prod'],
    ['DescribeTasks', 'ECS tasks of cluster/prod'],
    ['ListServices', 'ECS services of cluster/prod'],
    ['DescribeServices', 'ECS services of cluster/prod'],
    ['DescribeServiceRevisions', 'ECS services of cluster/prod'],
    ['DescribeTaskDefinition', 'task-definition/web:12 of service/prod/web, rule/nightly, schedule/default/monthly'],
    ['ListEventBuses', 'event buses'],
    ['ListRuleNamesByTarget', 'EventBridge rules of cluster/prod on bus default'],
    ['ListTargetsByRule', 'EventBridge rules of cluster/prod on bus default'],
    ['ListSchedules', 'EventBridge Scheduler'],
    ['GetSchedule', 'schedule/default/monthly'],
    ['ListEksClusters', 'EKS clusters'],
    ['ListFunctions', 'Lambda functions'],
    ['GetFunction', 'function:resize:$LATEST'],
  ])('%s denied or throttled', async (command, place) => {
    const world = (error: Error): World => ({
      images: images(),
      clusters: [
        {
          name: 'prod',
          tasks: [{ id: 't1', image: 'nginx', imageDigest: other.digest }],
          services: [{ name: 'web', definition: ['nginx'], revision: [{ image: 'nginx' }] }],
        },
      ],
      functions: [{ name: 'resize' }],
      rules: [{ name: 'nightly', cluster: 'prod', definitions: ['web:12'] }],
      schedules: [{ name: 'monthly', definition: 'web:12' }],
      refuse: { [command]: error },
    });
    const denied = await read(world(awsError('AccessDeniedException')), amd.digest);
    expect(denied.unread).toEqual([{ place, why: 'access denied (AccessDeniedException)', mayPass: false }]);
    const throttled = await read(world(awsError('ThrottlingException')), amd.digest);
    const why = 'AWS asked us to slow down (ThrottlingException)';
    expect(throttled.unread).toEqual([{ place, why, mayPass: true }]);
  });

  test('a fault of our own is not taken for an unread place', async () => {
    const refuse = { ListClusters: new TypeError('undefined is not a function') };
    await expect(read({ images: images(), refuse }, amd.digest)).rejects.toThrow(TypeError);
  });

  test('a failure for one task or service counts, unless it was gone in between', async () => {
    const clusters = (failure: string) => [
      {
        name: 'prod',
        tasks: [{ id: 't1', image: 'nginx', failure }],
        services: [{ name: 'web', definition: ['nginx'], failure }],
      },
    ];
    expect((await read({ images: images(), clusters: clusters('MISSING') }, amd.digest)).unread).toEqual([]);
    expect((await read({ images: images(), clusters: clusters('INTERNAL') }, amd.digest)).unread).toEqual([
      { place: 'task/prod/t1', why: 'INTERNAL' },
      { place: 'service/prod/web', why: 'INTERNAL' },
    ]);
  });

  test('an archived index matters only when something runs it, because it cannot be pulled', async () => {
    const archived = images().map((one) =>
      one.digest === release.digest ? { ...one, status: 'ARCHIVED' as const } : one,
    );
    expect((await read({ images: archived }, other.digest)).unread).toEqual([]);
    const tasks = [{ id: 't1', image: `${repositoryUri}:prod`, imageDigest: release.digest }];
    const graph = await read({ images: archived, clusters: [{ name: 'prod', tasks }] }, other.digest);
    expect(graph.users).toEqual([]);
    expect(graph.unread).toEqual([{ place: `index ${release.digest}`, why: expect.stringContaining('task/prod/t1') }]);
  });

  test('an active index whose manifest is no index counts as unread', async () => {
    const odd = { ...index([amd]), manifest: '{"manifests":"none"}' };
    expect((await read({ images: [...images(), odd] }, other.digest)).unread).toEqual([
      { place: `index ${odd.digest}`, why: 'its manifest is no index' },
    ]);
  });
});
