import { beforeEach, describe, expect, it } from 'vitest';
import { keys } from '../../shared/incident/keys.ts';
import { changeAttribute } from '../../shared/incident/targets.ts';
import { expiringLeases } from '../../shared/respond/expiringLeases.ts';
import { sweep } from '../../shared/respond/sweep.ts';
import { undo } from '../../shared/respond/undo.ts';
import { day, hour, LeaseLab } from './leaseLab.ts';

let lab: LeaseLab;
beforeEach(async () => {
  lab = await LeaseLab.contained();
});

const now = () => lab.effects.clock.now();
const from = (ms: number): string => new Date(now().getTime() + ms).toISOString();
const stands = (): boolean => lab.thing.status === 'shut';

describe('what is contained', () => {
  it('stands for as long as its rule says before a person is asked, and its message says until when', async () => {
    const lease = await lab.lease();
    expect(lease).toEqual({ since: from(0), expiresAt: from(7 * day), next: from(5 * day) });
    const [{ body } = { body: '' }] = lab.world.published;
    expect(body).toContain(`Its lease ends ${lease?.expiresAt}: a notice asks before then whether it stays so.`);
  });

  it('stands for as long as the settings say, where the rule says nothing', async () => {
    lab = await LeaseLab.contained({}, { lease: 'P30D' });
    expect(await lab.lease()).toMatchObject({ expiresAt: from(30 * day) });
    lab = await LeaseLab.contained({ lease: 'P2D' }, { lease: 'P30D' });
    expect(await lab.lease()).toMatchObject({ expiresAt: from(2 * day) });
  });

  it('stands without an end, where neither says anything, and nobody is asked', async () => {
    lab = await LeaseLab.contained({});
    expect(await lab.lease()).toBeNull();
    expect(lab.world.published[0]?.body).not.toContain('Until when');
    await lab.after(100 * day);
    expect(lab.asked()).toEqual([]);
  });

  it('has the lease that it began with, whatever is found later', async () => {
    const lease = await lab.lease();
    lab.pass(3 * day);
    await lab.takeIn({ id: 'event-2', critical: 13, second: 9 });
    await lab.playPlan();
    await lab.report();
    expect(await lab.lease()).toEqual(lease);
  });

  it('has none while nothing of it was read back', async () => {
    lab = new LeaseLab();
    await lab.takeIn();
    await lab.decide();
    expect(await lab.lease()).toBeNull();
    await lab.report();
    expect(await lab.head()).toMatchObject({ outcome: 'not-contained', lease: null });
  });

  it('has none any more once it was undone', async () => {
    await undo(lab.effects, { incident: lab.incident, by: 'ben', reason: 'a false alarm' });
    await lab.playPlan();
    await lab.report();
    expect(await lab.head()).toMatchObject({ outcome: 'undone', lease: null });
    await lab.after(30 * day);
    expect(lab.asked()).toEqual([]);
  });
});

