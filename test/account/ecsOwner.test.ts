import { describe, expect, test } from 'vitest';
import { clusterProtection, type EcsTag, readEcsOwner, taskOwnership } from '../../shared/account/ecsOwner.ts';
import { readsWith } from '../../shared/account/reads.ts';
import { awsError } from './awsError.ts';
import { mockAccount } from './mockAccount.ts';

const team = (value: string): readonly EcsTag[] => [{ key: 'team', value }];
const shielded: readonly EcsTag[] = [{ key: 'firebreak:protected', value: 'yes' }];

const prod = (tags: readonly EcsTag[], refuse?: Error) => {
  const refused = refuse === undefined ? {} : { refuse: { DescribeClusters: refuse } };
  return mockAccount({ images: [], clusters: [{ name: 'prod', tags }], ...refused });
};

interface Given {
  readonly service?: readonly EcsTag[];
  readonly definition?: readonly EcsTag[];
  readonly cluster?: readonly EcsTag[];
  readonly unread?: readonly ('service' | 'definition')[];
  readonly refuse?: Error;
}

async function ask({ service = [], definition = [], cluster = [], unread = [], refuse }: Given) {
  const mock = prod(cluster, refuse);
  const owner = await readEcsOwner(readsWith(mock.aws), 'prod', {
    services: { tags: [service], unread: unread.includes('service') },
    definitions: { tags: [definition], unread: unread.includes('definition') },
  });
  return { owner, asked: mock.inputs('ecs:DescribeClusters').length };
}

const denied = awsError('AccessDeniedException');

describe('whose a workload is', () => {
  test.each<[string, Given, string, number]>([
    [
      'its service’s before all',
      { service: team('a'), definition: team('b'), cluster: team('c'), unread: ['definition'] },
      'a (tag team)',
      0,
    ],
    [
      'its definition’s before the cluster’s',
      { definition: team('b'), cluster: team('c') },
      'b (tag team of the task definition)',
      0,
    ],
    ['its cluster’s', { cluster: team('c') }, 'c (tag team of cluster prod)', 1],
    [
      'nobody’s, and where it was asked',
      {},
      'unknown (no tag firebreak:owner, owner, team of service, task definition or cluster)',
      1,
    ],
    [
      'the next that says it, where a place could not be read',
      { definition: team('b'), unread: ['service'] },
      'b (tag team of the task definition; the service could not be read)',
      0,
    ],
    [
      'the cluster’s, where neither could',
      { cluster: team('c'), unread: ['service', 'definition'] },
      'c (tag team of cluster prod; the service could not be read; the task definition could not be read)',
      1,
    ],
    [
      'nobody’s, where the cluster may not be read',
      { refuse: denied },
      'unknown (no tag firebreak:owner, owner, team of service, task definition or cluster; cluster prod could not be read)',
      1,
    ],
  ])('%s', async (_what, given, owner, asked) => {
    expect(await ask(given)).toEqual({ owner, asked });
  });

  test('is not waited for: a throttle leaves it unknown', async () => {
    expect((await ask({ refuse: awsError('ThrottlingException') })).owner).toMatch(/^unknown \(.*cluster prod could/);
  });

  test('a fault of our own is not taken for an answer', async () => {
    await expect(ask({ refuse: new TypeError('undefined') })).rejects.toThrow(TypeError);
  });
});

describe('a cluster', () => {
  const protection = (tags: readonly EcsTag[], refuse?: Error) =>
    clusterProtection(readsWith(prod(tags, refuse).aws), 'prod');

  test('protects what runs in it by its tag, and not without', async () => {
    expect(await protection(shielded)).toBe('tag firebreak:protected of cluster prod');
    expect(await protection([{ key: 'firebreak:protected', value: 'no' }])).toBeNull();
    expect(await protection([])).toBeNull();
  });

  test('protects it where its tags cannot be read', async () => {
    expect(await protection([], denied)).toBe(
      'the tags of cluster prod could not be read: access denied (AccessDeniedException)',
    );
  });

  test('protects it where ECS does not know it', async () => {
    const { aws } = mockAccount({ images: [], clusters: [{ name: 'other' }, { name: 'prod' }] });
    const ecs = await aws.ecs();
    const client = { send: async () => ({ clusters: [], failures: [{ reason: 'MISSING' }] }) };
    const read = readsWith({ ...aws, ecs: async () => ({ ...ecs, client }) } as unknown as typeof aws);
    expect(await clusterProtection(read, 'prod')).toBe('cluster prod is not there');
  });

  test('is asked again where AWS may answer a little later', async () => {
    await expect(protection([], awsError('ThrottlingException'))).rejects.toMatchObject({
      name: 'ThrottlingException',
    });
  });
});

test('what a task says of itself is known as that', () => {
  expect(taskOwnership([...team('ghost'), ...shielded])).toEqual({
    owner: 'ghost',
    foundBy: 'tag team of the task',
    protectedBy: 'tag firebreak:protected of the task',
  });
});
