import { beforeEach, describe, expect, it } from 'vitest';
import { sweep } from '../../shared/respond/sweep.ts';
import { undo } from '../../shared/respond/undo.ts';
import { actor, incidentNo, ManyLab, minute } from './manyLab.ts';

let lab: ManyLab;
beforeEach(() => {
  lab = new ManyLab();
});

const parent = incidentNo(0);
const escalate = { after: 'PT15M', times: 2 } as const;

describe('the same actor in many places', () => {
  it('is one page, and every incident keeps its record', async () => {
    for (let n = 0; n < 12; n += 1) await lab.paged(n);
    expect(lab.pages().map(({ about }) => about['incident'])).toEqual([parent]);
    expect(await lab.folded(parent)).toHaveLength(11);
    for (let n = 1; n < 12; n += 1) {
      const [message] = await lab.messages(n);
      expect(message).toMatchObject({ tier: 'page', sent: false, foldedInto: parent, settled: true });
      expect(await lab.head(n)).toMatchObject({ outcome: 'contained', outbox: [], page: { foldedInto: parent } });
    }
  });

  it('is listed in a notice of the same thread, soon and then every quarter of an hour at the most', async () => {
    await lab.paged(0);
    await lab.paged(1);
    await lab.sweep();
    expect(lab.told('notice')).toHaveLength(0);
    lab.pass(3 * minute);
    await lab.sweep();
    const [first] = lab.told('notice');
    expect(first?.subject).toMatch(/^NO ACTION: .* and 1 more, the same remote address/);
    expect(first?.body).toContain(`the same remote address ${actor}`);
    expect(first?.about['thread']).toBe(lab.pages()[0]?.about['thread']);
    expect(first?.about['outcome']).toBe('');
    await lab.paged(2);
    lab.pass(14 * minute);
    await lab.sweep();
    expect(lab.told('notice')).toHaveLength(1);
    lab.pass(minute);
    await lab.sweep();
    await lab.sweep();
    expect(lab.told('notice')).toHaveLength(2);
    expect(lab.told('notice')[1]?.body).toContain('3 incidents so far');
    expect(lab.told('notice')[1]?.body.match(/: contained$/gm)).toHaveLength(2);
  });

  it('and another actor is another page, as is what nobody knows of', async () => {
    await lab.paged(0);
    await lab.paged(1, { remote: '198.51.100.1' });
    await lab.paged(2, { remote: null });
    await lab.paged(3, { remote: null });
    expect(lab.pages()).toHaveLength(4);
  });

  it('is known by its file as well', async () => {
    await lab.paged(0, { remote: null, sha256: 'AB12' });
    await lab.paged(1, { remote: '198.51.100.1', sha256: 'ab12' });
    expect(lab.pages()).toHaveLength(1);
  });

  it('is a page by itself where it is not contained', async () => {
    await lab.paged(0);
    await lab.pagedInUse(1);
    await lab.paged(2);
    expect(lab.pages().map(({ about }) => about['incident'])).toEqual([parent, incidentNo(1)]);
    expect(await lab.folded(parent)).toEqual([incidentNo(2)]);
  });

  it('is led by what is not contained, too, where that came first', async () => {
    await lab.pagedInUse(0);
    await lab.paged(1);
    expect(lab.pages()).toHaveLength(1);
  });

  it('is a page by itself where somebody was woken for that incident before', async () => {
    await lab.pagedInUse(1, { remote: null });
    await lab.paged(0);
    await lab.paged(1, { second: 60 });
    expect(lab.pages()).toHaveLength(3);
  });

  it('is news once it was quiet for six hours, and not before', async () => {
    await lab.paged(0);
    lab.pass(359 * minute);
    await lab.paged(1);
    lab.pass(359 * minute);
    await lab.paged(2);
    expect(lab.pages()).toHaveLength(1);
    lab.pass(360 * minute);
    await lab.paged(3);
    expect(lab.pages()).toHaveLength(2);
  });

  it('is news once the page that told it is over', async () => {
    await lab.paged(0);
    await undo(lab.effects, { incident: parent, by: 'ana', reason: 'a false alarm' });
    await lab.world.table.update(
      { pk: `incident#${parent}`, sk: 'head' },
      {},
      { set: { page: null, pageStands: null } },
    );
    await lab.paged(1);
    await lab.paged(2);
    expect(lab.pages().map(({ about }) => about['incident'])).toEqual([parent, incidentNo(1)]);
  });
});

