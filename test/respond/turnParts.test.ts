import { expect, it } from 'vitest';
import { type Step, targetKey } from '../../shared/actions/contract.ts';
import { readHead } from '../../shared/incident/head.ts';
import { planOfRun } from '../../shared/incident/plans.ts';
import { noteInterest, readTarget, writeTarget } from '../../shared/incident/targets.ts';
import { readTurn } from '../../shared/incident/turns.ts';
import { act } from '../../shared/respond/act.ts';
import { decide } from '../../shared/respond/decide.ts';
import type { Effects } from '../../shared/respond/effects.ts';
import { deliver, intake } from '../../shared/respond/intake.ts';
import { takeTargets } from '../../shared/respond/ownership.ts';
import { letGo } from '../../shared/respond/passTurns.ts';
import { report } from '../../shared/respond/report.ts';
import { sweep } from '../../shared/respond/sweep.ts';
import { oneAfterAnother } from '../../shared/respond/takeTurns.ts';
import { verify } from '../../shared/respond/verify.ts';
import { Cluster } from './model/cluster.ts';
import { findingIn, scanEvent } from './model/events.ts';
import { twoPartRules } from './model/world.ts';

const prod = 'ecs-cluster/123456789012/us-east-1/prod';
const minute = 60_000;

/** A world whose functions are called by hand. No execution starts. */
class ByHand extends Cluster {
  hand: Effects = {
    ...this.direct,
    executions: { start: async () => 'started', describe: async () => ({ status: 'RUNNING' }) },
  };

  async take(host: number, options = {}): Promise<void> {
    this.host(host);
    await intake(this.hand, [{ messageId: 'm', body: scanEvent({ id: `f${host}`, image: host, ...options }) }]);
  }

  async at(host: number) {
    const { incident, run, round } = await this.head(host);
    return { incident, run, round };
  }

  async decides(host: number) {
    await decide(this.hand, { ...(await this.at(host)), retries: 0 });
    const head = await this.head(host);
    const plan = (await planOfRun(this.hand.bodies, head, head.round))?.plan;
    if (plan === undefined) throw new Error('There is no plan');
    return plan;
  }

  async acts(host: number, step: number): Promise<void> {
    await act(this.hand, { ...(await this.at(host)), step, token: 't', retries: 0 });
  }

  async verifies(host: number, step: number): Promise<void> {
    await verify(this.hand, { ...(await this.at(host)), step });
  }

  async reports(host: number) {
    return report(this.hand, await this.at(host));
  }

  /** The whole run of a host that comes back. */
  async patches(host: number): Promise<void> {
    const plan = await this.decides(host);
    for (const [n] of plan.steps.entries()) {
      await this.acts(host, n);
      this.schedule.now += 5 * minute;
      await this.verifies(host, n);
    }
    await this.reports(host);
  }

  async record(host: number) {
    const record = await readTarget(this.table, this.keyOf(host));
    if (record === undefined) throw new Error('There is no record');
    return record;
  }

  owner = async () => (await readTurn(this.table, prod))?.owner?.incident;
}

it('a step whose call nobody has heard of keeps the turn for as long as the call may be under way', async () => {
  const world = new ByHand();
  await world.take(1);
  await world.take(2);
  await world.decides(1);
  await world.decides(2);
  await world.reports(1);
  await world.reports(2);
  expect(await world.owner()).toBe(world.incidentOf(1));
  world.schedule.now += 14 * minute;
  await sweep(world.hand);
  expect(await world.head(2)).toMatchObject({ state: 'resting' });
  world.schedule.now += 2 * minute;
  await sweep(world.hand);
  expect(await world.head(2)).toMatchObject({ state: 'running' });
  expect((await world.decides(2)).steps.map(({ action }) => action)).toContain('fake.patch');
  expect(await world.owner()).toBe(world.incidentOf(2));
});

