import { beforeEach, describe, expect, it } from 'vitest';
import { keys } from '../../shared/incident/keys.ts';
import { pageSet } from '../../shared/incident/openPage.ts';
import { changeAttribute } from '../../shared/incident/targets.ts';
import { acknowledge } from '../../shared/respond/acknowledge.ts';
import { answer } from '../../shared/respond/answer.ts';
import { contain } from '../../shared/respond/contain.ts';
import { hold } from '../../shared/respond/hold.ts';
import { sweep, sweepOne } from '../../shared/respond/sweep.ts';
import { undo } from '../../shared/respond/undo.ts';
import type { Rule } from '../../shared/rules/rule.ts';
import { Lab } from './model/lab.ts';
import { rules } from './model/world.ts';

const minute = 60_000;
let lab: Lab;

const paging = (more: Partial<Rule> = {}): Lab => {
  const all = rules.rules.map((one): Rule => ({ ...one, page: { contained: 'page' }, ...more }));
  return new Lab({ set: { ...rules, rules: all } });
};
const escalate = { after: 'PT15M', times: 2 } as const;

/** An incident whose page has just gone out. */
async function paged(more: Partial<Rule> = { escalate }): Promise<void> {
  lab = paging(more);
  await lab.takeIn();
  await lab.playPlan();
  await lab.report();
}
beforeEach(() => paged());

const pages = () => lab.world.published.filter(({ tier }) => tier === 'page');
const page = async () => (await lab.head()).page;
const take = (by = 'ana') => acknowledge(lab.effects, { incident: lab.incident, by, reason: 'I am on it' });
const wait = async () => sweepOne(lab.effects, { incident: lab.incident, run: (await lab.head()).run });

describe('a page that nobody acknowledges', () => {
  it('goes on when its time is over, as often as it may, each time with who has it', async () => {
    expect(pages()).toHaveLength(1);
    lab.pass(15 * minute - 1);
    await sweep(lab.effects);
    expect(pages()).toHaveLength(1);
    lab.pass(1);
    await sweep(lab.effects);
    await sweep(lab.effects);
    expect(pages()).toHaveLength(2);
    const [first, second] = pages();
    expect(second?.subject).toMatch(/^GET UP: unanswered, /);
    expect(second?.body).toContain(`Nobody has acknowledged the page of`);
    expect(second?.body).toContain('firebreak acknowledge');
    expect(second?.body).toContain(first?.body);
    lab.pass(15 * minute);
    await sweep(lab.effects);
    expect(pages()).toHaveLength(3);
    expect(pages()[2]?.body).toContain('It goes on to nobody else. It has gone on twice.');
    lab.pass(600 * minute);
    await sweep(lab.effects);
    expect(pages()).toHaveLength(3);
  });

  it('says so from the beginning, and one that is sent once says nothing of it', async () => {
    expect(pages()[0]?.body).toContain('it goes on to the next after 15 minutes, twice at the most');
    await paged({});
    expect(pages()).toHaveLength(1);
    expect(pages()[0]?.body).not.toContain('acknowledge');
    lab.pass(600 * minute);
    await sweep(lab.effects);
    expect(pages()).toHaveLength(1);
  });

  it('is what the settings say, where the rule says nothing', async () => {
    const all = rules.rules.map((one): Rule => ({ ...one, page: { contained: 'page' } }));
    const settings = { ...rules.settings, escalate: { after: 'PT5M', times: 1 } };
    lab = new Lab({ set: { ...rules, rules: all, settings } });
    await lab.takeIn();
    await lab.playPlan();
    await lab.report();
    expect(await page()).toMatchObject({ escalates: { afterSeconds: 300, times: 1 } });
  });

  it('is waited for by the run that sent it, until it goes on to nobody', async () => {
    lab.pass(15 * minute);
    const next = new Date(lab.world.schedule.now + 15 * minute).toISOString();
    expect(await wait()).toBe(next);
    lab.pass(15 * minute);
    expect(await wait()).toBeNull();
    expect(pages()).toHaveLength(3);
  });

  it('is no other run’s to wait for', async () => {
    lab.pass(15 * minute);
    expect(await sweepOne(lab.effects, { incident: lab.incident, run: 'another' })).toBeNull();
    expect(pages()).toHaveLength(2);
  });

  it('is not repeated before it is out', async () => {
    const { publisher } = lab.effects;
    await paged();
    lab.with({ publisher: { ...publisher, publish: () => Promise.reject(new Error('throttled')) } });
    const { table } = lab.effects;
    const { id } = (await page()) ?? { id: '' };
    lab.with({
      table: { ...table, get: async (key) => (key.sk === keys.message('', id).sk ? undefined : table.get(key)) },
    });
    lab.pass(15 * minute);
    expect(await wait()).toBeNull();
    expect(await page()).toMatchObject({ level: 0 });
  });
});

