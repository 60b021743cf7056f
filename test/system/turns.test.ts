import { afterAll, beforeAll, expect, it } from 'vitest';
import { faults } from '../../sandbox/faults/faults.ts';
import type { StandingChange } from '../../shared/incident/items.ts';
import { bundledWithout } from './bundledWithout.ts';
import { plain, plainImages } from './plainImages.ts';
import { accessDenied, refuse } from './refusals.ts';
import { openStage, type Stage } from './stage.ts';

/** The shipped functions, with an action whose targets all share one cluster. */
let inTurns: Awaited<ReturnType<typeof bundledWithout>>;
beforeAll(async () => {
  inTurns = await bundledWithout({
    file: 'shared/actions/quarantineImage/quarantineImage.ts',
    text: '  meets: meetingOf,\n',
    replacement: `  meets: meetingOf,
  turn: ({ account, region }) => ({ kind: 'ecs-cluster', id: 'prod', arn: 'arn:aws:ecs:us-east-1:123456789012:cluster/prod', cluster: 'prod', tasks: [], account, region }),
`,
  });
});
afterAll(() => inTurns.remove());

const images = [plain('a'), plain('b'), plain('c')];

/** Each archiving takes some seconds, so that what is not kept from it goes on beside it. */
function accuseAll(stage: Stage): void {
  faults(stage.account).push(({ operation }) =>
    operation === 'UpdateImageStorageClass' ? { kind: 'slow', ms: 5_000 } : undefined,
  );
  for (const image of images) stage.scan(image);
}

const archived = (stage: Stage): number =>
  images.filter(({ repository, digest }) => stage.statuses(repository)[digest] === 'ARCHIVED').length;

/** From "started" until it was read back, each in milliseconds, in order. */
const spans = (stage: Stage): readonly (readonly [number, number])[] =>
  stage
    .table()
    .flatMap((item) => (item['change:ecr.quarantine-image'] ?? []) as unknown as StandingChange)
    .map(({ startedAt, verifiedAt = '' }) => [Date.parse(startedAt), Date.parse(verifiedAt)] as const)
    .toSorted(([a], [b]) => a - b);

const overlaps = (stage: Stage): number => {
  const all = spans(stage);
  return all.slice(1).filter(([start], n) => start < (all[n]?.[1] ?? 0)).length;
};

it('targets that share nothing are changed at the same time', async () => {
  await using stage = await openStage({ world: plainImages });
  accuseAll(stage);
  await stage.settle();
  await stage.pass(60);
  expect(archived(stage)).toBe(3);
  expect(overlaps(stage)).toBeGreaterThan(0);
});

it('those that do are changed one after another, without the sweep and without a person', async () => {
  await using stage = await openStage({ world: plainImages, code: inTurns.code });
  accuseAll(stage);
  await stage.settle();
  await stage.pass(4 * 60);
  expect(archived(stage)).toBe(3);
  expect(overlaps(stage)).toBe(0);
  expect(stage.heads().map(({ outcome }) => outcome)).toEqual(['contained', 'contained', 'contained']);
  expect(stage.told().map(({ tier }) => tier)).toEqual(['digest', 'digest', 'digest']);
});

it('one that is not read back keeps the others waiting, a page says so, and an undo lets them go on', async () => {
  await using stage = await openStage({ world: plainImages, code: inTurns.code });
  refuse(stage, { from: 'act', operation: 'UpdateImageStorageClass' }, accessDenied, 1);
  accuseAll(stage);
  await stage.settle();
  await stage.pass(40 * 60);
  expect(archived(stage)).toBe(0);
  expect(
    stage
      .heads()
      .map(({ outcome }) => outcome)
      .toSorted(),
  ).toEqual(['joined', 'joined', 'not-contained']);
  const [page, ...more] = stage.told();
  expect(more).toEqual([]);
  expect(page).toMatchObject({ tier: 'page' });
  expect(page?.body).toMatch(/nothing else of cluster prod is changed in its turn \(2 incidents wait\)/);
  const broken = stage.heads().find(({ outcome }) => outcome === 'not-contained');
  await stage.undo(broken?.incident ?? '');
  await stage.settle();
  await stage.pass(4 * 60);
  expect(archived(stage)).toBe(2);
  expect(overlaps(stage)).toBe(0);
});
