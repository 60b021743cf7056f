import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendToQueue } from '../../sandbox/services/sqs/send.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import { sampleEvent } from '../finding/sampleEvent.ts';
import { accused, index, orders, repository } from './orders.ts';
import { plain, plainImages } from './plainImages.ts';
import { actionEvent, archived, moveByHand, pushAgain, pushed, pushNew, restored } from './pushing.ts';
import { noCapacity, refuse, relent } from './refusals.ts';
import { type Image, incidentOf } from './scan.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ world: plainImages, settings: 'holdAfterUndoHours: 1' });
});
afterAll(() => stage[Symbol.asyncDispose]());

const settled = async (at = stage): Promise<void> => {
  await at.settle();
  await at.pass(10 * 60);
};
const statusOf = ({ repository: name, digest }: Image) => stage.statuses(name)[digest];
const toldOf = ({ repository: name }: Image) => stage.told().filter(({ body }) => body.includes(name));
const recordsSince = (from: number) =>
  stage
    .records()
    .toSorted((a, b) => a.at.localeCompare(b.at))
    .slice(from)
    .map(({ result, reason }) => `${result}: ${reason}`);
const archivings = () => stage.calls('ecr:UpdateImageStorageClass');

async function contained(image: Image): Promise<void> {
  stage.scan(image);
  await settled();
  expect(stage.head(image)).toMatchObject({ state: 'resting', outcome: 'contained' });
}

describe('a push that concerns no containment', () => {
  it('ends in one record with the reason: no incident, no run, no message', async () => {
    const before = stage.records().length;
    const digest = await pushNew(stage, 'plain/image-a', '9.0');
    await settled();
    expect(recordsSince(before)).toEqual([`ignored: no containment of ours concerns plain/image-a@${digest}`]);
    expect([stage.heads(), stage.executions(), stage.told()]).toEqual([[], [], []]);
  });
});

describe('what we do ourselves', () => {
  const image = plain('a');

  it('comes back as events that are ours, and leads to nothing more', async () => {
    const before = stage.records().length;
    await contained(image);
    expect((await stage.undo(image)).kind).toBe('opened');
    await settled();
    await stage.pass(20 * 60);
    expect(stage.head(image).outcome).toBe('undone');
    expect(recordsSince(before)).toEqual([
      'accepted: counts for the incident',
      expect.stringMatching(/^ignored: (run \S+ is putting back|no containment of ours concerns .* any more: ann had)/),
    ]);
    expect(stage.executions()).toHaveLength(2);
    expect(toldOf(image).map(({ tier }) => tier)).toEqual(['digest', 'notice']);
  });

  it('as an archiving is not even let in, and is ours where it comes all the same, before it is read back', async () => {
    const image = plain('f');
    const before = stage.records().length;
    stage.scan(image);
    for (let step = 0; step < 500 && statusOf(image) === 'ACTIVE'; step += 1) await stage.pass(0.01);
    expect(stage.head(image)).toMatchObject({ state: 'running', containedAt: null });
    const body = JSON.stringify(actionEvent(stage, image, archived));
    for (const _time of [1, 2]) sendToQueue(stage.account, stage.queue('ImageActivityQueue').arn, body);
    await settled();
    expect(recordsSince(before)).toEqual([
      'accepted: counts for the incident',
      expect.stringMatching(/^ignored: it says what run \S+ of incident image\/\S+ intends: our own doing$/),
    ]);
    expect(stage.head(image)).toMatchObject({ state: 'resting', outcome: 'contained', seq: 1 });
    expect(toldOf(image).map(({ tier }) => tier)).toEqual(['digest']);
  });

  it('and is contained again after the hold: an event of the undo that comes late reverts nothing', async () => {
    const late = actionEvent(stage, image, restored);
    await stage.pass(70 * 60);
    await contained(image);
    const [made, runs, told] = [archivings(), stage.executions().length, stage.told().length];
    const before = stage.records().length;
    stage.deliver(late, 3);
    await settled();
    expect(recordsSince(before)).toEqual([expect.stringMatching(/^ignored: it is from before 20\S+Z, when incident /)]);
    expect([archivings(), stage.executions().length, stage.told().length]).toEqual([made, runs, told]);
    expect(statusOf(image)).toBe('ARCHIVED');
  });
});

