import { describe, expect, test } from 'vitest';
import { findCleanVersion } from '../../shared/account/cleanVersion.ts';
import { readsWith } from '../../shared/account/reads.ts';
import type { Version, VersionContainer } from '../../shared/account/workload.ts';
import { image, type TestImage } from './images.ts';
import { account, mockAccount, region, repositoryUri, type World } from './mockAccount.ts';

const bad = image('bad', { tags: ['3'] });
const good = image('good', { tags: ['2'] });
const older = image('older', { tags: ['1'] });
const all = [bad, good, older];
const proxy = 'public.ecr.aws/envoy:1';

const app = ({ digest, tags = [] }: TestImage): VersionContainer => ({
  name: 'app',
  image: `${repositoryUri}:${tags[0]}`,
  digest,
});

const version = (n: number, containers: readonly VersionContainer[], fields: Partial<Version> = {}): Version => ({
  revision: `revision/${n}`,
  taskDefinition: `arn:aws:ecs:${region}:${account}:task-definition/app:${n}`,
  containers,
  deployedAt: `2026-11-0${n}T00:00:00.000Z`,
  steady: true,
  ...fields,
});

const accused = version(3, [app(bad)]);
const before = version(2, [app(good)]);
const first = version(1, [app(older)]);
const taskRoleArn = `arn:aws:iam::${account}:role/checkout`;

const definitionOf = ({ containers }: Version) => ({
  taskRoleArn,
  status: 'ACTIVE' as const,
  containerDefinitions: containers.map(({ name, image: reference }) => ({ name, image: reference ?? '' })),
});

const world = (images: readonly TestImage[] = all, versions: readonly Version[] = [accused, before, first]): World => ({
  images: [...images],
  taskDefinitions: Object.fromEntries(
    versions.map((one) => [one.taskDefinition.slice(one.taskDefinition.indexOf('/') + 1), definitionOf(one)]),
  ),
});

const search = (
  versions: readonly Version[],
  of: World = world(all, versions),
  suspects: readonly TestImage[] = [],
  digests: readonly string[] = [bad.digest],
) => {
  const accusing = { digests, suspects: suspects.map(({ digest }) => digest) };
  return findCleanVersion(readsWith(mockAccount(of).aws), versions, accusing);
};

const none = (why: string) => ({ clean: null, why: expect.stringContaining(why) });
const found = ({ revision }: Version) => ({ clean: expect.objectContaining({ revision }), why: null });

describe('the clean version', () => {
  test('is the latest before the accused one, with what ran then, and the roles that go with it', async () => {
    expect(await search([accused, before, first])).toEqual({
      clean: {
        revision: before.revision,
        taskDefinition: before.taskDefinition,
        deployedAt: before.deployedAt,
        digests: { app: good.digest },
        pins: {},
        roles: [taskRoleArn],
      },
      why: null,
    });
  });

  test('is one before the first deployment of the accused image, and none between its deployments', async () => {
    const again = version(5, [app(bad)]);
    const between = version(4, [app(good)]);
    expect(await search([again, between, accused, first])).toEqual(found(first));
    expect(await search([again, between, accused])).toEqual(none('nothing to steady state before'));
  });

  test('has reached steady state', async () => {
    expect(await search([accused, { ...before, steady: false }, first])).toEqual(found(first));
  });

  test('is none that is accused, or that another incident suspects', async () => {
    expect(await search([accused, before, first], undefined, [good])).toEqual(found(first));
    expect(await search([accused, before], undefined, [good])).toEqual(none('app:2 is accused, too'));
  });

  test('can be pulled', async () => {
    const without = (one: TestImage) => world([bad, one, older], [accused, before, first]);
    expect(await search([accused, before, first], without({ ...good, status: 'ARCHIVED' }))).toEqual(found(first));
    expect(await search([accused, before], world([bad, { ...good, status: 'ARCHIVED' }]))).toEqual(none('is ARCHIVED'));
    expect(await search([accused, before], world([bad]))).toEqual(none('is gone'));
  });

  test('is none of which nobody knows what it ran', async () => {
    const unknown = version(2, [{ ...app(good), digest: null }]);
    expect(await search([accused, unknown])).toEqual(none('what app:2 ran is not known'));
    const silent = { ...before, containers: [] };
    expect(await search([accused, silent], world(all, [accused, before]))).toEqual(
      none('what app:2 ran in app is not'),
    );
  });

  test('is none where the accused container comes from elsewhere: nobody can say what its tag stands for now', async () => {
    const elsewhere = (n: number, digest: string) => version(n, [{ name: 'app', image: proxy, digest }]);
    const [bads, goods] = [elsewhere(3, bad.digest), elsewhere(2, good.digest)];
    expect(await search([bads, goods])).toEqual(none('the image of app:2 is not in ECR'));
  });

  test('may have a container from elsewhere beside the accused one', async () => {
    const beside: VersionContainer = { name: 'proxy', image: proxy, digest: null };
    expect(await search([version(3, [app(bad), beside]), version(2, [app(good), beside])])).toEqual(found(before));
  });

  test('is none where the accused image was never deployed, or its definition is gone', async () => {
    expect(await search([before, first])).toEqual(none('when the accused image was deployed is not known'));
    expect(await search([accused, before], world(all, [accused]))).toEqual(none('app:2 is not there any more'));
  });

  test('is pinned to its digest where its tag has moved, or is gone', async () => {
    const pinned = { clean: { pins: { app: `${repositoryUri}@${good.digest}` } } };
    const moved = world([bad, { ...good, tags: [] }, { ...older, tags: ['1', '2'] }], [accused, before]);
    expect(await search([accused, before], moved)).toMatchObject(pinned);
    expect(await search([accused, before], world([bad, { ...good, tags: [] }]))).toMatchObject(pinned);
  });

  test('is pinned where its definition was deregistered', async () => {
    const of = world();
    const { 'app:2': known, ...others } = of.taskDefinitions ?? {};
    const deregistered = { ...of, taskDefinitions: { ...others, 'app:2': { ...known, status: 'INACTIVE' as const } } };
    expect(await search([accused, before, first], deregistered)).toMatchObject({
      clean: { revision: before.revision, pins: { app: `${repositoryUri}@${good.digest}` } },
    });
  });

  test('is looked for in the ten deployments before, and no further', async () => {
    const many = Array.from({ length: 11 }, (_, at) => {
      const deployedAt = new Date(Date.UTC(2026, 9, 20 - at)).toISOString();
      return version(1, [app(at < 10 ? good : older)], { deployedAt, revision: `revision/${at}` });
    });
    expect((await search([accused, ...many], world(), [good])).clean).toBeNull();
    expect((await search([accused, ...many.slice(1)], world(), [good])).clean).not.toBeNull();
  });
});