describe('before a lease ends', () => {
  it('one notice asks, two days before, with what stands and what can be done', async () => {
    await lab.after(5 * day - 1);
    expect(lab.asked()).toEqual([]);
    await lab.after(5 * day);
    await sweep(lab.effects);
    const [notice, ...others] = lab.asked();
    expect(others).toEqual([]);
    expect(notice?.tier).toBe('notice');
    expect(notice?.subject).toMatch(/^NO ACTION: .* contained, its lease ends soon, /);
    expect(notice?.body).toContain(`ends ${(await lab.lease())?.expiresAt}. Nothing is released then by itself`);
    expect(notice?.body).toContain('fake.shut: ');
    for (const command of ['keep', 'extend', 'undo']) {
      expect(notice?.body).toContain(`firebreak ${command} ${lab.incident} --stage`);
    }
  });

  it('a version is asked for only where what stands can be put on one', async () => {
    await lab.after(5 * day);
    expect(lab.asked()[0]?.body).toContain(' --stage test --to FAMILY:REVISION --reason "…"');
    lab = await LeaseLab.contained();
    lab.withoutVersions();
    await lab.after(5 * day);
    expect(lab.asked()[0]?.body).toContain(`It is fixed: firebreak release ${lab.incident} --stage test --reason "…"`);
    expect(lab.asked()[0]?.body).not.toContain('--to');
  });

  it('of one that is short, when two thirds of it are over', async () => {
    lab = await LeaseLab.contained({ lease: 'P1D' });
    await lab.after(16 * hour - 1);
    expect(lab.asked()).toEqual([]);
    await lab.after(16 * hour);
    expect(lab.asked()).toHaveLength(1);
  });

  it('it is asked once by all who come upon it at the same moment', async () => {
    lab.pass(5 * day);
    await Promise.all([sweep(lab.effects), sweep(lab.effects), sweep(lab.effects)]);
    await sweep(lab.effects);
    expect(new Set(lab.asked().map(({ about }) => about?.['id'])).size).toBe(1);
    expect(await lab.lease()).toMatchObject({ next: (await lab.lease())?.expiresAt });
  });

  it('what was written and not sent is sent by a later sweep, the same', async () => {
    const { publisher } = lab.effects;
    lab.pass(5 * day);
    lab.with({ publisher: { ...publisher, publish: () => Promise.reject(new Error('cut off')) } });
    await expect(sweep(lab.effects)).rejects.toThrow('cut off');
    const [written] = (await lab.head()).outbox;
    lab.effects = lab.world.direct;
    lab.pass(hour);
    await sweep(lab.effects);
    expect(lab.asked()).toMatchObject([{ subject: written?.subject, body: written?.body }]);
  });

  it('it waits until somebody is at work', async () => {
    const hours = { timeZone: 'UTC', days: ['mon'], from: '09:00', to: '10:00' } as const;
    lab = await LeaseLab.contained(undefined, { workingHours: hours });
    lab.pass(5 * day);
    await sweep(lab.effects);
    const [waiting] = (await lab.head()).outbox.filter(({ body }) => body.includes('lease of this containment'));
    expect(new Date(waiting?.notBefore ?? '').getUTCDay()).toBe(1);
    expect(lab.asked()).toEqual([]);
  });

  it('nothing is asked about what does not stand any more', async () => {
    const { target, changes } = await lab.record();
    const remove = changes.map(({ action }) => changeAttribute(action));
    await lab.world.table.update(keys.target(target), {}, { remove });
    await lab.after(5 * day);
    expect(lab.asked()).toEqual([]);
    expect(await lab.lease()).toBeNull();
  });
});

describe('when a lease ends and nobody has answered', () => {
  it('it stays contained, which is told then and once a week', async () => {
    await lab.after(5 * day);
    await lab.after(7 * day - 1);
    expect(lab.asked()).toHaveLength(1);
    await lab.after(7 * day);
    expect(lab.asked()[1]?.subject).toContain('lease is over, it stays contained');
    expect(lab.asked()[1]?.body).toContain('nobody has answered. Nothing was released: it stays contained');
    await lab.after(14 * day - 1);
    expect(lab.asked()).toHaveLength(2);
    await lab.after(14 * day);
    await lab.after(28 * day + hour);
    await lab.after(28 * day + 2 * hour);
    expect(lab.asked()).toHaveLength(4);
    expect(await lab.lease()).toMatchObject({
      next: new Date(Date.parse((await lab.lease())?.expiresAt ?? '') + 28 * day).toISOString(),
    });
    expect(stands()).toBe(true);
    expect(await lab.head()).toMatchObject({ state: 'resting', outcome: 'contained' });
    expect((await lab.record()).contained).toBe(true);
  });

  it('nothing is asked twice of one that nobody swept in time', async () => {
    await lab.after(8 * day);
    await sweep(lab.effects);
    expect(lab.asked()).toHaveLength(1);
  });
});

