import { beforeEach, describe, expect, it } from 'vitest';
import { acknowledge } from '../../shared/respond/acknowledge.ts';
import { hold } from '../../shared/respond/hold.ts';
import { incidentNo, ManyLab, minute } from './manyLab.ts';

const storm = { incidents: 4, within: 'PT10M' } as const;
const alone = { remote: null } as const;
const escalate = { after: 'PT15M', times: 2 } as const;

let lab: ManyLab;
beforeEach(() => {
  lab = new ManyLab({ storm });
});

const stormPages = () => lab.pages().filter(({ subject }) => subject.startsWith('GET UP: storm'));
const others = () => lab.pages().filter(({ subject }) => !subject.includes('storm'));

async function contained(from: number, to: number): Promise<void> {
  for (let n = from; n < to; n += 1) await lab.paged(n, alone);
}

describe('a storm', () => {
  it('is one page from the incident on that makes it, and acting goes on', async () => {
    await contained(0, 12);
    expect(others()).toHaveLength(3);
    expect(stormPages()).toHaveLength(1);
    const [page] = stormPages();
    expect(page?.subject).toMatch(/^GET UP: storm: 4 incidents in 10 min, 4 contained, /);
    expect(page?.body.split('\n')[0]).toMatch(/^GET UP: storm: 4 incidents in 10 min, 4 contained\./);
    const { incident } = await lab.storm();
    expect(await lab.folded(incident)).toHaveLength(9);
    for (let n = 0; n < 12; n += 1) expect(await lab.head(n)).toMatchObject({ outcome: 'contained', outbox: [] });
    const [message] = await lab.messages(11);
    expect(message).toMatchObject({ sent: false, foldedInto: incident });
  });

  it('goes out again for credentials that nothing told so far says are open', async () => {
    await contained(0, 4);
    lab.pass(5 * minute);
    for (const n of [4, 5]) await lab.paged(n, { ...alone, roles: ['arn:aws:iam::123456789012:role/one'] });
    lab.pass(5 * minute);
    await lab.sweep();
    expect(stormPages()).toHaveLength(2);
    expect(stormPages()[1]?.body).toContain('\n  credentials open: arn:aws:iam::123456789012:role/one');
  });

  it('is none where they come more slowly, or one comes again and again', async () => {
    for (let n = 0; n < 8; n += 1) {
      await lab.paged(n, alone);
      lab.pass(4 * minute);
    }
    expect(stormPages()).toEqual([]);
    expect(others()).toHaveLength(8);
  });

  it('is seen over the edge of any stretch of time', async () => {
    lab.pass(9 * minute);
    await contained(0, 2);
    lab.pass(3 * minute);
    await contained(2, 4);
    expect(stormPages()).toHaveLength(1);
  });

  it('is off where the settings say so', async () => {
    lab = new ManyLab({ storm: 'off' });
    await contained(0, 12);
    expect(lab.pages()).toHaveLength(12);
  });

  it('is from the tenth on where the settings say nothing', async () => {
    lab = new ManyLab();
    await contained(0, 12);
    expect([others().length, stormPages().length]).toEqual([9, 1]);
  });

  it('lists what is not contained first, and its page goes out again when there is more of that', async () => {
    await contained(0, 5);
    lab.pass(5 * minute);
    await lab.pagedInUse(5, alone);
    expect(stormPages()).toHaveLength(2);
    const [, again] = stormPages();
    expect(again?.subject).toMatch(/^GET UP: storm: 6 incidents in 15 min, 5 contained, 1 needs you/);
    expect(again?.body).toMatch(
      /Not contained, or waiting for you \(1\)\n.*held, needs you.*\n {2}firebreak incidents show /,
    );
    expect(again?.about['thread']).toBe(stormPages()[0]?.about['thread']);
    // Not for each of them at once.
    await lab.pagedInUse(6, alone);
    await lab.sweep();
    expect(stormPages()).toHaveLength(2);
    lab.pass(5 * minute);
    await lab.sweep();
    await lab.sweep();
    expect(stormPages()).toHaveLength(3);
    expect(stormPages()[2]?.body).toContain('Not contained, or waiting for you (2)');
    expect(others()).toHaveLength(3);
  });

  it('that begins with what is not contained says so at once, and once', async () => {
    await contained(0, 3);
    await lab.pagedInUse(3, alone);
    expect(stormPages()[0]?.subject).toContain('3 contained, 1 needs you');
    lab.pass(5 * minute);
    await lab.sweep();
    expect(stormPages()).toHaveLength(1);
  });

  it('lists what is contained in a notice, every quarter of an hour at the most', async () => {
    await contained(0, 5);
    lab.pass(9 * minute);
    await contained(5, 6);
    await lab.sweep();
    expect(lab.told('notice')).toEqual([]);
    lab.pass(6 * minute);
    await lab.sweep();
    await lab.sweep();
    expect(lab.told('notice').map(({ subject }) => subject)).toEqual([
      expect.stringMatching(/^NO ACTION: storm: 6 incidents in 25 min, 6 contained/),
    ]);
  });

  it('is over when no more come for so long: a notice says how many there were', async () => {
    await contained(0, 6);
    lab.pass(10 * minute);
    await lab.sweep();
    await lab.sweep();
    const [end, ...more] = lab.told('notice');
    expect(more).toEqual([]);
    expect(end?.subject).toMatch(/^NO ACTION: storm is over: 6 incidents in 10 min, 6 contained/);
    expect(end?.about['outcome']).toBe('contained');
    await contained(6, 7);
    expect(others()).toHaveLength(4);
  });

  it('ends no alert while something is not contained', async () => {
    await contained(0, 3);
    await lab.pagedInUse(3, alone);
    lab.pass(10 * minute);
    await lab.sweep();
    expect(lab.told('notice')[0]).toMatchObject({
      subject: expect.stringContaining('3 contained, 1 still open (paged before)'),
      about: { outcome: '' },
    });
  });

  it('may come again', async () => {
    await contained(0, 5);
    lab.pass(20 * minute);
    await contained(5, 10);
    expect(stormPages()).toHaveLength(2);
    expect(new Set(stormPages().map(({ about }) => about['thread'])).size).toBe(2);
  });
});

