import { beforeEach, describe, expect, it } from 'vitest';
import { keys } from '../../shared/incident/keys.ts';
import { changeAttribute } from '../../shared/incident/targets.ts';
import { sweep, sweepOne } from '../../shared/respond/sweep.ts';
import { undo } from '../../shared/respond/undo.ts';
import type { Rule } from '../../shared/rules/rule.ts';
import { minute, PagedLab } from './pagedLab.ts';

let lab: PagedLab;

/** An incident whose page has just gone out. */
async function paged(more?: Partial<Rule>): Promise<void> {
  lab = await PagedLab.paged(more);
}
beforeEach(() => paged());

const pages = () => lab.pages();
const page = () => lab.page();
const take = (by?: string) => lab.take(by);
const wait = () => lab.wait();

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
    lab = await PagedLab.paged({}, { escalate: { after: 'PT5M', times: 1 } });
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
    lab = await PagedLab.paged({ escalate: { after: 'PT2H', times: 1 } }, { quietHours: 1 });
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