describe('a person', () => {
  it('keeps it until somebody lets it go: nobody is asked any more', async () => {
    const before = await lab.lease();
    expect(await lab.say(null)).toMatchObject({ kind: 'decided', before, lease: { expiresAt: null, next: null } });
    await lab.after(100 * day);
    expect(lab.asked()).toEqual([]);
    expect(stands()).toBe(true);
    const [decision] = await lab.world.table.query(keys.incident(lab.incident), 'decision#');
    expect(decision).toMatchObject({ kind: 'keep', by: 'ana', reason: 'the fix is in review' });
  });

  it('extends it from its end on, and is asked again before the next', async () => {
    const expiresAt = from(10 * day);
    const next = from(8 * day);
    expect(await lab.say(3 * day)).toMatchObject({ kind: 'decided', lease: { expiresAt, next } });
    await lab.after(8 * day - 1);
    expect(lab.asked()).toEqual([]);
    await lab.after(8 * day);
    expect(lab.asked()).toHaveLength(1);
  });

  it('extends from now on what is over, what is kept, and what had no end', async () => {
    await lab.after(9 * day);
    expect(await lab.say(3 * day)).toMatchObject({ lease: { expiresAt: from(3 * day), next: from(2 * day) } });
    await lab.say(null);
    lab.pass(1000);
    expect(await lab.say(day)).toMatchObject({ lease: { expiresAt: from(day) } });
    lab = await LeaseLab.contained({});
    expect(await lab.say(day)).toMatchObject({ before: null, lease: { expiresAt: from(day) } });
  });

  it('who says the same again a moment later has said it once; later, twice', async () => {
    await lab.say(3 * day);
    lab.pass(59_000);
    expect(await lab.say(3 * day)).toMatchObject({ kind: 'known' });
    lab.pass(2_000);
    expect(await lab.say(3 * day)).toMatchObject({ kind: 'decided' });
    expect(await lab.lease()).toMatchObject({ expiresAt: from(13 * day - 61_000) });
  });

  it('finishes by a repeat, or by the sweep, what a crash left half done', async () => {
    const update = () => Promise.reject(new Error('cut off'));
    for (const finish of [() => lab.say(3 * day), () => lab.after(5 * day)]) {
      lab = await LeaseLab.contained();
      const expiresAt = from(10 * day);
      lab.with({ table: { ...lab.world.table, update } });
      await expect(lab.say(3 * day)).rejects.toThrow('cut off');
      lab.effects = lab.world.direct;
      lab.pass(hour);
      await finish();
      expect(await lab.lease()).toMatchObject({ expiresAt });
      expect(lab.asked()).toEqual([]);
    }
  });

  it('of two at the same moment the second decides about what the first has left', async () => {
    const both = await Promise.all([lab.say(2 * day), lab.say(null, { by: 'ben' })]);
    expect(both.map(({ kind }) => kind)).toEqual(['decided', 'decided']);
    expect(await lab.world.table.query(keys.incident(lab.incident), 'decision#lease')).toHaveLength(2);
  });

  it('who was overtaken between deciding and writing takes nothing back', async () => {
    const { table } = lab.world;
    let isFirst = true;
    const update: typeof table.update = async (...args) => {
      if (isFirst) {
        isFirst = false;
        lab.effects = lab.world.direct;
        lab.pass(1);
        await lab.say(null, { by: 'ben' });
      }
      return table.update(...args);
    };
    lab.with({ table: Object.assign(Object.create(table), { update }) });
    expect(await lab.say(2 * day)).toMatchObject({
      kind: 'decided',
      lease: { expiresAt: null, decided: { by: 'ben' } },
    });
    expect(await lab.lease()).toMatchObject({ expiresAt: null, decided: { by: 'ben' } });
  });

  it('who decides is not asked what still waited to be asked', async () => {
    const hours = { timeZone: 'UTC', days: ['mon'], from: '09:00', to: '10:00' } as const;
    lab = await LeaseLab.contained(undefined, { workingHours: hours });
    lab.pass(5 * day);
    await sweep(lab.effects);
    await lab.say(null);
    const left = (await lab.head()).outbox.filter(({ body }) => body.includes('lease of this containment'));
    expect(left).toEqual([]);
    const [kept] = await lab.world.table.query(keys.incident(lab.incident), 'message#');
    expect(kept).toMatchObject({ sent: false, replacedBy: expect.stringMatching(/^keep by ana/) });
  });

  it('is refused in one sentence where there is nothing to keep, and for longer than a lease may be', async () => {
    expect(await lab.say(83 * day + 1)).toMatchObject({ kind: 'nothing', reason: expect.stringContaining('90 days') });
    expect(await lab.say(83 * day)).toMatchObject({ kind: 'decided' });
    await undo(lab.effects, { incident: lab.incident, by: 'ben', reason: 'a false alarm' });
    expect(await lab.say(null)).toMatchObject({
      kind: 'nothing',
      reason: expect.stringContaining('being let go by run'),
    });
    await lab.playPlan();
    await lab.report();
    expect(await lab.say(null)).toMatchObject({ kind: 'nothing', reason: expect.stringContaining('Nothing that was') });
    expect(await lab.say(null, { incident: 'x' })).toMatchObject({ kind: 'nothing' });
  });
});

describe('the leases that end soon', () => {
  it('are named with those that are over, by what stands, and not those that are kept', async () => {
    lab = await LeaseLab.contained({ lease: 'P30D' });
    const ending = async () => expiringLeases(lab.world.table, [await lab.head()], now());
    lab.pass(23 * day - 1);
    expect(await ending()).toEqual([]);
    const named = [{ incident: lab.incident, target: lab.target, expires: (await lab.lease())?.expiresAt }];
    lab.pass(1);
    expect(await ending()).toEqual(named);
    await lab.after(31 * day);
    expect(await ending()).toEqual(named);
    await lab.say(null);
    expect(await ending()).toEqual([]);
  });
});