describe('a page that goes on', () => {
  it('is sent once by all who come upon it at the same moment', async () => {
    lab.pass(15 * minute);
    await Promise.all([sweep(lab.effects), wait(), sweep(lab.effects), wait()]);
    await sweep(lab.effects);
    expect(pages()).toHaveLength(2);
  });

  it('is sent by a later sweep where whoever wrote that it does died before', async () => {
    const { publisher } = lab.effects;
    lab.pass(15 * minute);
    lab.with({ publisher: { ...publisher, publish: () => Promise.reject(new Error('cut off')) } });
    await expect(sweep(lab.effects)).rejects.toThrow('cut off');
    lab.effects = lab.world.direct;
    lab.pass(minute);
    await sweep(lab.effects);
    expect(pages()).toHaveLength(2);
  });

  it('is waited for by the run that has sent it, and by none that has nothing to tell', async () => {
    const { next } = (await page()) ?? { next: null };
    const { run } = await lab.head();
    await lab.takeIn({ id: 'event-2', critical: 13, second: 9 });
    await lab.playPlan();
    expect(await lab.report()).toMatchObject({ until: null });
    expect(await sweepOne(lab.effects, { incident: lab.incident, run })).toBe(next);
    expect(await wait()).toBeNull();
  });

  it('keeps its incident open, however short it may be quiet', async () => {
    const settings = { ...rules.settings, quietHours: 1 };
    const all = rules.rules.map((one): Rule => ({ ...one, page: { contained: 'page' } }));
    lab = new Lab({
      set: { ...rules, rules: all.map((one) => ({ ...one, escalate: { after: 'PT2H', times: 1 } })), settings },
    });
    await lab.takeIn();
    await lab.playPlan();
    await lab.report();
    const { target, changes } = await lab.record();
    const remove = changes.map(({ action }) => changeAttribute(action));
    await lab.world.table.update(keys.target(target), {}, { remove });
    lab.pass(90 * minute);
    await sweep(lab.effects);
    expect(await lab.head()).toMatchObject({ state: 'resting' });
    lab.pass(31 * minute);
    await sweep(lab.effects);
    expect(pages()).toHaveLength(2);
    await sweep(lab.effects);
    expect(await lab.head()).toMatchObject({ state: 'closed', page: null });
  });

  it('takes its place from the one before it that nobody has acknowledged', async () => {
    lab.pass(15 * minute);
    await sweep(lab.effects);
    const { next } = (await page()) ?? { next: null };
    // As if it told another state: what people know of it is forgotten.
    await lab.world.table.update(keys.head(lab.incident), {}, { set: { told: null } });
    await lab.takeIn({ id: 'event-2', critical: 13, second: 9 });
    await lab.playPlan();
    await lab.report();
    expect(pages()).toHaveLength(3);
    expect(pages()[2]).toMatchObject({
      about: { escalation: '1' },
      subject: expect.stringMatching(/^GET UP: (?!unans)/),
    });
    expect(await page()).toMatchObject({ level: 1, next });
  });
});

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
    lab = new Lab({});
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

describe('a page is over', () => {
  it('when what comes next wakes nobody', async () => {
    await undo(lab.effects, { incident: lab.incident, by: 'ben', reason: 'a false alarm' });
    await lab.playPlan();
    await lab.report();
    expect(await page()).toBeNull();
    expect(await take()).toMatchObject({ kind: 'nothing' });
  });

  it('and not while nothing new is told', async () => {
    const before = await page();
    await lab.takeIn({ id: 'event-2', critical: 13, second: 9 });
    await lab.playPlan();
    await lab.report();
    expect(pages()).toHaveLength(1);
    expect(await page()).toEqual(before);
  });
});