it('a report that was cut off before it gave the turn back does so when it is repeated', async () => {
  const world = new ByHand();
  await world.take(1);
  await world.take(2);
  await world.decides(1);
  await world.decides(2);
  await world.reports(2);
  for (const step of [0, 1]) {
    await world.acts(1, step);
    world.schedule.now += 5 * minute;
    await world.verifies(1, step);
  }
  const { table } = world.hand;
  const cutOff: Effects = {
    ...world.hand,
    table: {
      ...table,
      update: (key, ...rest) =>
        key.pk.startsWith('turn#') ? Promise.reject(new Error('cut off')) : table.update(key, ...rest),
    },
  };
  await expect(report(cutOff, await world.at(1))).rejects.toThrow('cut off');
  expect(await world.owner()).toBe(world.incidentOf(1));
  await world.reports(1);
  expect(await world.owner()).toBeUndefined();
  expect(await world.head(2)).toMatchObject({ state: 'running' });
});

it('a host that is in another cluster by now is not taken out in the turn of the first', async () => {
  const world = new ByHand();
  await world.take(1);
  await world.decides(1);
  Object.assign(world.host(1), { cluster: 'dev' });
  await expect(world.acts(1, 1)).rejects.toThrow('"turn" has changed since the plan was made.');
  expect(world.order).toEqual([]);
});

it('what was done and is done again keeps the turn until it is read back again', async () => {
  const world = new ByHand();
  await world.take(1);
  await world.patches(1);
  expect((await world.record(1)).changes[0]).not.toHaveProperty('turn');
  expect(await world.owner()).toBeUndefined();
  Object.assign(world.host(1), { active: false, breaks: true });
  await world.take(1, { id: 'changed', critical: 9, second: 3600 });
  await world.decides(1);
  await world.acts(1, 1);
  expect((await world.record(1)).changes[0]).toMatchObject({ turn: prod });
  await expect(world.verifies(1, 1)).rejects.toThrow();
  await world.reports(1);
  expect(await world.owner()).toBe(world.incidentOf(1));
});

it('what was being put back and is to be done after all keeps the turn from its first write on', async () => {
  const world = new ByHand();
  await world.take(1);
  await world.patches(1);
  const record = await world.record(1);
  const [change] = record.changes;
  const undoing = { ...change, undoingBy: 'an undo that died' };
  await writeTarget(world.table, record, { set: { 'change:fake.patch': JSON.parse(JSON.stringify(undoing)) } });
  await world.take(1, { id: 'changed', critical: 9, second: 3600 });
  const plan = await world.decides(1);
  // As the change has it, so that nothing else has it written anew.
  expect(plan.steps[1]).toEqual(change?.step);
  await world.acts(1, 1);
  const [again] = (await world.record(1)).changes;
  expect(again).toMatchObject({ turn: prod });
  expect(again).not.toHaveProperty('undoingBy');
});

it('of two parts, what the first took away is back when the second is', async () => {
  const world = new ByHand({ set: twoPartRules });
  const { catalogue } = world.hand;
  const turn = catalogue.find(({ name }) => name === 'fake.patch')?.turn;
  if (turn === undefined) throw new Error('Nothing takes turns');
  const inProd: typeof turn = (target) => turn(target, { cluster: 'prod' });
  world.hand = {
    ...world.hand,
    catalogue: catalogue.map((action) => (action.name === 'fake.swap' ? { ...action, turn: inProd } : action)),
  };
  world.thingOf(findingIn(scanEvent({ image: 1 })));
  await world.take(1);
  const plan = await world.decides(1);
  const parts = plan.steps.flatMap(({ action }, n) => (action === 'fake.swap' ? [n] : []));
  const has = async () => (await world.record(1)).changes.find(({ action }) => action === 'fake.swap')?.turn;
  for (const [n, step] of parts.entries()) {
    await world.acts(1, step);
    expect(await has()).toBe(prod);
    world.schedule.now += 5 * minute;
    await world.verifies(1, step);
    expect(await has()).toBe(n === 0 ? prod : undefined);
  }
});

