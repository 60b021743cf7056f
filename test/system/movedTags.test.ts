import { ECRClient, PutImageCommand, UpdateImageStorageClassCommand } from '@aws-sdk/client-ecr';
import { describe, expect, it } from 'vitest';
import { rootCredentials } from '../../sandbox/iam/credentials.ts';
import { accused, index, justBefore, orders, ordersRepository, repository, sound } from './orders.ts';
import { openStage, type Stage } from './stage.ts';

const manifest = JSON.stringify({
  schemaVersion: 2,
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  layers: [],
});

/** Who builds pushes another image under this tag. */
const push = ({ account, sandbox }: Stage, imageTag: string, imageManifest = manifest) =>
  new ECRClient({
    region: account.region,
    endpoint: sandbox.door.endpoint,
    credentials: rootCredentials(account),
    maxAttempts: 1,
  }).send(new PutImageCommand({ repositoryName: repository, imageTag, imageManifest }));

/** Who builds pushes the accused image again: it is out of the archive at once. */
async function pushedOut(stage: Stage, imageTag: string, meanwhile = () => {}): Promise<void> {
  const again = ordersRepository(stage.account).images.get(accused.digest)?.manifest;
  await stage.pass(60);
  await push(stage, imageTag, again);
  expect(stage.statuses(repository)[accused.digest]).toBe('ACTIVE');
  meanwhile();
  await stage.pass(60);
}

/** Somebody asks ECR for the index back, and waits until it is there. */
async function restoredByHand({ account, sandbox, pass }: Stage): Promise<void> {
  const ecr = new ECRClient({
    region: account.region,
    endpoint: sandbox.door.endpoint,
    credentials: rootCredentials(account),
    maxAttempts: 1,
  });
  const imageId = { imageDigest: index.digest };
  await ecr.send(
    new UpdateImageStorageClassCommand({ repositoryName: repository, imageId, targetStorageClass: 'STANDARD' }),
  );
  await pass(20 * 60);
}

const tagsOf = ({ account }: Stage, digest: string) => [...(ordersRepository(account).images.get(digest)?.tags ?? [])];

async function scanned(stage: Stage): Promise<void> {
  stage.scan(accused);
  await stage.settle();
}

async function undone(stage: Stage): Promise<void> {
  expect((await stage.undo(accused)).kind).toBe('opened');
  await stage.settle();
  expect(stage.head(accused).outcome).toBe('undone');
}

describe('in a repository with immutable tags', () => {
  const immutable = orders({}, {}, { tagMutability: 'IMMUTABLE' });

  it('an image is archived and put back with its tags, which nobody can take meanwhile', async () => {
    await using stage = await openStage({ world: immutable });
    await scanned(stage);
    expect(stage.statuses(repository)[index.digest]).toBe('ARCHIVED');
    await expect(push(stage, '2.0')).rejects.toMatchObject({ name: 'ImageTagAlreadyExistsException' });
    await undone(stage);
    expect(tagsOf(stage, index.digest)).toEqual(['2.0']);
    expect(new Set(Object.values(stage.statuses(repository)))).toEqual(new Set(['ACTIVE']));
  });

  it('an image that is pushed out of the archive is contained again when it is scanned, twice; then somebody is woken', async () => {
    await using stage = await openStage({ world: immutable });
    await scanned(stage);
    for (const time of [1, 2, 3]) {
      await pushedOut(stage, `2.0-amd64-${time}`);
      await scanned(stage);
      expect(stage.statuses(repository)[accused.digest]).toBe(time < 3 ? 'ARCHIVED' : 'ACTIVE');
      if (time < 3) expect(stage.told().at(-1)?.body).toContain(`contained again ${time} of 2 times`);
    }
    expect(stage.told().at(-1)).toMatchObject({ tier: 'page', subject: expect.stringContaining('GET UP') });
    expect(stage.told().filter(({ tier }) => tier === 'page')).toHaveLength(1);
    expect(stage.statuses(repository)[index.digest]).toBe('ARCHIVED');
    await undone(stage);
    expect(new Set(Object.values(stage.statuses(repository)))).toEqual(new Set(['ACTIVE']));
  });

  it('one that is pushed out, where ECR tells no push from a restore, is held as a decision of a person: told, and not reverted', async () => {
    await using stage = await openStage({ world: immutable });
    await scanned(stage);
    const image = ordersRepository(stage.account).images.get(accused.digest);
    const first = image?.pushedAt ?? 0;
    await pushedOut(stage, '2.0-amd64', () => {
      if (image !== undefined) image.pushedAt = first;
    });
    await scanned(stage);
    expect(stage.statuses(repository)[accused.digest]).toBe('ACTIVE');
    expect(stage.head(accused).outcome).toBe('held');
    expect(stage.told().at(-1)).toMatchObject({
      tier: 'notice',
      body: expect.stringContaining('Somebody has changed back'),
    });
  });

  it('one that a person restores by hand is not archived again, however often it is scanned', async () => {
    await using stage = await openStage({ world: immutable });
    await scanned(stage);
    const told = stage.told().length;
    await restoredByHand(stage);
    for (const _time of [1, 2]) {
      await scanned(stage);
      await stage.pass(60);
    }
    expect(stage.statuses(repository)[index.digest]).toBe('ACTIVE');
    expect(stage.told().slice(told)).toMatchObject([{ tier: 'notice' }]);
  });
});

describe('a tag that is moved onto another image between deciding and acting', () => {
  it('changes nothing of what is archived: the digest that was accused, not what has its tag now', async () => {
    await using stage = await openStage({ world: orders() });
    justBefore(stage, 'firebreak-dev-act', 'AssumeRole', ({ account }) => {
      const { images } = ordersRepository(account);
      images.get(index.digest)?.tags.delete('2.0');
      images.get(sound)?.tags.add('2.0');
    });
    await scanned(stage);
    expect(stage.head(accused).outcome).toBe('contained');
    expect(stage.statuses(repository)).toMatchObject({
      [index.digest]: 'ARCHIVED',
      [accused.digest]: 'ARCHIVED',
      [sound]: 'ACTIVE',
    });
    await undone(stage);
    expect(stage.statuses(repository)[index.digest]).toBe('ACTIVE');
    // The tag is whoever moved it's: it is left where they put it.
    expect(tagsOf(stage, index.digest)).toEqual([]);
    expect(tagsOf(stage, sound)).toEqual(['1.9', 'prod', '2.0']);
  });
});
