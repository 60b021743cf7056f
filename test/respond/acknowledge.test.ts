import { beforeEach, describe, expect, it } from 'vitest';
import { keys } from '../../shared/incident/keys.ts';
import { pageSet } from '../../shared/incident/openPage.ts';
import { acknowledge } from '../../shared/respond/acknowledge.ts';
import { answer } from '../../shared/respond/answer.ts';
import { contain } from '../../shared/respond/contain.ts';
import { hold } from '../../shared/respond/hold.ts';
import { sweep } from '../../shared/respond/sweep.ts';
import { undo } from '../../shared/respond/undo.ts';
import type { Rule } from '../../shared/rules/rule.ts';
import { escalate, minute, PagedLab } from './pagedLab.ts';

let lab: PagedLab;

/** An incident whose page has just gone out. */
async function paged(more?: Partial<Rule>): Promise<void> {
  lab = await PagedLab.paged(more);
}
beforeEach(() => paged());

const pages = () => lab.pages();
const page = () => lab.page();
const take = (by?: string) => lab.take(by);

describe('an acknowledgement', () => {
  it('that comes while a report is written is not lost over that', async () => {
    await lab.takeIn({ id: 'event-2', critical: 13, second: 9 });
    await lab.playPlan();
    const { table } = lab.effects;
    let once = true;
    lab.with({
      table: {
        ...table,
        update: async (key, expected, change) => {
          if (once && change.set?.['state'] === 'resting') {
            once = false;
            await acknowledge(lab.world.direct, { incident: lab.incident, by: 'ana', reason: 'I am on it' });
          }
          return table.update(key, expected, change);
        },
      },
    });
    await lab.report();
    expect(await page()).toMatchObject({ next: null, acknowledged: { by: 'ana' } });
  });

  it('is of one page: the same answer once more says nothing about the next', async () => {
    await paged({ escalate, approval: { when: ['always'] } });
    const { stops } = await lab.head();
    const said = { kind: 'approve', by: 'eva', reason: 'so be it', plan: stops?.[0]?.of ?? '' } as const;
    await answer(lab.effects, { incident: lab.incident, ...said });
    await lab.playPlan();
    await lab.report();
    expect(await page()).toMatchObject({ acknowledged: { by: 'eva' }, next: null });
    lab.pass(minute);
    await lab.world.table.update(keys.head(lab.incident), {}, { set: { told: null, containedAt: null } });
    const later = { id: 'page-2', at: new Date(lab.world.schedule.now).toISOString(), run: 'r', level: 0 };
    const next = { ...later, next: later.at, escalates: null };
    await lab.world.table.update(keys.head(lab.incident), {}, { set: pageSet(next) });
    expect(await answer(lab.effects, { incident: lab.incident, ...said })).toMatchObject({ kind: 'known' });
    expect((await page())?.acknowledged).toBeUndefined();
  });

  it('goes where the page went', async () => {
    await take();
    await sweep(lab.effects);
    const { class: known } = (await page()) ?? {};
    expect(lab.world.published.at(-1)?.about).toMatchObject({ outcome: 'acknowledged', class: known, escalation: '0' });
  });

  it('by a decision is told only where somebody else would have been called', async () => {
    await paged({});
    await hold(lab.effects, { incident: lab.incident, by: 'ben', reason: 'we are looking', forMs: 60 * minute });
    expect(await page()).toMatchObject({ acknowledged: { by: 'ben' } });
    expect((await lab.head()).outbox).toEqual([]);
  });

  it('by a decision is who has it, for whoever acknowledges after that', async () => {
    await hold(lab.effects, { incident: lab.incident, by: 'ben', reason: 'we are looking', forMs: 60 * minute });
    expect(await take()).toMatchObject({ kind: 'known', by: 'ben' });
    await sweep(lab.effects);
    expect(lab.world.published.at(-1)?.subject).toContain('acknowledged by ben');
  });

  it('ends it, is recorded, and told to everybody else, once', async () => {
    expect(await take()).toMatchObject({ kind: 'acknowledged', by: 'ana' });
    expect(await take('ben')).toMatchObject({ kind: 'known', by: 'ana' });
    lab.pass(600 * minute);
    await sweep(lab.effects);
    expect(pages()).toHaveLength(1);
    const notices = lab.world.published.filter(({ subject }) => subject.includes('acknowledged by ana'));
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatchObject({ tier: 'notice', subject: expect.stringMatching(/^NO ACTION: /) });
    expect(notices[0]?.body).toContain('I am on it');
  });

  it('that was recorded and went no further counts', async () => {
    const { table } = lab.effects;
    lab.with({ table: { ...table, update: () => Promise.reject(new Error('cut off')) } });
    await expect(take()).rejects.toThrow('cut off');
    lab.effects = lab.world.direct;
    lab.pass(15 * minute);
    await sweep(lab.effects);
    expect(pages()).toHaveLength(1);
    expect(await page()).toMatchObject({ acknowledged: { by: 'ana' }, next: null });
  });

  it('that meets the page going on is to the same page', async () => {
    const { table } = lab.effects;
    let once = true;
    lab.with({
      table: {
        ...table,
        putIfAbsent: async (item) => {
          if (once) {
            once = false;
            lab.pass(15 * minute);
            await sweep({ ...lab.world.direct, table });
          }
          return table.putIfAbsent(item);
        },
      },
    });
    expect(await take()).toMatchObject({ kind: 'acknowledged' });
    expect(await page()).toMatchObject({ level: 1, next: null, acknowledged: { by: 'ana' } });
  });

  it('that comes just before the page goes on keeps it from going on', async () => {
    const { table } = lab.effects;
    lab.pass(15 * minute);
    let once = true;
    lab.with({
      table: {
        ...table,
        update: async (key, expected, change) => {
          if (once) {
            once = false;
            await acknowledge(lab.world.direct, { incident: lab.incident, by: 'ana', reason: 'I am on it' });
          }
          return table.update(key, expected, change);
        },
      },
    });
    await sweep(lab.effects);
    expect(pages()).toHaveLength(1);
    expect(await page()).toMatchObject({ level: 0, acknowledged: { by: 'ana' } });
  });

  it('needs a page, and an incident', async () => {
    expect(await acknowledge(lab.effects, { incident: 'no', by: 'a', reason: 'r' })).toMatchObject({
      kind: 'nothing',
      reason: 'There is no incident no.',
    });
    lab = new PagedLab();
    await lab.takeIn();
    expect(await take()).toMatchObject({ kind: 'nothing', reason: expect.stringContaining('nobody is being called') });
  });

  it('is what a hold is, too, and containing it again', async () => {
    await hold(lab.effects, { incident: lab.incident, by: 'ben', reason: 'we are looking', forMs: 60 * minute });
    expect(await page()).toMatchObject({ acknowledged: { by: 'ben' }, next: null });
    await paged();
    const { table } = lab.effects;
    const heldUntil = new Date(lab.world.schedule.now + 60 * minute).toISOString();
    await table.update(keys.head(lab.incident), {}, { set: { heldUntil } });
    await contain(lab.effects, { incident: lab.incident, by: 'eva', reason: 'it goes on' });
    expect(await page()).toMatchObject({ acknowledged: { by: 'eva' }, next: null });
  });

  it('is what an undo is, too, and an answer', async () => {
    await undo(lab.effects, { incident: lab.incident, by: 'ben', reason: 'a false alarm' });
    expect(await page()).toMatchObject({ acknowledged: { by: 'ben' }, next: null });
    await paged({ escalate, approval: { when: ['always'] } });
    const { stops } = await lab.head();
    expect(pages()).toHaveLength(1);
    const said = { kind: 'reject', by: 'eva', reason: 'a load test', plan: stops?.[0]?.of ?? '' } as const;
    await answer(lab.effects, { incident: lab.incident, ...said });
    expect(await page()).toMatchObject({ acknowledged: { by: 'eva' } });
  });
});