it('whoever is about the very host that another has in hand joins that one, and is no matter of turns', async () => {
  const world = new ByHand();
  await world.take(1);
  await world.decides(1);
  const finding = findingIn(scanEvent({ id: 'other', image: 1 }));
  await deliver(world.hand, 'other', { finding, hash: 'h', event: 'other' });
  const before = await readHead(world.table, 'other');
  await decide(world.hand, { incident: 'other', run: before?.run ?? '', retries: 0 });
  const head = await readHead(world.table, 'other');
  const plan = head === undefined ? undefined : (await planOfRun(world.hand.bodies, head, head.round))?.plan;
  expect(plan?.notDone).toEqual([`Take it out and patch it. Incident ${world.incidentOf(1)} has it in hand.`]);
  expect(plan).not.toHaveProperty('waits');
  expect((await world.record(1)).interested).toEqual([world.incidentOf(1), 'other']);
});

it('several targets of one plan go one after another, each when the one before is read back', () => {
  const step = (id: string, rest: Partial<Step> = {}): Step =>
    ({ key: `patch ${id}`, target: { kind: 'instance', id }, direction: 'do', needs: [], turn: prod, ...rest }) as Step;
  const steps = [step('b'), step('a', { needs: ['evidence'] }), step('c', { turn: 'another' })];
  expect(oneAfterAnother(steps).map(({ needs }) => needs)).toEqual([[], ['evidence', 'patch b'], []]);
  const undo = steps.map((one) => ({ ...one, direction: 'undo' as const }));
  expect(oneAfterAnother(undo)).toEqual(undo);
});

it('an incident waits at rest for as long as nothing changes: no sweep decides it again', async () => {
  const world = new ByHand();
  await world.take(1);
  await world.take(2);
  await world.decides(1);
  await world.decides(2);
  await world.reports(2);
  const { run } = await world.head(2);
  world.schedule.now += 20 * minute;
  await sweep(world.hand);
  expect(await world.head(2)).toMatchObject({ state: 'resting', outcome: 'joined', run });
});

/** A host that was taken out and did not come back. */
async function notBack(reversible: boolean): Promise<ByHand> {
  const world = new ByHand();
  world.hosts.reversible = reversible;
  world.hand = { ...world.hand, catalogue: world.direct.catalogue };
  await world.take(1);
  world.host(1).breaks = true;
  await world.decides(1);
  await world.acts(1, 1);
  world.schedule.now += 5 * minute;
  await expect(world.verifies(1, 1)).rejects.toThrow();
  await world.reports(1);
  return world;
}

it('an incident begins nothing beside what it has to go on with', async () => {
  const world = await notBack(true);
  await world.take(1, { id: 'changed', critical: 9, second: 3600 });
  const plan = await world.decides(1);
  const patch = plan.steps.find(({ action }) => action === 'fake.patch');
  if (patch === undefined) throw new Error('It does not go on');
  const second = { ...patch, key: 'another', target: { ...patch.target, id: 'another' } } as Step;
  const { incident, run } = await world.at(1);
  const taken = await takeTargets(world.hand, { incident, run }, { ...plan, steps: [patch, second] });
  expect(taken.steps.map(({ key }) => key)).toEqual([patch.key]);
  expect(taken.waits).toEqual([{ turn: prod, targets: [targetKey(second.target)] }]);
});

it('what another incident needs as it is is let go of by that one', async () => {
  const world = await notBack(false);
  await noteInterest(world.table, world.keyOf(1), 'other');
  await letGo(world.hand, world.incidentOf(1));
  expect((await world.record(1)).changes[0]).toMatchObject({ turn: prod });
  const record = await world.record(1);
  await writeTarget(world.table, record, { set: { interested: [world.incidentOf(1)] } });
  await letGo(world.hand, world.incidentOf(1));
  expect((await world.record(1)).changes[0]).not.toHaveProperty('turn');
});
