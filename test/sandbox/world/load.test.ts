import { describe, expect, it } from 'vitest';
import type { Account } from '../../../sandbox/account.ts';
import { digestOf } from '../../../sandbox/services/ecr/manifests.ts';
import { repositories, type StoredImage } from '../../../sandbox/services/ecr/state.ts';
import { clusters } from '../../../sandbox/services/ecs/state.ts';
import { eventsState } from '../../../sandbox/services/eventbridge/state.ts';
import { everyFunction } from '../../../sandbox/services/lambda/operations/accountFunctions.ts';
import { loadWorld } from '../../../sandbox/world/load.ts';
import { WorldError } from '../../../sandbox/world/read.ts';
import { worldSchema } from '../../../sandbox/world/schema.ts';
import { fakeAccount } from '../fakeAccount.ts';
import { digest } from './digests.ts';

function accountOf(world: object): Account {
  const { account } = fakeAccount();
  loadWorld(account, worldSchema.parse({ region: 'eu-west-1', ...world }));
  return account;
}

function images(list: readonly object[]): ReadonlyMap<string, StoredImage> {
  const account = accountOf({ repositories: [{ name: 'app', images: list }] });
  return repositories(account).get('app')?.images ?? new Map();
}

const image = (list: readonly object[], letter: string): StoredImage | undefined => images(list).get(digest(letter));

describe('the images of a repository', () => {
  it('keeps digest, tags, times and storage class as given', () => {
    const given = {
      digest: digest('a'),
      tags: ['prod', '1.0'],
      pushedAt: '2026-11-01T10:00:00Z',
      lastPulledAt: '2026-11-02T10:00:00Z',
      storageClass: 'ARCHIVE',
      scan: { CRITICAL: 12 },
    };
    expect(image([given], 'a')).toMatchObject({
      digest: digest('a'),
      tags: new Set(['prod', '1.0']),
      pushedAt: Date.parse('2026-11-01T10:00:00Z'),
      lastPulledAt: Date.parse('2026-11-02T10:00:00Z'),
      status: 'ARCHIVED',
      scan: { CRITICAL: 12 },
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      artifactMediaType: 'application/vnd.oci.image.config.v1+json',
      platforms: [],
    });
  });

  it('makes an index of an image with platforms, and an image of each platform', () => {
    const index = {
      digest: digest('a'),
      tags: ['prod'],
      lastPulledAt: '2026-11-02T10:00:00Z',
      platforms: [{ digest: digest('b') }, { digest: digest('c'), architecture: 'arm64' }],
      scan: { HIGH: 3 },
    };
    const all = images([index]);
    expect([...all.keys()]).toEqual([digest('a'), digest('b'), digest('c')]);
    expect(JSON.parse(all.get(digest('a'))?.manifest ?? '')).toMatchObject({
      mediaType: 'application/vnd.oci.image.index.v1+json',
      manifests: [
        { digest: digest('b'), platform: { architecture: 'amd64', os: 'linux' } },
        { digest: digest('c'), platform: { architecture: 'arm64', os: 'linux' } },
      ],
    });
    expect(all.get(digest('b'))).toMatchObject({
      tags: new Set(),
      lastPulledAt: Date.parse('2026-11-02T10:00:00Z'),
      scan: { HIGH: 3 },
    });
    // ECR scans the images of an index, not the index.
    expect(all.get(digest('a'))?.scan).toBeUndefined();
  });

  it('gives every image a manifest of its own, which nothing else in the repository has', () => {
    const all = [...images([{ digest: digest('a') }, { digest: digest('b') }]).values()];
    expect(new Set(all.map(({ manifest }) => digestOf(manifest))).size).toBe(2);
  });

  const first = { digest: digest('a'), pushedAt: '2026-02-01T00:00:00Z', platforms: [{ digest: digest('c') }] };
  const second = {
    digest: digest('b'),
    pushedAt: '2026-01-01T00:00:00Z',
    lastPulledAt: '2026-03-01T00:00:00Z',
    platforms: [{ digest: digest('c') }],
  };

  it('has a platform of two indexes once: pushed with the first, pulled with the last', () => {
    expect(images([first, second]).size).toBe(3);
    expect(image([first, second], 'c')).toMatchObject({
      pushedAt: Date.parse('2026-01-01T00:00:00Z'),
      lastPulledAt: Date.parse('2026-03-01T00:00:00Z'),
      status: 'ACTIVE',
    });
  });

  it('archives a platform with its index, but not while another index needs it', () => {
    const archived = { storageClass: 'ARCHIVE' };
    expect(image([{ ...first, ...archived }, second], 'c')?.status).toBe('ACTIVE');
    expect(
      image(
        [
          { ...first, ...archived },
          { ...second, ...archived },
        ],
        'c',
      )?.status,
    ).toBe('ARCHIVED');
  });

  it('takes a platform from its own entry where there is one', () => {
    const own = { digest: digest('c'), tags: ['amd64'], scan: { LOW: 1 } };
    expect(image([{ ...first, scan: { CRITICAL: 1 } }, own], 'c')).toMatchObject({
      tags: new Set(['amd64']),
      scan: { LOW: 1 },
      pushedAt: Date.parse('2026-01-01T00:00:00Z'),
    });
  });
});

