import { describe, expect, it } from 'vitest';
import { familyIn, readNamedVersion } from '../../shared/account/namedVersion.ts';
import { readsWith } from '../../shared/account/reads.ts';
import { image, type TestImage } from './images.ts';
import { account, mockAccount, region, repositoryUri, type World } from './mockAccount.ts';

const [clean, fixed] = [
  { ...image('amd64'), tags: ['1.0'] },
  { ...image('arm64'), tags: ['3.0'] },
];
const arn = (definition: string): string => `arn:aws:ecs:${region}:${account}:task-definition/${definition}`;
const envoy = { name: 'proxy', image: 'public.ecr.aws/envoy:1' };
const roles = { taskRoleArn: 'arn:aws:iam::1:role/b', executionRoleArn: 'arn:aws:iam::1:role/a' };

interface Given {
  readonly images?: readonly TestImage[];
  readonly containers?: readonly { readonly name: string; readonly image: string }[];
  readonly running?: readonly { readonly name: string; readonly image: string }[];
  readonly status?: 'ACTIVE' | 'INACTIVE';
}

/** A service runs `app:1`; `app:3` is there besides. */
function read(
  to: string | null,
  {
    images = [clean, fixed],
    status = 'ACTIVE',
    containers = [envoy, { name: 'app', image: `${repositoryUri}:3.0` }],
    running = [envoy, { name: 'app', image: `${repositoryUri}:1.0` }],
  }: Given = {},
) {
  const world: World = {
    images: [...images],
    taskDefinitions: {
      'app:1': { taskDefinitionArn: arn('app:1'), status: 'ACTIVE', containerDefinitions: [...running] },
      'app:3': { taskDefinitionArn: arn('app:3'), status, containerDefinitions: [...containers], ...roles },
    },
  };
  const now = { taskDefinition: arn('app:1'), digests: { app: clean.digest } };
  return readNamedVersion(readsWith(mockAccount(world).aws), to, now);
}

describe('a version that is named', () => {
  it('is a task definition: what its tags point to now, and the roles that go with it', async () => {
    expect(await read(arn('app:3'))).toMatchObject({
      why: null,
      version: {
        taskDefinition: arn('app:3'),
        digests: { app: fixed.digest },
        pins: {},
        roles: ['arn:aws:iam::1:role/a', 'arn:aws:iam::1:role/b'],
        images: [{ digest: fixed.digest }],
      },
    });
  });

  it('is an image: the definition that runs, with it in the place of the one from its repository', async () => {
    expect(await read(fixed.digest)).toMatchObject({
      version: {
        taskDefinition: arn('app:1'),
        digests: { app: fixed.digest },
        pins: { app: `${repositoryUri}@${fixed.digest}` },
      },
    });
  });

  it('is what runs, where none is named: by the digest that runs, whatever its tag points to by now', async () => {
    const moved = [
      { ...clean, tags: [] },
      { ...fixed, tags: ['1.0'] },
    ];
    expect(await read(null, { images: moved })).toMatchObject({
      version: { taskDefinition: arn('app:1'), digests: { app: clean.digest }, pins: {} },
    });
  });

  it('has a family, whether it is an ARN or not', () => {
    expect([arn('app:3'), 'app:12', 'my-app_1:7'].map(familyIn)).toEqual(['app', 'app', 'my-app_1']);
  });
});

describe('a version cannot run', () => {
  it.each([
    ['that is not there', 'app:9', {}, 'there is no task definition app:9'],
    ['of a definition that is INACTIVE', arn('app:3'), { status: 'INACTIVE' }, 'app:3 is INACTIVE'],
    [
      'of an image that is ARCHIVED',
      arn('app:3'),
      { images: [clean, { ...fixed, status: 'ARCHIVED' }] },
      'is ARCHIVED',
    ],
    ['of an image that is gone', arn('app:3'), { images: [clean] }, 'is not there: it could not be pulled'],
    [
      'of an image digest that no repository has',
      `sha256:${'9'.repeat(64)}`,
      {},
      'no repository of its containers has',
    ],
    [
      'of an image that is not in ECR',
      arn('app:3'),
      { containers: [{ ...envoy, image: 'public.ecr.aws/envoy:2' }] },
      'the image of proxy in task-definition/app:3 is not in ECR',
    ],
    [
      'of an image of which two containers are, so that a person must name a task definition',
      fixed.digest,
      {
        running: [
          { name: 'app', image: `${repositoryUri}:1.0` },
          { name: 'job', image: `${repositoryUri}:1.0` },
        ],
      },
      'name a task definition',
    ],
  ] as const)('%s', async (_what, to, given, why) => {
    const { version, why: said } = await read(to, given);
    expect(version).toBeNull();
    expect(said).toContain(why);
  });
});
