import { describe, expect, it } from 'vitest';
import { runLifecycle } from '../../sandbox/services/ecr/lifecycle/run.ts';
import { type World, worldSchema } from '../../sandbox/world/schema.ts';
import { keepTags } from '../../shared/actions/targets/imageTarget.ts';
import { ordersRepository, repository } from './orders.ts';
import type { Image } from './scan.ts';
import { openStage, type Stage } from './stage.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const accused: Image = { repository, digest: `sha256:${'d'.repeat(64)}` };
const tag = `firebreak-keep-${'d'.repeat(12)}`;

/** Deletes what has been in the archive for 90 days. */
const fromArchive = {
  rulePriority: 1,
  selection: {
    ...{ tagStatus: 'any', storageClass: 'archive', countUnit: 'days' },
    ...{ countType: 'sinceImageTransitioned', countNumber: 90 },
  },
  action: { type: 'expire' },
};
const world: World = worldSchema.parse({
  repositories: [
    {
      name: repository,
      images: [{ digest: accused.digest, tags: ['2.0'], pushedAt: '2026-01-01T00:00:00Z' }],
      lifecyclePolicy: { rules: [fromArchive] },
    },
  ],
});

const doing = (...actions: readonly string[]): string =>
  [
    'name: keeping',
    'when: { type: [ImageScan] }',
    'do:',
    ...actions.map((one) => `  - ${one}`),
    'mode: enforce',
    '',
  ].join('\n');
const [keep, quarantine] = ['ecr.protect-from-lifecycle', 'ecr.quarantine-image'];

const other = `sha256:${'e'.repeat(64)}`;
const ours = keepTags.all(accused.digest);
/** The same, and as many of our tags on another image as somebody has claimed. */
const claimed = (count: number): World => ({
  ...world,
  repositories: worldSchema.parse({
    repositories: [
      {
        name: repository,
        images: [
          { digest: accused.digest, tags: ['2.0'], pushedAt: '2026-01-01T00:00:00Z' },
          { digest: other, tags: ours.slice(0, count), pushedAt: '2026-01-01T00:00:00Z' },
        ],
        lifecyclePolicy: { rules: [fromArchive] },
      },
    ],
  }).repositories,
});

const image = ({ account }: Stage) => ordersRepository(account).images.get(accused.digest);
const policy = ({ account }: Stage): unknown => JSON.parse(ordersRepository(account).lifecycle?.text ?? 'null');

/** ECR looks at its policy, 91 days after the image was archived. */
function expire(stage: Stage): void {
  const found = image(stage);
  if (found?.lastArchivedAt !== undefined) found.lastArchivedAt -= 91 * DAY_MS;
  runLifecycle(stage.account, ordersRepository(stage.account));
}

async function contained(stage: Stage): Promise<void> {
  stage.scan(accused);
  await stage.settle();
  expect(stage.head(accused).outcome).toBe('contained');
  expect(image(stage)?.status).toBe('ARCHIVED');
}

/** The same image without a tag of its own, in a repository that deletes such. */
const untagged: World = worldSchema.parse({
  repositories: [
    {
      name: repository,
      images: [{ digest: accused.digest, tags: [], pushedAt: '2026-01-01T00:00:00Z' }],
      lifecyclePolicy: {
        rules: [
          {
            rulePriority: 1,
            selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 3650 },
            action: { type: 'expire' },
          },
        ],
      },
    },
  ],
});

describe('an image that had no tag', () => {
  it('is not deleted by an undo, which says why, and is given back once it has another tag', async () => {
    await using stage = await openStage({ world: untagged, rules: { keeping: doing(keep) } });
    stage.scan(accused);
    await stage.settle();
    expect([...(image(stage)?.tags ?? [])]).toEqual([tag]);
    await stage.undo(accused);
    await stage.settle();
    const said = stage.told().at(-1);
    expect(`${said?.subject}\n${said?.body}`).toContain('deletes an image with its last tag');
    expect([...(image(stage)?.tags ?? [])]).toEqual([tag]);
    image(stage)?.tags.add('looked-at');
    await stage.undo(accused);
    await stage.settle();
    expect([...(image(stage)?.tags ?? [])]).toEqual(['looked-at']);
    expect(policy(stage)).toMatchObject({ rules: [{ rulePriority: 1, selection: { tagStatus: 'untagged' } }] });
  });
});

describe('an image that is kept and archived', () => {
  it.each([
    ['keep first', [keep, quarantine]],
    ['archive first', [quarantine, keep]],
  ])(
    'is there after ECR has deleted from the archive, and is put back whole, where the rule says %s',
    async (_, all) => {
      await using stage = await openStage({ world, rules: { keeping: doing(...all) } });
      const before = policy(stage);
      await contained(stage);
      expect([...(image(stage)?.tags ?? [])]).toEqual(['2.0', tag]);
      expire(stage);
      expect(image(stage)?.status).toBe('ARCHIVED');
      expect((await stage.undo(accused)).kind).toBe('opened');
      await stage.settle();
      await stage.pass(1500);
      expect(stage.head(accused).outcome).toBe('undone');
      expect([image(stage)?.status, [...(image(stage)?.tags ?? [])]]).toEqual(['ACTIVE', ['2.0']]);
      expect(policy(stage)).toEqual(before);
    },
  );

  it('would be gone where it is archived and no more', async () => {
    await using stage = await openStage({ world, rules: { keeping: doing(quarantine) } });
    await contained(stage);
    expire(stage);
    expect(image(stage)).toBeUndefined();
  });

  it('is never taken out of the archive by our tag: in the archive already, it is held, and stays there', async () => {
    await using stage = await openStage({ world, rules: { keeping: doing(keep) } });
    const found = image(stage);
    if (found === undefined) throw new Error('It is not there');
    found.status = 'ARCHIVED';
    stage.scan(accused);
    await stage.settle();
    expect(stage.head(accused).outcome).toBe('held');
    expect([image(stage)?.status, [...(image(stage)?.tags ?? [])]]).toEqual(['ARCHIVED', ['2.0']]);
  });
});

describe('an image whose tag somebody has claimed for another one', () => {
  it('is kept by the next one, and put back whole', async () => {
    await using stage = await openStage({ world: claimed(1), rules: { keeping: doing(keep, quarantine) } });
    await contained(stage);
    expect([...(image(stage)?.tags ?? [])]).toEqual(['2.0', ours[1]]);
    expire(stage);
    expect(image(stage)?.status).toBe('ARCHIVED');
    await stage.undo(accused);
    await stage.settle();
    await stage.pass(1500);
    expect(stage.head(accused).outcome).toBe('undone');
    expect([image(stage)?.status, [...(image(stage)?.tags ?? [])]]).toEqual(['ACTIVE', ['2.0']]);
    expect([...(ordersRepository(stage.account).images.get(other)?.tags ?? [])]).toEqual([tag]);
  });

  it('is quarantined all the same where every tag is claimed, and a notice says when it is deleted', async () => {
    await using stage = await openStage({ world: claimed(ours.length), rules: { keeping: doing(keep, quarantine) } });
    stage.scan(accused);
    await stage.settle();
    expect([stage.head(accused).outcome, image(stage)?.status]).toEqual(['degraded', 'ARCHIVED']);
    const said = stage.told().at(-1);
    expect(said?.subject).toContain('contained, a part is held');
    expect(said?.body).toContain('deletes it once it has been in the archive for 90 days (rule 1)');
  });
});