describe('the page of a storm', () => {
  it('goes on until somebody acknowledges it, and what it tells does not', async () => {
    lab = new ManyLab({ storm }, { escalate });
    await contained(0, 8);
    const { incident } = await lab.storm();
    for (let n = 0; n < 3; n += 1) await lab.take(incidentNo(n));
    lab.pass(15 * minute);
    await lab.sweep();
    const again = lab.pages().slice(4);
    expect(again.map(({ subject }) => subject)).toEqual([expect.stringMatching(/^GET UP: unanswered, storm: 4/)]);
    expect(await lab.take(incident)).toMatchObject({ kind: 'acknowledged' });
    expect(await lab.take(incidentNo(7), 'eve')).toMatchObject({ kind: 'known', by: 'ana' });
    lab.pass(60 * minute);
    await lab.sweep();
    expect(lab.pages()).toHaveLength(5);
  });

  it('goes on where what it tells would, though what it began with would not', async () => {
    await contained(0, 5);
    const loud = new ManyLab({ storm }, { escalate });
    loud.world.items.clear();
    for (const [key, item] of lab.world.items) loud.world.items.set(key, item);
    loud.pass(5 * minute);
    await loud.paged(6, alone);
    expect(loud.pages()).toHaveLength(1);
    expect((await loud.storm()).page).toMatchObject({ escalates: { afterSeconds: 900 } });
  });

  it('that was never sent tells of nothing: each goes out by itself', async () => {
    await contained(0, 3);
    const { publisher } = lab.effects;
    const refuses = (subject: string) => subject.includes('storm');
    lab.with({
      publisher: {
        publish: async (tier, subject, body, about) =>
          refuses(subject) ? Promise.reject(new Error('cut off')) : publisher.publish(tier, subject, body, about),
      },
    });
    await contained(3, 5);
    expect(others()).toHaveLength(4);
    // It is about to be sent, by whoever noticed the storm.
    expect((await lab.head(4)).outbox).toHaveLength(1);
    lab.pass(61_000);
    await lab.report(4);
    expect(others()).toHaveLength(5);
  });

  it('is nothing that a person can hold', async () => {
    await contained(0, 4);
    const { incident } = await lab.storm();
    const answer = await hold(lab.effects, { incident, by: 'ana', reason: 'x', forMs: minute });
    expect(answer).toMatchObject({ kind: 'nothing', reason: expect.stringContaining('is a storm') });
  });

  it('closes with the day, like an incident, and what comes then is told by itself', async () => {
    await contained(0, 4);
    lab.pass(25 * 60 * minute);
    await lab.sweep();
    await lab.sweep();
    expect(await lab.storm()).toMatchObject({ state: 'closed' });
    await contained(4, 5);
    expect(others()).toHaveLength(4);
  });
});

