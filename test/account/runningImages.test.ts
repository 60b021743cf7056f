import { describe, expect, test } from 'vitest';
import { readsWith } from '../../shared/account/reads.ts';
import { readRunningImages } from '../../shared/account/runningImages.ts';
import { awsError } from './awsError.ts';
import { mockAccount, repositoryUri, type TestTask, type World } from './mockAccount.ts';

const digest = (n: number) => `sha256:${String(n).repeat(64)}`;
const task = (id: string, more: Partial<TestTask> = {}): TestTask => ({
  ...{ id, image: `${repositoryUri}:1.0`, imageDigest: digest(1), task: { group: 'service:checkout' }, ...more },
});
const world = (tasks: readonly TestTask[], more: Partial<World> = {}): World => ({
  images: [],
  clusters: [{ name: 'prod', services: [], tasks }],
  ...more,
});
async function read(given: World) {
  const { images, unread } = await readRunningImages(readsWith(mockAccount(given).aws));
  return { images: images.map(({ name, runs }) => `${name} ${runs.join(' ')}`), unread };
}

describe('the images that run', () => {
  test('are those of tasks by the digest that ECS says, each once, whatever the tag points to by now', async () => {
    const other = task('c', { image: 'nginx', imageDigest: digest(2), task: { group: 'family:batch' } });
    expect(await read(world([task('a'), task('b', { task: { group: 'service:worker' } }), other]))).toEqual({
      images: [
        `${repositoryUri}@${digest(1)} service/prod/checkout service/prod/worker`,
        `docker.io/library/nginx@${digest(2)} task/prod/batch`,
      ],
      unread: [],
    });
  });

  test('are all of them, whatever the pages', async () => {
    const tasks = Array.from({ length: 7 }, (_, n) => task(`t${n}`, { imageDigest: digest(n) }));
    expect((await read(world(tasks, { pageSize: 2 }))).images).toHaveLength(7);
  });

  test('are none of a task that does not run yet, or any more', async () => {
    const tasks = [task('a', { lastStatus: 'PENDING' }), task('b', { lastStatus: 'STOPPED' })];
    expect(await read(world(tasks))).toEqual({ images: [], unread: [] });
  });

  test('are those of functions, by the digest that Lambda resolved, but not of archives or old versions', async () => {
    const functions = [
      { name: 'resize', uri: `${repositoryUri}:2`, resolved: `${repositoryUri}@${digest(2)}` },
      { name: 'resize', version: '1', uri: `${repositoryUri}:1`, resolved: `${repositoryUri}@${digest(1)}` },
      { name: 'zipped', zip: true },
    ];
    expect((await read(world([], { functions }))).images).toEqual([`${repositoryUri}@${digest(2)} function/resize`]);
  });

  test('are known by their tag alone where nothing says the digest', async () => {
    const { imageDigest: _, ...unresolved } = task('a');
    expect((await read(world([unresolved]))).images).toEqual([`${repositoryUri}:1.0 service/prod/checkout`]);
  });

  test('are not all of them where something could not be read, and that is said', async () => {
    const refuse = { ListTasks: awsError('AccessDeniedException', 400) };
    const came = await read(world([task('a')], { refuse }));
    expect(came.images).toEqual([]);
    expect(came.unread).toMatchObject([
      { place: 'ECS tasks of cluster/prod', why: 'access denied (AccessDeniedException)' },
    ]);
  });

  test('of a name that is none are known by what is written, and keep none of the others back', async () => {
    const sha512 = `${repositoryUri}@sha512:${'a'.repeat(128)}`;
    const tasks = [task('a', { image: 'NOT an image' }), task('b', { image: sha512, imageDigest: digest(2) })];
    const { images, unread } = await readRunningImages(readsWith(mockAccount(world(tasks)).aws));
    expect(images.map(({ name, reference }) => [name, reference])).toEqual([
      [sha512, null],
      ['NOT an image', null],
    ]);
    expect(unread).toEqual([]);
  });

  test('have whatever digest another registry has, and in Amazon ECR no other than SHA-256', async () => {
    const sha512 = `sha512:${'a'.repeat(128)}`;
    const miner = task('a', { image: `evil.example.com/miner@${sha512}`, imageDigest: sha512 });
    const ours = task('b', { imageDigest: sha512 });
    expect(await read(world([miner, ours]))).toEqual({
      images: [`${repositoryUri}:1.0 service/prod/checkout`, `evil.example.com/miner@${sha512} service/prod/checkout`],
      unread: [],
    });
  });

  test('names at most twenty that run it', async () => {
    const tasks = Array.from({ length: 30 }, (_, n) => task(`t${n}`, { task: { group: `service:s${n}` } }));
    expect((await read(world(tasks))).images[0]?.split(' ')).toHaveLength(21);
  });
});
