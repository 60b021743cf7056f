import { expect, it } from 'vitest';
import { accused, index, orders, repository } from './orders.ts';
import { type Image, incidentOf } from './scan.ts';
import { openStage, type Stage } from './stage.ts';

/** The accused image's sibling: the other platform of its index. */
const sibling: Image = { repository, digest: `sha256:${'b'.repeat(64)}` };

/** ECR scans what comes back from the archive; it finds in both platforms what the first scan found in one. */
function world() {
  const given = orders({}, {}, { scanOnPush: true });
  const scan = { CRITICAL: 12 };
  return {
    ...given,
    repositories: given.repositories.map((each) => ({
      ...each,
      images: each.images.map((image) => (image.digest === index.digest ? { ...image, scan } : image)),
    })),
  };
}

/** The images that these scans accuse are archived, a person undoes each, and ECR scans what comes back. */
async function undoneAfter(stage: Stage, ...images: readonly Image[]): Promise<void> {
  for (const image of images) stage.scan(image);
  await stage.settle();
  expect(stage.statuses(repository)[index.digest]).toBe('ARCHIVED');
  for (const image of images) {
    expect((await stage.undo(image)).kind).toBe('opened');
    await stage.settle();
  }
  await stage.pass(120);
}

it('the scan that a restore brings does not archive the image again', async () => {
  await using stage = await openStage({ world: world() });
  await undoneAfter(stage, accused, sibling);
  // Each platform twice: the scan that accused it, and the one that its restore brought.
  expect(stage.records().filter(({ result }) => result === 'accepted')).toHaveLength(4);
  expect(new Set(Object.values(stage.statuses(repository)))).toEqual(new Set(['ACTIVE']));
});

it('nor does the scan of a sibling that came back with it, and that nobody had accused: it is held, and names the undo', async () => {
  await using stage = await openStage({ world: world() });
  await undoneAfter(stage, accused);
  const held = stage.heads().find(({ incident }) => incident === incidentOf(sibling));
  expect(held?.outcome).toBe('held');
  expect(new Set(Object.values(stage.statuses(repository)))).toEqual(new Set(['ACTIVE']));
  const { heldUntil } = stage.head(accused);
  const [put, ...more] = stage.told().filter(({ body }) => body.includes(`Incident ${incidentOf(sibling)}`));
  expect(more).toEqual([]);
  expect(put?.tier).toBe('notice');
  expect(put?.body).toMatch(new RegExp(`ann had it put back \\(undo of ${incidentOf(accused)}, decided 20[^)]+Z\\)`));
  expect(put?.body).toContain(`nothing is changed there until ${heldUntil}`);
  // Of this incident there is nothing to contain again: the undo was another's.
  expect(put?.body).toContain('The reason above names the incident whose undo that was: firebreak contain');
  expect(put?.body).not.toContain(`firebreak contain ${incidentOf(sibling)}`);
  const undone = stage.told().find(({ subject }) => subject.includes('undone'));
  expect(undone?.body).toContain(
    `Until ${heldUntil} nothing is contained again for this incident, and no other incident`,
  );
});