describe('what runs them', () => {
  const world = {
    repositories: [
      { name: 'app', images: [{ digest: digest('a'), tags: ['prod'], platforms: [{ digest: digest('b') }] }] },
    ],
    taskDefinitions: [
      {
        family: 'api',
        revision: 7,
        containers: [
          { name: 'web', image: 'app:prod' },
          { name: 'proxy', image: 'public.ecr.aws/envoy/envoy:1' },
        ],
      },
    ],
    clusters: [
      {
        name: 'prod',
        services: [
          { name: 'api', taskDefinition: 'api:7', desiredCount: 2, tags: { team: 'payments' } },
          { name: 'idle', taskDefinition: 'api:7', desiredCount: 0 },
        ],
        tasks: [{ id: 'job', taskDefinition: 'api:7', status: 'STOPPING' }],
        scheduledTasks: [{ name: 'nightly', schedule: 'rate(1 minute)', taskDefinition: 'api:7' }],
      },
    ],
  };
  const prod = clusters(accountOf(world)).get('prod');

  it('pins a tag to its digest, for an index to that of the index; elsewhere none is known', () => {
    expect(prod?.services.get('api')?.revision.containers).toEqual([
      {
        name: 'web',
        image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:prod',
        digest: digest('a'),
      },
      { name: 'proxy', image: 'public.ecr.aws/envoy/envoy:1', digest: undefined },
    ]);
  });

  it('has no digest for a service that never deployed a task', () => {
    expect(prod?.services.get('idle')?.revision.containers.map((container) => container.digest)).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('starts as many tasks as a service wants, and those of no service', () => {
    const tasks = [...(prod?.tasks.values() ?? [])].map(({ group, status, startedBy }) => ({
      group,
      status,
      startedBy,
    }));
    const startedBy = prod?.services.get('api')?.deploymentId;
    expect(startedBy).toMatch(/^ecs-svc\/\d{19}$/);
    expect(tasks).toEqual([
      { group: 'service:api', status: 'RUNNING', startedBy },
      { group: 'service:api', status: 'RUNNING', startedBy },
      { group: 'family:api', status: 'STOPPING', startedBy: undefined },
    ]);
  });

  it('has a rule for each scheduled task, which starts nothing and fails nowhere', async () => {
    const { account, clock } = fakeAccount();
    loadWorld(account, worldSchema.parse({ region: 'eu-west-1', ...world }));
    const { rules, dropped } = eventsState(account);
    const ecs = 'arn:aws:ecs:eu-west-1:123456789012:';
    expect(rules.get('nightly')).toMatchObject({
      enabled: true,
      scheduleExpression: 'rate(1 minute)',
      targets: [{ arn: `${ecs}cluster/prod`, taskDefinitionArn: `${ecs}task-definition/api:7` }],
    });
    const tasks = clusters(account).get('prod')?.tasks.size;
    await clock.advance(600_000);
    expect(dropped).toEqual([]);
    expect(clusters(account).get('prod')?.tasks.size).toBe(tasks);
  });

  it('is the same from the same seed', () => {
    expect([...(clusters(accountOf(world)).get('prod')?.tasks.keys() ?? [])]).toEqual([...(prod?.tasks.keys() ?? [])]);
  });
});

describe('functions', () => {
  it('keeps the digest that a tag had, and takes one without an image as a zip', () => {
    const account = accountOf({
      repositories: [{ name: 'app', images: [{ digest: digest('a'), tags: ['prod'] }] }],
      functions: [
        { name: 'worker', image: 'app:prod' },
        { name: 'pinned', image: `app@${digest('a')}` },
        { name: 'zip' },
      ],
    });
    const host = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';
    expect(everyFunction(account).map(({ imageUri, resolvedImageUri }) => [imageUri, resolvedImageUri])).toEqual([
      [`${host}/app:prod`, `${host}/app@${digest('a')}`],
      [`${host}/app@${digest('a')}`, `${host}/app@${digest('a')}`],
      [undefined, undefined],
    ]);
  });
});

describe('a world made in a program', () => {
  it('is checked like a file', () => {
    const broken = { clusters: [{ name: 'prod', tasks: [{ id: 't', taskDefinition: 'job:1' }] }] };
    expect(() => accountOf(broken)).toThrow(WorldError);
    expect(() => accountOf(broken)).toThrow(
      'account file: clusters[0].tasks[0].taskDefinition: job:1 is not among the taskDefinitions; add it there',
    );
  });
});
