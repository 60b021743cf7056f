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
  type TestRule,
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
  const elsewhere = repositoryUri.replace(account, '210987654321');
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
    [
      "the digest from another account's registry: the same content runs, whoever keeps it",
      { id: 't', image: `${elsewhere}:prod`, imageDigest: amd.digest },
      ['task t digest'],
    ],
    ["no digest, by the same tag of another account's registry", { id: 't', image: `${elsewhere}:prod` }, []],
    ['no digest, from another repository', { id: 't', image: 'nginx' }, []],
    [
      'being stopped',
      { id: 't', image, imageDigest: amd.digest, desiredStatus: 'STOPPED', lastStatus: 'STOPPING' },
      ['task t digest'],
    ],
    [
      'leaving its load balancer',
      { id: 't', image, imageDigest: amd.digest, desiredStatus: 'STOPPED', lastStatus: 'DEACTIVATING' },
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
    [
      'names the digest of a platform where its index is what ECS reports',
      { name, definition: [`${repositoryUri}@${amd.digest}`], revision: [{ image: byTag, imageDigest: other.digest }] },
      ['service web tag', 'task-definition web:12 digest'],
    ],
    [
      "names another account's registry by tag, which is not ours to tell",
      { name, definition: [byTag.replace(account, '210987654321')] },
      [],
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

describe('rules', () => {
  const definitions = {
    'report:3': ['nginx', `${repositoryUri}:prod`],
    'pinned:1': [`${repositoryUri}@${release.digest}`],
    'other:7': [`${repositoryUri}:old`],
  };
  const rule = { name: 'nightly', cluster: 'prod', definitions: ['report:3'] };
  const started = (...rules: TestRule[]) => users({ ...inProd([]), rules, definitions });

  test.each([
    ['by a tag that points to it', rule, ['task-definition report:3 tag']],
    ['by the digest of its index', { ...rule, definitions: ['pinned:1'] }, ['task-definition pinned:1 digest']],
    ['in the latest revision', { ...rule, definitions: ['report'] }, ['task-definition report tag']],
    ['beside another target', { ...rule, other: true }, ['task-definition report:3 tag']],
    ['as its second task', { ...rule, definitions: ['other:7', 'report:3'] }, ['task-definition report:3 tag']],
    ['on a bus of its own', { ...rule, bus: 'orders' }, ['task-definition report:3 tag']],
    ['another image', { ...rule, definitions: ['other:7'] }, []],
    ['and is gone in between', { ...rule, gone: true }, []],
    [
      'a definition that is not there any more',
      { ...rule, definitions: ['deleted:1'] },
      ['unread task-definition/deleted:1 of rule/nightly'],
    ],
  ])('a rule that starts it %s', async (_what, one, expected) => {
    expect(await started(one)).toEqual(expected);
  });

  test('are named with their bus, and with the service that starts the same definition', async () => {
    const definition = [`${repositoryUri}:prod`];
    const both = { ...rule, bus: 'orders', definitions: ['web:12'] };
    const world = { images, ...inProd([], [{ name: 'web', definition }]), rules: [both, { ...both, bus: 'default' }] };
    const read = readsWith(mockAccount(world).aws);
    const graph = await readImageGraph(read, { account, region, repository, digest: amd.digest });
    expect(graph.users).toMatchObject([{ startedBy: ['service/prod/web', 'rule/nightly', 'rule/orders/nightly'] }]);
  });

  test('on later pages of buses, rules and targets', async () => {
    const rules = ['a', 'b', 'c'].flatMap((bus) =>
      [1, 2, 3].map((n) => ({ name: `r${n}`, bus, cluster: 'prod', definitions: ['other:7', 'other:7', 'other:7'] })),
    );
    const last = { name: 'z', bus: 'c', cluster: 'prod', definitions: ['other:7', 'other:7', 'report:3'] };
    const found = await users({ ...inProd([]), rules: [...rules, last], definitions, pageSize: 2 });
    expect(found).toEqual(['task-definition report:3 tag']);
  });

  test('are not asked for where there is no cluster', async () => {
    const { aws, sent } = mockAccount({ images, rules: [rule], definitions });
    await readImageGraph(readsWith(aws), { account, region, repository, digest: amd.digest });
    expect(sent().filter((command) => command.startsWith('events:'))).toEqual([]);
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
