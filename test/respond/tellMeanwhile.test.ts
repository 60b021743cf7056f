import { beforeEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../shared/finding/finding.ts';
import { keys } from '../../shared/incident/keys.ts';
import { inHandsOf, pageSet } from '../../shared/incident/openPage.ts';
import { deliver } from '../../shared/respond/intake.ts';
import { sweep } from '../../shared/respond/sweep.ts';
import type { Rule, Settings } from '../../shared/rules/rule.ts';
import { findingIn, scanEvent } from './model/events.ts';
import { minute, PagedLab } from './pagedLab.ts';

let lab: PagedLab;

/** A run that was decided a moment ago, and works for long. */
async function working(more: Partial<Rule> = {}, settings: Partial<Settings> = {}): Promise<void> {
  lab = new PagedLab({ page: {}, ...more }, settings);
  await lab.takeIn();
  await lab.decide();
}
beforeEach(() => working());

const miner = 'CryptoCurrency:Runtime/BitcoinTool.B';
/** GuardDuty finds somebody at work in it, now. */
async function threat(more: Partial<Finding> = {}, id = 'threat-1'): Promise<void> {
  const observedAt = new Date(lab.world.schedule.now).toISOString();
  const seen = { firstSeenAt: observedAt, count: 1, role: null, process: null, files: [], names: [], remote: null };
  const finding: Finding = {
    ...findingIn(scanEvent()),
    id,
    type: 'Execution:Runtime/ReverseShell',
    title: 'A reverse shell',
    observedAt,
    threat: { ...seen, from: null, signals: [] },
    ...more,
  };
  await deliver(lab.effects, lab.incident, { finding, hash: id, event: id });
}

const pages = () => lab.pages();

describe('a threat that is found while a run works', () => {
  it('wakes somebody when that has gone on for two minutes, once', async () => {
    await threat();
    lab.pass(2 * minute - 1);
    await sweep(lab.effects);
    expect(pages()).toEqual([]);
    lab.pass(1);
    await Promise.all([sweep(lab.effects), sweep(lab.effects)]);
    await threat({}, 'threat-2');
    lab.pass(10 * minute);
    await sweep(lab.effects);
    expect(pages()).toHaveLength(1);
    expect(pages()[0]?.subject).toMatch(/^GET UP: .*a threat, NOT contained yet/);
    expect(pages()[0]?.body).toContain('A reverse shell (critical');
    expect(pages()[0]?.body).toContain('Nothing is done about it until that run has ended');
  });

  it('is told in the end, too, and its page is over where it is contained', async () => {
    await threat({ type: miner });
    lab.pass(3 * minute);
    await sweep(lab.effects);
    expect(await lab.page()).toMatchObject({ level: 0 });
    await lab.act();
    await lab.verify();
    await lab.report();
    await lab.playPlan();
    expect(await lab.report()).toMatchObject({ outcome: 'contained', more: false });
    await sweep(lab.effects);
    expect(await lab.page()).toBeNull();
    const ended = lab.world.published.at(-1);
    expect([ended?.tier, ended?.subject]).toEqual(['notice', expect.stringContaining('contained')]);
  });

  it('has no page that stays open because it came while the run told of its end', async () => {
    await working({ page: { contained: 'digest' } });
    await lab.act();
    lab.pass(3 * minute);
    await lab.verify();
    const { table } = lab.effects;
    let isFirst = true;
    lab.with({
      table: {
        ...table,
        update: async (key, expected, change) => {
          const ends = change.set?.['state'] === 'resting';
          if (ends && isFirst) {
            isFirst = false;
            await table.update(
              { pk: key.pk, sk: 'head' },
              {},
              { set: { page: { id: 'x', level: 0, next: null }, pageStands: 'x 0 rests' } },
            );
          }
          return table.update(key, expected, change);
        },
      },
    });
    await lab.report();
    expect(isFirst).toBe(false);
    expect(await lab.page()).toBeNull();
  });

  it('wakes whoever has it in hand, who waits for what the run does, and not again once they have that', async () => {
    const { incident, run } = await lab.head();
    const page = { id: 'p', at: '2026-11-20T08:00:00.000Z', run, level: 0, next: null, escalates: null };
    await lab.world.table.update(
      keys.head(incident),
      {},
      { set: pageSet(inHandsOf(page, { by: 'ana', at: page.at })) },
    );
    await threat();
    lab.pass(3 * minute);
    await sweep(lab.effects);
    expect(pages()).toHaveLength(1);
    await lab.take();
    lab.pass(3 * minute);
    await sweep(lab.effects);
    expect(pages()).toHaveLength(1);
  });

  it('goes to the team whose the incident is', async () => {
    const { incident, plan } = await lab.head();
    const settings = { ...plan?.settings, responsible: { team: 'payments', how: 'a tag says so' } };
    await lab.world.table.update(
      keys.head(incident),
      {},
      { set: { plan: JSON.parse(JSON.stringify({ ...plan, settings })) } },
    );
    await threat();
    lab.pass(3 * minute);
    await sweep(lab.effects);
    expect(pages()[0]?.about).toMatchObject({ team: 'payments' });
    expect(await lab.page()).toMatchObject({ team: 'payments' });
  });

  it('goes on to the next as its rule says', async () => {
    await working({ escalate: { after: 'PT15M', times: 2 } });
    await threat();
    lab.pass(3 * minute);
    await sweep(lab.effects);
    lab.pass(15 * minute);
    await sweep(lab.effects);
    expect(pages()).toHaveLength(2);
    expect(pages()[1]?.subject).toMatch(/^GET UP: unanswered, /);
  });

  it('wakes nobody before the run has gone on to decide it', async () => {
    await threat();
    await lab.act();
    lab.pass(3 * minute);
    await lab.verify();
    await lab.report();
    expect(await lab.head()).toMatchObject({ state: 'running', round: 2 });
    const before = pages().length;
    await sweep(lab.effects);
    expect(pages()).toHaveLength(before);
  });

  it.each<[string, () => Promise<void>]>([
    ['what is no threat', async () => void (await lab.takeIn({ id: 'event-2', critical: 13, second: 9 }))],
    ['what no rule takes', () => threat({ severity: 2, label: 'low' })],
    ['a sample', () => threat({ sample: true })],
  ])('wakes nobody for %s', async (_what, found) => {
    await found();
    const { seq, plan } = await lab.head();
    expect(seq).toBeGreaterThan(plan?.seq ?? seq);
    lab.pass(30 * minute);
    await sweep(lab.effects);
    expect(pages()).toEqual([]);
  });

  it('wakes nobody where its rule would not', async () => {
    await working({ page: { 'not-contained': 'digest' } });
    await threat({ type: miner });
    lab.pass(30 * minute);
    await sweep(lab.effects);
    expect(pages()).toEqual([]);
  });

  it('wakes nobody where its paging is exempted', async () => {
    lab = new PagedLab({ page: {}, mode: 'observe' });
    const exemption = { name: 'known', owner: 'ana', reason: 'a test', expires: '2026-12-24T00:00:00.000Z' };
    lab.world.set = { ...lab.world.set, exemptions: [{ ...exemption, when: { sample: [false] }, scope: 'paging' }] };
    await lab.takeIn();
    await lab.decide();
    await threat({ type: miner });
    lab.pass(30 * minute);
    await sweep(lab.effects);
    expect(pages()).toEqual([]);
  });

  it('is told by the run itself where that knows of one', async () => {
    lab = new PagedLab({ page: {} });
    await lab.takeIn();
    await threat();
    await lab.decide();
    await threat({}, 'threat-2');
    lab.pass(30 * minute);
    await sweep(lab.effects);
    expect(pages()).toEqual([]);
  });
});