describe('a contained image that is pushed again', () => {
  const image = plain('b');

  it('is contained again without a scan, twice; then somebody is woken, once', async () => {
    await contained(image);
    for (const time of [1, 2, 3, 4]) {
      await pushAgain(stage, image, `again-${time}`);
      expect(statusOf(image)).toBe('ACTIVE');
      await settled();
      expect(statusOf(image)).toBe(time < 3 ? 'ARCHIVED' : 'ACTIVE');
      if (time < 3) expect(toldOf(image).at(-1)?.body).toContain(`contained again ${time} of 2 times`);
      if (time === 3) await moveNothing();
    }
    expect(toldOf(image).map(({ tier }) => tier)).toEqual(['digest', 'digest', 'digest', 'page']);
    expect(toldOf(image).at(-1)?.body).toContain('was pushed (ECR Image Action, PUSH)');
    expect(stage.head(image)).toMatchObject({ outcome: 'held', outbox: [] });
  });

  /** What is told comes to rest: a sweep finds nothing to send. */
  const moveNothing = () => stage.pass(5 * 60);

  it('and whose event comes a hundred times, is contained again once', async () => {
    const other = plain('c');
    await contained(other);
    const made = archivings();
    await stage.pass(60);
    await pushAgain(stage, other, 'once-more');
    stage.deliver(actionEvent(stage, other, pushed), 100);
    await settled();
    expect(statusOf(other)).toBe('ARCHIVED');
    expect(archivings()).toBe(made + 1);
    expect(toldOf(other).map(({ tier }) => tier)).toEqual(['digest', 'digest']);
    expect(stage.head(other)).toMatchObject({ state: 'resting', outcome: 'contained', outbox: [] });
  });

  it('while the table cannot be read, or breaks off half-way, waits in the queue and is contained again', async () => {
    const other = plain('d');
    await contained(other);
    for (const [operation, times] of [
      ['GetItem', 9],
      ['UpdateItem', 9],
    ] as const) {
      refuse(stage, { from: 'imageActivity', operation }, noCapacity, times);
      await stage.pass(60);
      await pushAgain(stage, other, operation);
      await stage.pass(40 * 60);
      relent(stage);
      expect(statusOf(other)).toBe('ARCHIVED');
    }
    expect(toldOf(other).map(({ tier }) => tier)).toEqual(['digest', 'digest', 'digest']);
    expect(stage.queue('ImageActivityDeadLetters').messages.size).toBe(0);
  });
});

describe('a contained image that a person restores by hand', () => {
  const image = plain('e');

  it('stays as it is: held, with one notice that names the event and how to contain it again', async () => {
    await contained(image);
    const made = archivings();
    await moveByHand(stage, image, 'STANDARD');
    await stage.pass(40 * 60);
    expect(stage.head(image)).toMatchObject({ state: 'resting', outcome: 'held', outbox: [] });
    expect(statusOf(image)).toBe('ACTIVE');
    expect(archivings()).toBe(made + 1);
    const [, notice, ...more] = toldOf(image);
    expect(more).toEqual([]);
    expect(notice?.tier).toBe('notice');
    expect(notice?.body).toContain('Somebody has changed back what was contained.');
    expect(notice?.body).toContain('(ECR Image Action, UPDATE_STORAGE_CLASS to STANDARD)');
    expect(notice?.body).toContain(`aws ecr update-image-storage-class --repository-name ${image.repository}`);
    expect(notice?.body).toContain('firebreak undo');
  });

  it('and whose event, or scan, comes again is neither told again nor reverted', async () => {
    const told = toldOf(image).length;
    stage.deliver(actionEvent(stage, image, restored, new Date(stage.head(image).lastFindingAt)), 100);
    await settled();
    stage.scan(image, { counts: { CRITICAL: 14 } });
    await settled();
    expect(toldOf(image)).toHaveLength(told);
    const named = stage.receipts().findLast(({ changedBy }) => changedBy !== undefined)?.changedBy;
    expect(named?.calls).toMatchObject([
      { call: 'UpdateImageStorageClass', who: 'arn:aws:iam::123456789012:root', from: '127.0.0.1' },
    ]);
    expect(statusOf(image)).toBe('ACTIVE');
  });

  it('is contained once it is archived by hand, as the notice says: the next scan finds it so', async () => {
    await moveByHand(stage, image, 'ARCHIVE');
    await settled();
    stage.scan(image, { counts: { CRITICAL: 15 } });
    await settled();
    expect(stage.head(image)).toMatchObject({ state: 'resting', outcome: 'contained' });
  });
});

