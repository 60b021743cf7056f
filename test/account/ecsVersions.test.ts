import { describe, expect, test } from 'vitest';
import { readVersions } from '../../shared/account/ecsVersions.ts';
import { readsWith } from '../../shared/account/reads.ts';
import { awsError } from './awsError.ts';
import { account, mockAccount, region, type TestService, type TestVersion, type World } from './mockAccount.ts';

const arn = (resource: string): string => `arn:aws:ecs:${region}:${account}:${resource}`;
const noon = (day: number): string => `2026-11-${String(day).padStart(2, '0')}T12:00:00.000Z`;

/** A revision that was deployed to steady state on this day. */
const version = (id: string, day: number, fields: Partial<TestVersion> = {}): TestVersion => ({
  id,
  definition: `web:${id}`,
  containers: [{ name: 'app', image: `repo:${id}`, digest: `sha256:${id}` }],
  createdAt: noon(day),
  deployments: [{ status: 'SUCCESSFUL', at: noon(day) }],
  ...fields,
});

async function versions(service: Partial<TestService>, world: Partial<World> = {}) {
  const web: TestService = { name: 'web', definition: [], ...service };
  const mock = mockAccount({ images: [], clusters: [{ name: 'prod', services: [web] }], ...world });
  const { client, DescribeServicesCommand } = await mock.aws.ecs();
  const answer = await client.send(new DescribeServicesCommand({ cluster: 'prod', services: ['web'] }));
  const read = await readVersions(readsWith(mock.aws), answer.services?.[0] ?? {});
  return { read, mock };
}

const told = async (service: Partial<TestService>, world: Partial<World> = {}): Promise<readonly string[]> =>
  (await versions(service, world)).read.map(
    ({ revision, deployedAt, steady }) =>
      `${revision.split('/').at(-1)} ${deployedAt.slice(8, 10)} ${steady ? 'steady' : 'not steady'}`,
  );

describe('what a service has run', () => {
  test('is the latest deployment first, with its tags resolved', async () => {
    const { read } = await versions({ history: [version('1', 1), version('3', 9), version('2', 5)], current: ['3'] });
    expect(read.map(({ revision }) => revision.split('/').at(-1))).toEqual(['3', '2', '1']);
    expect(read[0]).toEqual({
      revision: arn('service-revision/prod/web/3'),
      taskDefinition: arn('task-definition/web:3'),
      containers: [{ name: 'app', image: 'repo:3', digest: 'sha256:3' }],
      deployedAt: noon(9),
      steady: true,
    });
  });

  test('is read to the last page, and revisions no more at once than the call takes', async () => {
    const history = Array.from({ length: 45 }, (_, n) => version(String(n + 1), 1 + Math.floor(n / 2)));
    const { read, mock } = await versions({ history, current: ['45'] }, { pageSize: 10 });
    expect(read).toHaveLength(45);
    expect(mock.inputs('ecs:ListServiceDeployments')).toHaveLength(5);
    expect(mock.inputs('ecs:DescribeServiceRevisions').map((input) => input['serviceRevisionArns'])).toMatchObject([
      { length: 20 },
      { length: 20 },
      { length: 5 },
    ]);
  });

  test('counts from the first of several deployments of a revision', async () => {
    const deployments = [9, 2, 5].map((day) => ({ status: 'SUCCESSFUL' as const, at: noon(day) }));
    expect(await told({ history: [version('1', 2, { deployments })], current: ['1'] })).toEqual(['1 02 steady']);
  });

  test.each(['STOPPED', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED', 'IN_PROGRESS', 'PENDING'] as const)(
    'is not steady for a deployment that is %s',
    async (status) => {
      const history = [version('1', 1), version('2', 5, { deployments: [{ status, at: noon(5) }] })];
      expect(await told({ history, current: ['1'] })).toEqual(['2 05 not steady', '1 01 steady']);
    },
  );

  test('is steady when one of its deployments was, whatever came of another', async () => {
    const deployments = [
      { status: 'SUCCESSFUL' as const, at: noon(2) },
      { status: 'STOPPED' as const, at: noon(5) },
    ];
    expect(await told({ history: [version('1', 2, { deployments })] })).toEqual(['1 02 steady']);
  });

  test('includes what it runs now, though its deployment is older than ECS remembers, and that is steady', async () => {
    expect(await told({ history: [version('1', 1, { deployments: [] })], current: ['1'] })).toEqual(['1 01 steady']);
  });

  test.each([
    ['a rollout is under way', { current: ['1'], rollouts: ['COMPLETED', 'IN_PROGRESS'] }],
    ['the only rollout is not complete', { current: ['1'], rollouts: ['IN_PROGRESS'] }],
    ['the only rollout has failed', { current: ['1'], rollouts: ['FAILED'] }],
    ['two revisions run', { current: ['1', '2'] }],
  ] as const)('is not steady only because it runs now when %s', async (_what, service) => {
    const history = [version('1', 1, { deployments: [] }), version('2', 2, { deployments: [] })];
    expect(await told({ ...service, history })).toContain('1 01 not steady');
  });

  test('is nothing for a service that was never deployed', async () => {
    expect(await told({})).toEqual([]);
  });

  test('leaves out a revision that ECS does not show any more', async () => {
    expect(await told({ history: [version('1', 1, { gone: true }), version('2', 5)] })).toEqual(['2 05 steady']);
  });

  test('leaves out a revision of which nobody knows when it was deployed', async () => {
    const { createdAt: _, ...undated } = version('1', 1, { deployments: [{ status: 'SUCCESSFUL' }] });
    expect(await told({ history: [undated, version('2', 5)] })).toEqual(['2 05 steady']);
  });

  test('of an image elsewhere has no digest', async () => {
    const containers = [{ name: 'app', image: 'nginx:1' }];
    const { read } = await versions({ history: [version('1', 1, { containers })] });
    expect(read[0]?.containers).toEqual([{ name: 'app', image: 'nginx:1', digest: null }]);
  });

  test.each(['UnsupportedFeatureException', 'AccessDeniedException'])(
    'that ECS does not tell is no empty answer: %s',
    async (name) => {
      const refuse = { ListServiceDeployments: awsError(name) };
      await expect(versions({ history: [version('1', 1)] }, { refuse })).rejects.toMatchObject({ name });
    },
  );
});