describe('credentials that are open', () => {
  const role = (name: string) => ({ roles: [`arn:aws:iam::123456789012:role/${name}`] });

  it('are told once where they are the same for many', async () => {
    for (let n = 0; n < 4; n += 1) await lab.paged(n, role('shared'));
    lab.pass(20 * minute);
    await lab.sweep();
    expect(lab.pages()).toHaveLength(1);
    expect(lab.told('notice')[0]?.body).toContain('contained, credentials open: arn:aws:iam::123456789012:role/shared');
  });

  it('wake somebody again where no page says so yet, with the list, once', async () => {
    await lab.paged(0, role('one'));
    await lab.paged(1, role('two'));
    await lab.paged(2, role('two'));
    await lab.paged(3, role('three'));
    lab.pass(5 * minute);
    await lab.sweep();
    lab.pass(5 * minute);
    await lab.sweep();
    const [, again, ...more] = lab.pages();
    expect(more).toEqual([]);
    expect(again?.subject).toMatch(/^GET UP: .* and 3 more, credentials open/);
    expect(again?.body).toContain('Contained, but credentials are open (2)');
    expect(again?.about['thread']).toBe(lab.pages()[0]?.about['thread']);
    expect(await lab.head(0)).toMatchObject({ page: { id: again?.about['id'] } });
  });
});

describe('a page that is folded', () => {
  it('goes on with the one that tells it, and not by itself', async () => {
    lab = new ManyLab({}, { escalate });
    await lab.paged(0);
    await lab.paged(1);
    lab.pass(15 * minute);
    await lab.sweep();
    lab.pass(15 * minute);
    await lab.sweep();
    expect(new Set(lab.pages().map(({ about }) => about['incident']))).toEqual(new Set([parent]));
    expect(lab.pages()).toHaveLength(3);
  });

  it('is in the hands of whoever has the one that tells it, and may be acknowledged by itself', async () => {
    lab = new ManyLab({}, { escalate });
    await lab.paged(0);
    await lab.paged(1);
    await lab.paged(2);
    expect(await lab.take(incidentNo(1), 'ben')).toMatchObject({ kind: 'acknowledged', by: 'ben' });
    await lab.take(parent, 'ana');
    expect(await lab.take(incidentNo(2), 'eve')).toMatchObject({ kind: 'known', by: 'ana' });
    lab.pass(60 * minute);
    await lab.sweep();
    expect(lab.pages()).toHaveLength(1);
  });

  it('is told by no page that goes on less than it would, or is about less', async () => {
    await lab.paged(0);
    const loud = new ManyLab({}, { escalate });
    loud.world.items.clear();
    for (const [key, item] of lab.world.items) loud.world.items.set(key, item);
    loud.pass(lab.world.schedule.now - loud.world.schedule.now);
    await loud.paged(1);
    expect(loud.pages()).toHaveLength(1);
    await loud.paged(2);
    expect(loud.pages()).toHaveLength(1);
    expect(await loud.folded(incidentNo(1))).toEqual([incidentNo(2)]);
  });
});

describe('a page of a campaign', () => {
  const cutOff = () => Promise.reject(new Error('cut off'));

  it('that was never sent tells of no other: the next goes out', async () => {
    await lab.contain(0);
    lab.with({ publisher: { publish: cutOff } });
    await expect(lab.report(0)).rejects.toThrow('cut off');
    lab.effects = lab.world.direct;
    await lab.contain(1);
    await lab.report(1);
    // It is about to be sent, by whoever wrote it.
    expect(lab.pages()).toEqual([]);
    expect((await lab.head(1)).outbox).toHaveLength(1);
    lab.pass(61_000);
    // The sweep comes upon the second before the first.
    const { table } = lab.world;
    lab.with({ table: { ...table, candidates: async () => (await table.candidates('resting')).toReversed() } });
    await lab.report(1);
    expect(lab.pages().map(({ about }) => about['incident'])).toEqual([incidentNo(1)]);
  });

  it('that is sent late tells of what waited for it', async () => {
    await lab.contain(0);
    lab.with({ publisher: { publish: cutOff } });
    await expect(lab.report(0)).rejects.toThrow('cut off');
    lab.effects = lab.world.direct;
    await lab.paged(1);
    await sweep(lab.effects);
    await sweep(lab.effects);
    expect(lab.pages().map(({ about }) => about['incident'])).toEqual([parent]);
    expect(await lab.folded(parent)).toEqual([incidentNo(1)]);
    expect((await lab.head(1)).outbox).toEqual([]);
  });

  it('is for its team alone: another has its own', async () => {
    const teams = ['payments', 'checkout'].map((name) => ({ name }));
    const ofTeam = (name: string) => new ManyLab({ teams: [{ ...teams[0], name, owns: [{ kind: ['image'] }] }] });
    const [one, other] = [ofTeam('payments'), ofTeam('checkout')];
    await one.paged(0);
    for (const [key, item] of one.world.items) other.world.items.set(key, item);
    await other.paged(1);
    expect(other.pages()).toHaveLength(1);
  });

  it('goes out by itself where the table cannot say', async () => {
    await lab.paged(0);
    await lab.contain(1);
    const { table } = lab.world;
    lab.with({
      table: {
        ...table,
        get: (key) => (key.sk === 'campaign' ? Promise.reject(new Error('throttled')) : table.get(key)),
      },
    });
    await lab.report(1);
    expect(lab.pages()).toHaveLength(2);
  });
});
