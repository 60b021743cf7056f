import { describe, expect, it } from 'vitest';
import type { Action } from '../../shared/actions/contract.ts';
import { raise } from '../../shared/incident/raise.ts';
import { changeAttribute, changeValue } from '../../shared/incident/targets.ts';
import { undo } from '../../shared/respond/undo.ts';
import { Lab } from './model/lab.ts';
import { begin } from './model/world.ts';

/** Contained, and an undo is planned. */
async function undoing(): Promise<Lab> {
  const lab = new Lab();
  await lab.takeIn();
  await lab.run();
  await undo(lab.effects, { incident: lab.incident, by: 'ana', reason: 'false alarm' });
  await lab.decide();
  return lab;
}

const interested = async (lab: Lab): Promise<void> => {
  await raise(lab.world.table, 'other', { run: 'r', now: new Date(begin) });
  const key = { pk: `target#${lab.target}`, sk: 'target' };
  await lab.world.table.update(key, {}, { set: { interested: [lab.incident, 'other'] }, add: { version: 1 } });
};

/** The undo of this run has begun, and was cut off. */
const begun = async (lab: Lab, startedBefore: boolean): Promise<void> => {
  const { changes } = await lab.record();
  const { run } = await lab.head();
  const [change] = changes;
  if (change === undefined) throw new Error('Nothing stands');
  const set = {
    [changeAttribute(change.action)]: changeValue({ ...change, ...(startedBefore ? { undoingBy: run } : {}) }),
  };
  await lab.world.table.update({ pk: `target#${lab.target}`, sk: 'target' }, {}, { set, add: { version: 1 } });
  lab.thing.status = 'opening';
  lab.thing.opensAt = Number.POSITIVE_INFINITY;
};

describe('the step of an undo', () => {
  it('says on the target that it is being put back, before its call', async () => {
    const lab = await undoing();
    const { run } = await lab.head();
    let atTheCall: unknown;
    const back: Action['undo'] = async () => {
      atTheCall = (await lab.record()).changes;
      return { kind: 'done', did: 'Opened it.' };
    };
    const catalogue = lab.effects.catalogue.map((action) =>
      action.undo === undefined ? action : { ...action, undo: back },
    );
    lab.with({ catalogue });
    await lab.act(0);
    expect(atTheCall).toMatchObject([{ undoingBy: run, before: { status: 'open' } }]);
  });

  it('changes nothing while another incident needs the target', async () => {
    const lab = await undoing();
    await interested(lab);
    await expect(lab.act(0)).rejects.toThrow('Incident other needs it contained.');
    expect(lab.thing).toMatchObject({ status: 'shut', calls: ['shut'] });
  });

  it('goes on after an interruption with what is on its way', async () => {
    const lab = await undoing();
    await begun(lab, true);
    await lab.act(0);
    expect(await lab.receipt(0)).toMatchObject({ state: 'done' });
    expect(lab.thing.calls).toEqual(['shut']);
  });

  it('changes nothing when somebody else is at it', async () => {
    const lab = await undoing();
    await begun(lab, false);
    await expect(lab.act(0)).rejects.toThrow('Somebody else has changed it. Nothing was overwritten.');
    expect(lab.thing.calls).toEqual(['shut']);
  });

  it('is done when nothing stands any more', async () => {
    const lab = await undoing();
    const remove = [changeAttribute('fake.shut')];
    await lab.world.table.update({ pk: `target#${lab.target}`, sk: 'target' }, {}, { remove, add: { version: 1 } });
    await lab.act(0);
    expect(lab.thing.calls).toEqual(['shut']);
  });
});

describe('a containment after an undo that never ended', () => {
  it('is of the same before-state, and makes no call for what is shut', async () => {
    const lab = await undoing();
    await begun(lab, true);
    lab.thing.status = 'shut';
    await lab.world.table.update(
      { pk: `incident#${lab.incident}`, sk: 'head' },
      {},
      { set: { direction: 'do', round: 2 } },
    );
    await lab.decide();
    // The evidence was taken when it was reported.
    await lab.act(0);
    expect(lab.thing.calls).toEqual(['shut']);
    const { changes } = await lab.record();
    expect(changes).toMatchObject([{ before: { status: 'open' } }]);
    expect(changes[0]).not.toHaveProperty('undoingBy');
    expect(changes[0]).not.toHaveProperty('verifiedAt');
  });
});
