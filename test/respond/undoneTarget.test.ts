import { beforeEach, describe, expect, it } from 'vitest';
import { noAccusation } from '../../shared/actions/accusation.ts';
import { type Action, targetKey } from '../../shared/actions/contract.ts';
import { contentHash } from '../../shared/finding/hash.ts';
import type { UndoneByPerson } from '../../shared/incident/items.ts';
import { keys } from '../../shared/incident/keys.ts';
import { planOfRun } from '../../shared/incident/plans.ts';
import { noteMeeting, undoneAttribute } from '../../shared/incident/targets.ts';
import type { Plan } from '../../shared/plan/plan.ts';
import { decide } from '../../shared/respond/decide.ts';
import { deliver } from '../../shared/respond/intake.ts';
import { observeInOrder } from '../../shared/respond/observe.ts';
import { undo } from '../../shared/respond/undo.ts';
import { archive, image, ruleSet, step } from '../plan/fakes.ts';
import { findingIn, scanEvent } from './model/events.ts';
import { Lab } from './model/lab.ts';

const day = 24 * 3_600_000;
const other = 'other/123456789012/us-east-1/payments';
let lab: Lab;

beforeEach(async () => {
  lab = new Lab();
  await lab.takeIn();
});

const iso = (ms = lab.world.schedule.now): string => new Date(ms).toISOString();

/** Contained, and undone by ana at the time that is answered; reported so much later. */
async function undone(reportedAfter = 0): Promise<string> {
  await lab.run();
  lab.pass(60_000);
  const at = iso();
  await undo(lab.effects, { incident: lab.incident, by: 'ana', reason: 'false alarm' });
  await lab.playPlan();
  lab.pass(reportedAfter);
  await lab.report();
  return at;
}

/** Another incident comes upon the same target, and decides. */
async function planOfAnother(): Promise<Plan> {
  const finding = findingIn(scanEvent({ id: 'event-9', critical: 9, second: 9 }));
  const hash = contentHash(finding, ['observedAt']);
  const { run = '' } = await deliver(lab.effects, other, { finding, hash, event: 'event-9' });
  await decide(lab.effects, { incident: other, run, retries: 0 });
  const item = await lab.world.table.get(keys.head(other));
  const stored = await planOfRun(lab.effects.bodies, item as never, 1);
  if (stored === undefined) throw new Error('There is no plan');
  return stored.plan;
}

const note = (fields: Partial<UndoneByPerson> = {}): UndoneByPerson => ({
  until: iso(lab.world.schedule.now + day),
  since: iso(),
  by: 'ana',
  at: iso(),
  incident: 'first',
  run: 'r',
  ...fields,
});

describe('a target that a person had put back', () => {
  it('is held for another incident, which says who undid it, when, and until when', async () => {
    const at = await undone();
    const until = iso(lab.world.schedule.now + day);
    const { decision, reason, steps, heldUntil } = await planOfAnother();
    expect({ decision, heldUntil }).toEqual({ decision: 'hold', heldUntil: until });
    expect(steps).toMatchObject([{ facts: { changes: false } }]);
    expect(reason).toContain(`ana had it put back (undo of ${lab.incident}, decided ${at})`);
    expect(reason).toContain(`nothing is changed there until ${until}`);
    expect(lab.thing).toMatchObject({ status: 'open', calls: ['shut', 'open'] });
  });

  it('is contained again once the hold is over', async () => {
    await undone();
    lab.pass(day);
    expect(await planOfAnother()).toMatchObject({ decision: 'contain' });
  });

  it('keeps nobody from looking at it', async () => {
    await undone();
    expect((await planOfAnother()).notDone).toEqual([]);
  });

  it('is held in the very write that ends the change: a crash leaves both or neither', async () => {
    await lab.run();
    lab.pass(60_000);
    await undo(lab.effects, { incident: lab.incident, by: 'ana', reason: 'false alarm' });
    await lab.decide();
    await lab.act(0);
    lab.pass(60_000);
    const { table } = lab.effects;
    const states: string[] = [];
    const look = async (): Promise<void> => {
      const { changes, undone: held } = await lab.record();
      states.push(`${changes.length} ${held === null ? 'free' : 'held'}`);
    };
    lab.with({
      table: {
        ...table,
        update: async (...all) => {
          await look();
          const written = await table.update(...all);
          await look();
          return written;
        },
      },
    });
    await lab.verify(0);
    expect([...new Set(states)]).toEqual(['1 free', '0 held']);
  });

  it('is held as long as the incident that was undone, though it was ready before the rest', async () => {
    await undone(600_000);
    const { heldUntil } = await lab.head();
    expect(heldUntil).toBe(iso(lab.world.schedule.now + day));
    expect(await lab.record()).toMatchObject({ undone: { until: heldUntil, by: 'ana', incident: lab.incident } });
  });
});

describe('a step that was decided before the undo was through', () => {
  const holding = async (undoneBy: UndoneByPerson): Promise<void> => {
    const change = { set: undoneAttribute(undoneBy), add: { version: 1 } };
    await lab.world.table.update(keys.target(lab.target), {}, change);
  };

  it('changes nothing, and says whose decision stands against it', async () => {
    await lab.decide();
    await holding(note());
    await expect(lab.act()).rejects.toThrow(/^ana had it put back \(undo of first/);
    expect(await lab.receipt()).toMatchObject({ state: 'held', against: 'person' });
    expect(lab.thing.calls).toEqual([]);
  });

  it('goes on where that hold is over', async () => {
    await lab.decide();
    await holding(note({ until: iso() }));
    await lab.act();
    expect(lab.thing.calls).toEqual(['shut']);
  });
});

describe('one of several that are changed together', () => {
  const target = { ...image, account: '123456789012', region: 'us-east-1' };
  const met = { ...target, id: `${target.id}-index` };
  const action: Action = {
    ...archive,
    observe: async () => ({ use: 'no', when: 'now' }),
    plan: () => step(archive),
    meets: (at) => ({ at, members: [at] }),
  };

  it('is held where all were put back, though it does not meet the others there any more', async () => {
    await noteMeeting(lab.world.table, targetKey(met), [targetKey(target)]);
    const record = { ...keys.target(targetKey(met)), target: targetKey(met), version: 1, ...undoneAttribute(note()) };
    await lab.world.table.putIfAbsent(record);
    const proposal = { action, target, params: {}, mode: 'enforce' as const, observing: [], rules: ['r1'] };
    const looking = { lastTry: false, absenceAgreed: true, accusation: noAccusation };
    const me = { incident: 'i', run: 'r' };
    const [seen] = await observeInOrder(lab.effects, me, ruleSet([]).settings, [proposal], looking);
    expect(seen?.planned).toMatchObject({ kind: 'hold', reason: expect.stringContaining('ana had it put back') });
  });
});