describe('where the table cannot say', () => {
  for (const sk of ['current', 'within#600']) {
    it(`(${sk}) each page goes out by itself`, async () => {
      const { table } = lab.world;
      lab.with({
        table: { ...table, get: (key) => (key.sk === sk ? Promise.reject(new Error('throttled')) : table.get(key)) },
      });
      await contained(0, 8);
      expect(others()).toHaveLength(8);
    });
  }

  it('what is folded and could not be listed pages by itself', async () => {
    await contained(0, 5);
    lab.pass(5 * minute);
    const { table } = lab.world;
    lab.with({
      table: {
        ...table,
        query: (pk, prefix) =>
          prefix === 'folded#' ? Promise.reject(new Error('throttled')) : table.query(pk, prefix),
      },
    });
    await lab.pagedInUse(5, alone);
    expect(others()).toHaveLength(4);
    // Kept as what it is: sent.
    expect((await lab.messages(5))[0]).toMatchObject({ sent: true });
    expect((await lab.messages(5))[0]?.foldedInto).toBeUndefined();
  });

  it('wakes for what is not contained, also where the page that began it went out by itself', async () => {
    await contained(0, 3);
    const { publisher } = lab.effects;
    let failed = 0;
    const publish: typeof publisher.publish = async (tier, subject, ...rest) => {
      if (!subject.includes('storm') || failed > 0) return publisher.publish(tier, subject, ...rest);
      failed += 1;
      throw new Error('Throttling');
    };
    lab.with({ publisher: { publish } });
    await lab.pagedInUse(3, alone);
    lab.pass(minute);
    await lab.sweep();
    lab.pass(5 * minute);
    const before = stormPages().length;
    await lab.pagedInUse(4, alone);
    lab.pass(5 * minute);
    await lab.sweep();
    expect(failed).toBe(1);
    expect(stormPages().length).toBeGreaterThan(before);
    expect(stormPages().at(-1)?.body).toContain(incidentNo(4));
  });

  it('goes on as soon, and as often, as the strictest of what it tells', async () => {
    lab = new ManyLab({ storm, escalate: { after: 'PT1H', times: 1 } });
    await contained(0, 4);
    const slow = (await lab.storm()).page;
    expect(slow?.escalates).toEqual({ afterSeconds: 3600, times: 1 });
    lab.escalate(escalate);
    await contained(4, 5);
    expect((await lab.storm()).page).toMatchObject({ escalates: { afterSeconds: 900, times: 2 } });
    expect(((await lab.storm()).page?.next ?? '') < (slow?.next ?? '')).toBe(true);
  });

  it('takes back who had its page when another takes its place', async () => {
    await contained(0, 5);
    const { incident } = await lab.storm();
    await acknowledge(lab.effects, { incident, by: 'ana', reason: 'I look' });
    lab.pass(5 * minute);
    await lab.pagedInUse(5, alone);
    await lab.sweep();
    expect(stormPages()).toHaveLength(2);
    expect(lab.world.published.filter(({ subject }) => subject.includes('acknowledged'))).toEqual([]);
    expect((await lab.storm()).page?.acknowledged).toBeUndefined();
  });
});
