import { beforeEach, describe, expect, it } from 'vitest';
import type { Action } from '../../shared/actions/contract.ts';
import { undo } from '../../shared/respond/undo.ts';
import { Lab } from './model/lab.ts';

/** A step that leaves nothing behind that an undo could put back, before and after one that does. */
let lab: Lab;

beforeEach(async () => {
  lab = new Lab();
  await lab.takeIn();
});

const gone = { possible: false, why: 'What was stopped does not come back.' } as const;
const back = { possible: true, sentence: 'Undo opens it.' } as const;

/** The one action, with another promise about its undo. */
function promising(promise: typeof gone | typeof back): void {
  const plan: Action['plan'] = () => ({ kind: 'step', sentence: 'Shut it.', undo: promise });
  lab.with({ catalogue: lab.world.direct.catalogue.map((one) => (one.name === 'fake.shut' ? { ...one, plan } : one)) });
}

const change = async () => (await lab.record()).changes.find(({ action }) => action === 'fake.shut');

async function runWith(promise: typeof gone | typeof back, seq = 0): Promise<void> {
  promising(promise);
  if (seq > 0) await lab.takeIn({ id: `event-${seq}`, critical: 3 + seq, second: 9 + seq });
  await lab.run();
  lab.pass(60_000);
}

describe('a step that leaves nothing standing', () => {
  it('never passes for what an undo could put back', async () => {
    await runWith(gone);
    expect(lab.thing.status).toBe('shut');
    const answer = await undo(lab.effects, { incident: lab.incident, by: 'ana', reason: '' });
    expect(answer).toEqual({ kind: 'nothing', reason: expect.stringContaining(gone.why) });
    expect(lab.world.all('decision#')).toEqual([]);
  });

  it('changes nothing of what stands there already: its before-state is that of whoever was first', async () => {
    await runWith(back);
    const first = await change();
    await runWith(gone, 1);
    expect(await change()).toEqual(first);
    expect(lab.thing.calls).toEqual(['shut']);
  });

  it('is done beside what stands there, where that does not hold any more', async () => {
    await runWith(back);
    const first = await change();
    lab.thing.status = 'open';
    await runWith(gone, 1);
    expect(lab.thing).toMatchObject({ status: 'shut', calls: ['shut', 'shut'] });
    expect((await change())?.before).toEqual(first?.before);
    expect((await change())?.step.undo.possible).toBe(true);
  });

  it('is no before-state for what does: that is as it is read then', async () => {
    await runWith(gone);
    const first = await change();
    lab.thing.status = 'open';
    await runWith(back, 1);
    const second = await change();
    expect(second?.step.undo).toEqual(back);
    expect(second?.startedBy).not.toEqual(first?.startedBy);
    expect(lab.thing).toMatchObject({ status: 'shut', calls: ['shut', 'shut'] });
    expect(await undo(lab.effects, { incident: lab.incident, by: 'ana', reason: '' })).toMatchObject({
      kind: 'opened',
    });
  });
});
