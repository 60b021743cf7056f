import { beforeEach, describe, expect, it } from 'vitest';
import { contentHash } from '../../shared/finding/hash.ts';
import { noteIneffective } from '../../shared/incident/breakers.ts';
import { keys } from '../../shared/incident/keys.ts';
import { deliver } from '../../shared/respond/intake.ts';
import { resumeRule } from '../../shared/respond/pause.ts';
import { sweep } from '../../shared/respond/sweep.ts';
import { miner, threatFinding } from '../plan/threats.ts';
import { shutWith } from './decided.ts';
import { findingIn, scanEvent } from './model/events.ts';
import { Lab } from './model/lab.ts';
import { rules } from './model/world.ts';

const hour = 3_600_000;
const rule = 'shut-critical';
let lab: Lab;

beforeEach(async () => {
  lab = new Lab({ set: { ...rules, settings: { ...rules.settings, breaker: { ineffective: 3, withinHours: 24 } } } });
  await lab.takeIn();
});

const iso = (): string => lab.effects.clock.now().toISOString();
const note = (what: string) => noteIneffective(lab.world.table, rule, what, iso());
const noted = async (): Promise<readonly string[]> =>
  Object.keys((await lab.world.table.get(keys.breaker(rule))) ?? {}).filter((name) => name.startsWith('ineffective:'));

/** A run whose containment is done, and does not show. */
async function failToHold(): Promise<void> {
  shutWith(lab, { verify: async () => ({ state: 'broken', seen: 'It is open.', absence: false }) });
  await lab.decide();
  await lab.act(0);
  await lab.verify(0);
  await lab.act();
  lab.pass(2 * 60_000);
  await lab.verify().catch(() => {});
  await lab.report();
  lab.effects = lab.world.direct;
}

describe('a containment that does not hold', () => {
  it('is noted against its rule, once, however often it is reported', async () => {
    await failToHold();
    expect(await lab.head()).toMatchObject({ outcome: 'not-contained' });
    expect(await noted()).toHaveLength(1);
    await lab.report().catch(() => {});
    expect(await noted()).toHaveLength(1);
  });

  it('because AWS refused it was none, and is not noted', async () => {
    shutWith(lab, { execute: () => Promise.reject(new Error('refused')) });
    await lab.decide();
    await lab.act().catch(() => {});
    await lab.report();
    expect(await lab.head()).toMatchObject({ outcome: 'not-contained' });
    expect(await noted()).toEqual([]);
  });

  it('because somebody was active after it is noted once, in however many runs it is seen', async () => {
    const mild = rules.rules.map((one) => ({ ...one, when: { severity: [{ numeric: ['>=', 1] }] } }));
    lab = new Lab({ set: { ...rules, rules: mild } });
    lab.thing.status = 'open';
    const bring = async (observedAt: string): Promise<void> => {
      const { resource } = findingIn(scanEvent());
      const finding = threatFinding(miner, {}, { resource, observedAt, severity: 8 });
      await deliver(lab.effects, lab.incident, { finding, hash: contentHash(finding, []), event: observedAt });
    };
    await bring('2026-11-20T08:59:00.000Z');
    await lab.run();
    expect(await noted()).toEqual([]);
    for (const second of [30, 40, 50]) {
      lab.pass(60_000);
      lab.thing.status = 'open';
      await bring(`2026-11-20T09:00:${second}.000Z`);
      const { steps } = await lab.decide();
      for (const { n } of steps) {
        await lab.act(n).catch(() => {});
        await lab.verify(n).catch(() => {});
      }
      await lab.report();
    }
    expect(await noted()).toHaveLength(1);
  });

  it('that is one too many stops the rule, and its message says so, and how to start it again', async () => {
    await note('a');
    await note('b');
    await failToHold();
    const body = lab.world.published.at(-1)?.body;
    expect(body).toContain(`Rule ${rule} is stopped: 3 of its containments within 24 hours did not hold.`);
    expect(body).toContain(`firebreak resume --rule ${rule} --stage test`);
  });
});

describe('a rule that is stopped', () => {
  beforeEach(async () => {
    for (const what of ['a', 'b', 'c']) await note(what);
  });

  it('does nothing: all that it asks for is held, and told, with how to start it again', async () => {
    await lab.run();
    expect(lab.thing.calls).toEqual([]);
    expect(await lab.head()).toMatchObject({ outcome: 'held', stops: [{ kind: 'breaker', of: rule }] });
    expect(lab.world.published[0]).toMatchObject({
      tier: 'page',
      subject: expect.stringContaining('held, its rule is stopped'),
      body: expect.stringContaining(`firebreak resume --rule ${rule} --stage test`),
    });
  });

  it('is decided again by itself once a person has started it again', async () => {
    await lab.run();
    lab.pass(hour);
    await sweep(lab.effects);
    expect(await lab.head()).toMatchObject({ state: 'resting' });
    expect(await resumeRule(lab.effects, { rule, by: 'ana' })).toBe(3);
    expect(await resumeRule(lab.effects, { rule, by: 'ana' })).toBe(0);
    await sweep(lab.effects);
    await lab.run();
    expect(lab.thing.calls).toEqual(['shut']);
    // What is noted again of before does not count again.
    lab.pass(1000);
    await note('a');
    await note('d');
    expect(await resumeRule(lab.effects, { rule, by: 'ana' })).toBe(1);
  });

  it('is so no longer when all of that lies further back than the settings look', async () => {
    lab.pass(24 * hour);
    await lab.run();
    expect(lab.thing.calls).toEqual(['shut']);
  });

  it('after the plan was made: what is not begun is held', async () => {
    await resumeRule(lab.effects, { rule, by: 'ana' });
    await lab.decide();
    lab.pass(1000);
    for (const what of ['d', 'e', 'f']) await note(what);
    await expect(lab.act()).rejects.toMatchObject({ name: 'ActionFailed' });
    expect(lab.thing.calls).toEqual([]);
    expect(await lab.receipt()).toMatchObject({ state: 'held', stops: [{ kind: 'breaker' }] });
  });
});

describe('a breaker', () => {
  it('below its number stops nothing', async () => {
    for (const what of ['a', 'b']) await note(what);
    await lab.run();
    expect(lab.thing.calls).toEqual(['shut']);
  });

  it('that the settings do not speak of is 3 in 24 hours', async () => {
    lab = new Lab();
    await lab.takeIn();
    for (const what of ['a', 'b', 'c']) await note(what);
    await lab.run();
    expect(await lab.head()).toMatchObject({ outcome: 'held' });
  });

  it('that cannot be read holds', async () => {
    await lab.world.table.putIfAbsent({ ...keys.breaker(rule), 'ineffective:a': 'yesterday' });
    await lab.run();
    expect(lab.thing.calls).toEqual([]);
    expect(await lab.head()).toMatchObject({ outcome: 'held', stops: [{ kind: 'unread' }] });
  });
});