describe('what is contained together with its index', () => {
  it('is contained again whichever of them is pushed, in the incident that contained them', async () => {
    await using own = await openStage({ world: orders() });
    own.scan(accused);
    await own.settle();
    const sibling: Image = { repository, digest: `sha256:${'b'.repeat(64)}` };
    for (const image of [sibling, index]) {
      await own.pass(60);
      await pushAgain(own, image);
      expect(own.statuses(repository)[image.digest]).toBe('ACTIVE');
      await settled(own);
      expect(new Set([index, accused, sibling].map(({ digest }) => own.statuses(repository)[digest]))).toEqual(
        new Set(['ARCHIVED']),
      );
    }
    expect(own.heads().map(({ incident, outcome }) => [incident, outcome])).toEqual([
      [incidentOf(accused), 'contained'],
    ]);
    expect(own.told().at(-1)?.body).toContain('contained again 2 of 2 times');
  });

  it('is held, and told, where what is pushed has a tag of its own by now: nobody accuses that', async () => {
    await using own = await openStage({ world: orders() });
    own.scan(accused);
    await own.settle();
    const sibling: Image = { repository, digest: `sha256:${'b'.repeat(64)}` };
    await own.pass(60);
    await pushAgain(own, sibling, 'for-itself');
    await settled(own);
    expect(own.statuses(repository)).toMatchObject({ [sibling.digest]: 'ACTIVE', [accused.digest]: 'ARCHIVED' });
    expect(own.heads().map(({ incident, outcome }) => [incident, outcome])).toEqual([[incidentOf(accused), 'held']]);
    expect(own.told().at(-1)).toMatchObject({ tier: 'notice', body: expect.stringContaining('tagged for-itself') });
  });
});

describe('where no rule wants it contained any more', () => {
  it('a push is told in the morning, and nothing is changed', async () => {
    await using own = await openStage({ world: plainImages });
    const image = plain('f');
    own.scan(image);
    await settled(own);
    // The scan of today finds nothing: its rule has nothing to say.
    await own.pass(60);
    own.scan(image, { counts: { CRITICAL: 1 } });
    await settled(own);
    const told = own.told().length;
    await pushAgain(own, image, 'again');
    await settled(own);
    expect(own.statuses(image.repository)[image.digest]).toBe('ACTIVE');
    expect(own.told().slice(told)).toMatchObject([
      { tier: 'digest', body: expect.stringContaining('ECR Image Action, PUSH') },
    ]);
  });
});

describe('repositories that are not scanned any more', () => {
  it('are told in working hours, each by itself, under the shipped rules', async () => {
    await using own = await openStage({ world: plainImages, rules: {} });
    own.deliver(sampleEvent('ecr-scan-change-two-off') as unknown as JsonObject, 2);
    own.deliver(sampleEvent('ecr-scan-change-on') as unknown as JsonObject);
    await settled(own);
    // In whichever order two incidents come to their ends.
    expect(
      own
        .told()
        .map(({ tier, subject }) => `${tier} ${subject.split(',')[0]}`)
        .toSorted(),
    ).toEqual(['notice NO ACTION: payments/ledger seen', 'notice NO ACTION: payments/refunds seen']);
    expect(own.records()).toMatchObject([{ result: 'accepted', incidents: [expect.any(String), expect.any(String)] }]);
  });
});
