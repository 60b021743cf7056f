import { describe, expect, it } from 'vitest';
import { runLifecycle } from '../../sandbox/services/ecr/lifecycle/run.ts';
import { accused, index, justBefore, orders, ordersRepository, repository, sound } from './orders.ts';
import { type Image, incidentOf } from './scan.ts';
import { openStage, type Stage } from './stage.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** An image of its own, which no index lists. */
const single: Image = { repository, digest: `sha256:${'d'.repeat(64)}` };

const expiring = (selection: object) => ({
  lifecyclePolicy: {
    rules: [
      {
        rulePriority: 1,
        selection: { tagStatus: 'any', countUnit: 'days', ...selection },
        action: { type: 'expire' },
      },
    ],
  },
});
/** Deletes what has been in the archive for 90 days: what ECR does to an image that was quarantined and forgotten. */
const fromArchive = expiring({ storageClass: 'archive', countType: 'sinceImageTransitioned', countNumber: 90 });

function world(settings: object) {
  const given = orders({}, {}, settings);
  const images = given.repositories.flatMap((each) => each.images);
  const more = {
    ...single,
    tags: ['single'],
    pushedAt: '2026-01-01T00:00:00Z',
    storageClass: 'STANDARD',
    platforms: [],
  };
  const [only] = given.repositories;
  return { ...given, repositories: [{ ...only, images: [...images, more] }] } as ReturnType<typeof orders>;
}

/** ECR looks at its policy, 91 days after whatever is archived was. */
function expire({ account }: Stage): void {
  const found = ordersRepository(account);
  for (const image of found.images.values()) {
    if (image.lastArchivedAt !== undefined) image.lastArchivedAt -= 91 * DAY_MS;
  }
  runLifecycle(account, found);
}

async function contained(stage: Stage, image: Image): Promise<void> {
  stage.scan(image);
  await stage.settle();
  expect(stage.head(image).outcome).toBe('contained');
}

async function undone(stage: Stage, image: Image): Promise<string> {
  expect((await stage.undo(image)).kind).toBe('opened');
  await stage.settle();
  await stage.pass(60);
  const last = stage.told().at(-1);
  return `${last?.tier}: ${last?.subject}\n${last?.body}`;
}

describe('an image that ECR deletes from the archive, by a lifecycle policy, before it is undone', () => {
  it('is not put back, the notice says that it is not there, and nothing stands of it any more', async () => {
    await using stage = await openStage({ world: world(fromArchive) });
    await contained(stage, single);
    expire(stage);
    expect(stage.statuses(repository)).not.toHaveProperty(single.digest);
    const said = await undone(stage, single);
    expect(said).toContain('not there any more');
    expect(stage.head(single).outcome).toBe('undone');
  });

  it('is put back as far as it is there, when its index went first, and the notice says what is gone', async () => {
    await using stage = await openStage({ world: world(fromArchive) });
    await contained(stage, accused);
    expire(stage);
    expect(stage.statuses(repository)).not.toHaveProperty(index.digest);
    const said = await undone(stage, accused);
    expect(new Set(Object.values(stage.statuses(repository)))).toEqual(new Set(['ACTIVE']));
    expect(said).toMatch(/^notice: NO ACTION: .* undone, but a part is gone,/);
    expect(said).toContain(`${index.digest.slice(0, 19)} is gone`);
    expect(stage.head(accused).outcome).toBe('undone');
    expect((await stage.undo(accused)).kind).toBe('nothing');
  });

  it('wakes nobody, when index and platforms are all gone', async () => {
    await using stage = await openStage({ world: world(fromArchive) });
    await contained(stage, accused);
    expire(stage);
    expire(stage);
    expect(Object.keys(stage.statuses(repository)).toSorted()).toEqual([sound, single.digest].toSorted());
    expect(await undone(stage, accused)).toMatch(/^notice: NO ACTION: .* not undone, it is gone,/);
    expect((await stage.undo(accused)).kind).toBe('nothing');
  });
});

it('an image that ECR deletes between deciding and acting: contained, because it is gone, though without its evidence, and said so', async () => {
  const byAge = expiring({ countType: 'sinceImagePushed', countNumber: 300 });
  await using stage = await openStage({ world: world(byAge) });
  justBefore(stage, 'firebreak-dev-act', 'AssumeRole', expire);
  stage.scan(single);
  await stage.settle();
  await stage.pass(120);
  expect(stage.statuses(repository)).not.toHaveProperty(single.digest);
  expect(stage.calls('ecr:UpdateImageStorageClass')).toBe(0);
  expect(stage.heads()).toMatchObject([{ incident: incidentOf(single), outcome: 'degraded' }]);
  expect(stage.told().map(({ tier, subject, body }) => `${tier} ${subject} ${body}`)).toEqual([
    expect.stringMatching(
      /^notice NO ACTION: .* contained, a step failed,.*not there any more.*FAILED evidence\.capture/s,
    ),
  ]);
});
