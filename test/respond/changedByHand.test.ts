import { describe, expect, it } from 'vitest';
import { Throttled } from '../../shared/platform/errors.ts';
import type { Aws } from '../../shared/platform/sdk/aws.ts';
import { undo } from '../../shared/respond/undo.ts';
import { decided, failing, shutWith } from './decided.ts';
import type { Lab } from './model/lab.ts';

const who = 'arn:aws:iam::123456789012:user/ann';
const record = {
  eventName: 'Open',
  eventSource: 'fake.amazonaws.com',
  eventTime: '2026-11-20T11:00:00Z',
  userIdentity: { arn: who },
};

class LookUp {}

/** What CloudTrail answers to the look-ups of a lab whose shutting action names a call; and how often it was asked. */
function trailOf(lab: Lab, answer: () => object) {
  let times = 0;
  const client = {
    send: async () => {
      times += 1;
      return answer();
    },
  };
  const aws = { cloudtrail: async () => ({ client, LookupEventsCommand: LookUp }) } as unknown as Aws;
  const { sessions } = lab.effects;
  shutWith(lab, { changedBy: () => [{ eventName: 'Open', eventSource: 'fake.amazonaws.com', isOn: () => true }] });
  lab.with({
    sessions: {
      ...sessions,
      read: async (target, permissions) =>
        permissions.some(({ action }) => action === 'cloudtrail:LookupEvents')
          ? aws
          : sessions.read(target, permissions),
    },
  });
  return { times: () => times };
}

const shows = () => ({ Events: [{ CloudTrailEvent: JSON.stringify(record) }] });

/** Contained, and opened again by somebody since. */
async function opened(answer: () => object) {
  const lab = await decided();
  const trail = trailOf(lab, answer);
  await lab.run();
  expect(trail.times()).toBe(0);
  lab.thing.status = 'open';
  lab.pass(1000);
  await lab.takeIn({ id: 'event-2', critical: 9, second: 9 });
  return { lab, trail };
}

/** A whole run, of which a step may be held. */
async function runOf(lab: Lab): Promise<void> {
  const { steps } = await lab.decide();
  for (const { n } of steps) {
    const isHeld = await lab.act(n).then(
      () => false,
      () => true,
    );
    if (!isHeld) await lab.verify(n);
  }
  await lab.report();
}

const last = (lab: Lab) => lab.world.published.at(-1);

describe('what is found changed by hand', () => {
  it('is told with who did it, once', async () => {
    const { lab, trail } = await opened(shows);
    await runOf(lab);
    expect(await lab.head()).toMatchObject({ outcome: 'held' });
    expect((await lab.receipt())?.changedBy?.calls).toMatchObject([{ call: 'Open', who }]);
    expect(last(lab)?.body).toContain(`Open at 2026-11-20T11:00:00Z by "${who}"`);
    expect(trail.times()).toBe(1);
    const told = lab.world.published.length;
    await lab.takeIn({ id: 'event-3', critical: 8, second: 19 });
    await runOf(lab);
    expect(lab.world.published).toHaveLength(told);
  });

  it('is decided and told as before where nobody can be named, and no louder', async () => {
    const named = await opened(shows);
    await runOf(named.lab);
    const { lab } = await opened(() => {
      throw new Error('no');
    });
    await runOf(lab);
    expect(await lab.head()).toMatchObject({ outcome: 'held' });
    expect(lab.thing).toMatchObject({ status: 'open', calls: ['shut'] });
    expect(last(lab)?.body).toContain('Who did it is not known. CloudTrail was asked: Firebreak failed.');
    expect([last(lab)?.tier, last(lab)?.subject]).toEqual([last(named.lab)?.tier, last(named.lab)?.subject]);
    // Whoever did it is no part of the state: when it is known later, nobody is told again.
    expect((await lab.head()).told).toBe((await named.lab.head()).told);
  });

  it('is asked about where it has a third value, too, and where that keeps an undo from putting it back', async () => {
    const lab = await decided();
    trailOf(lab, shows);
    await lab.run();
    lab.thing.status = 'opening';
    lab.thing.opensAt = Number.POSITIVE_INFINITY;
    await undo(lab.effects, { incident: lab.incident, by: 'ana', reason: 'false alarm' });
    await lab.decide();
    await expect(lab.act(0)).rejects.toThrow('Somebody else has changed it.');
    expect((await lab.receipt(0))?.changedBy?.calls).toMatchObject([{ who }]);
  });

  it('is asked about where a step that was interrupted finds it so', async () => {
    const lab = await decided();
    trailOf(lab, shows);
    const { catalogue } = lab.effects;
    shutWith(lab, { execute: failing(new Throttled('slow down')) });
    await expect(lab.act()).rejects.toMatchObject({ name: 'Throttled' });
    lab.with({ catalogue });
    lab.thing.status = 'opening';
    lab.thing.opensAt = Number.POSITIVE_INFINITY;
    await expect(lab.act()).rejects.toThrow('Somebody else has changed it.');
    expect((await lab.receipt())?.changedBy?.calls).toMatchObject([{ who }]);
  });
});
