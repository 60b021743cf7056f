import { describe, expect, test } from 'vitest';
import { readImageGraph } from '../../shared/account/imageGraph.ts';
import { readsWith } from '../../shared/account/reads.ts';
import { image, index } from './images.ts';
import {
  account,
  mockAccount,
  region,
  repository,
  repositoryUri,
  type TestFunction,
  type TestService,
  type TestTask,
  type World,
} from './mockAccount.ts';

const amd = image('amd64');
const release = index([amd], { tags: ['prod'] });
const other = image('other', { tags: ['old'] });
const images = [amd, release, other];

async function users(world: Omit<World, 'images'>): Promise<string[]> {
  const { aws } = mockAccount({ images, ...world });
  const graph = await readImageGraph(readsWith(aws), { account, region, repository, digest: amd.digest });
  return [
    ...graph.users.map((user) => `${user.kind} ${user.arn.split('/').at(-1)} ${user.by}`),
    ...graph.unread.map(({ place }) => `unread ${place}`),
  ];
}
const inProd = (tasks: TestTask[], services: TestService[] = []) => ({ clusters: [{ name: 'prod', tasks, services }] });

describe('tasks', () => {
  const image = `${repositoryUri}:prod`;
  test.each([
    ['its own digest', { id: 't', image, imageDigest: amd.digest }, ['task t digest']],
    [
      'the digest of its index, which is what ECS reports',
      { id: 't', image, imageDigest: release.digest },
      ['task t digest'],
    ],
    ['the digest from another registry', { id: 't', image: 'mirror/x:1', imageDigest: amd.digest }, ['task t digest']],
    ['another digest under the same tag', { id: 't', image, imageDigest: other.digest }, []],
    ['no digest yet, by a tag that points to it', { id: 't', image, lastStatus: 'PENDING' }, ['task t tag']],
    [
      'no digest, by a tag that points elsewhere now',
      { id: 't', image: `${repositoryUri}:old` },
      ['unread task/prod/t'],
    ],
    ['no digest, from another repository', { id: 't', image: 'nginx' }, []],
    [
      'being stopped',
      { id: 't', image, imageDigest: amd.digest, desiredStatus: 'STOPPED', lastStatus: 'STOPPING' },
      ['task t digest'],
    ],
    ['stopped', { id: 't', image, imageDigest: amd.digest, desiredStatus: 'STOPPED', lastStatus: 'STOPPED' }, []],
  ] as const)('a task with %s', async (_what, task, expected) => {
    expect(await users(inProd([task]))).toEqual(expected);
  });

  test('more than a page and more than DescribeTasks takes at once', async () => {
    const tasks = Array.from({ length: 230 }, (_, at) => ({
      id: `t${at}`,
      image,
      imageDigest: at === 229 ? amd.digest : other.digest,
    }));
    expect(await users({ ...inProd(tasks), pageSize: 60 })).toEqual(['task t229 digest']);
  });
});

describe('services', () => {
  const name = 'web';
  const byTag = `${repositoryUri}:prod`;
  const definition = ['nginx'];
  test.each([
    [
      'runs its index',
      { name, definition, revision: [{ image: byTag, imageDigest: release.digest }] },
      ['service web digest'],
    ],
    [
      'runs another digest, but would deploy it',
      { name, definition, revision: [{ image: byTag, imageDigest: other.digest }] },
      ['service web tag'],
    ],
    [
      'runs another image',
      { name, definition, revision: [{ image: `${repositoryUri}:old`, imageDigest: other.digest }] },
      [],
    ],
    [
      'was never deployed, and its definition names the tag',
      { name, definition: [byTag] },
      ['task-definition web:12 tag'],
    ],
    [
      'was never deployed, and its definition names the digest',
      { name, definition: [`${repositoryUri}@${release.digest}`] },
      ['task-definition web:12 digest'],
    ],
    ['names the tag with another digest', { name, definition: [`${byTag}@${other.digest}`] }, []],
    ['is deleted', { name, status: 'INACTIVE', definition: [byTag] }, []],
  ] as const)('a service that %s', async (_what, service, expected) => {
    expect(await users(inProd([], [service]))).toEqual(expected);
  });

  test('more than DescribeServices takes at once, in several clusters', async () => {
    const services = (last: string) =>
      Array.from({ length: 23 }, (_, at) => ({ name: `s${at}`, definition: [at === 22 ? last : 'nginx'] }));
    const clusters = [
      { name: 'a', services: services('nginx') },
      { name: 'b', services: services(`${repositoryUri}:prod`).map((one) => ({ ...one, name: `b${one.name}` })) },
    ];
    expect(await users({ clusters, pageSize: 5 })).toEqual(['task-definition bs22:12 tag']);
  });
});

describe('functions', () => {
  const resolved = `${repositoryUri}@${amd.digest}`;
  test.each([
    ['made from it', { name: 'f', uri: `${repositoryUri}:prod`, resolved }, ['function f:$LATEST digest']],
    ['of an older version that an alias may serve', { name: 'f', version: '3', resolved }, ['function f:3 digest']],
    ['made from another image', { name: 'f', resolved: `${repositoryUri}@${other.digest}` }, []],
    ['made from a zip file', { name: 'f', zip: true, resolved }, []],
    ['gone in between', { name: 'f', gone: true, resolved }, []],
  ] as const)('a function %s', async (_what, one, expected) => {
    const found = await users({ functions: [one satisfies TestFunction] });
    expect(found.map((user) => user.replace(/arn:.*function:/, ''))).toEqual(expected);
  });

  test('on a later page', async () => {
    const functions = Array.from({ length: 7 }, (_, at) => ({ name: `f${at}`, zip: at < 6, resolved }));
    expect(await users({ functions, pageSize: 3 })).toHaveLength(1);
  });
});
