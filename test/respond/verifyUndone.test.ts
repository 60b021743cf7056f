import { describe, expect, it } from 'vitest';
import { undo } from '../../shared/respond/undo.ts';
import { shutWith } from './decided.ts';
import { Lab } from './model/lab.ts';

describe('an undo that holds though a part of it has gone', () => {
  it('is read twice, and tells the part that has gone', async () => {
    const lab = new Lab();
    await lab.takeIn();
    await lab.run();
    await undo(lab.effects, { incident: lab.incident, by: 'ana', reason: 'false alarm' });
    shutWith(lab, {
      verifyUndone: async () => ({ state: 'holds', seen: 'one open, one gone', absence: true, partlyGone: true }),
    });
    await lab.decide();
    await lab.act(0);
    await expect(lab.verify(0)).rejects.toMatchObject({ name: 'NotSettled' });
    expect((await lab.record()).undone).toBeNull();
    lab.pass(31_000);
    await lab.verify(0);
    expect(await lab.receipt(0)).toMatchObject({ partlyGone: true, verified: { state: 'holds' } });
    expect(await lab.record()).toMatchObject({ changes: [], undone: { by: 'ana' } });
    await lab.report();
    expect(lab.world.published.at(-1)).toMatchObject({
      tier: 'notice',
      subject: expect.stringContaining('undone, but a part is gone'),
      body: expect.stringContaining('Only a part could be put back'),
    });
  });

  it('is read twice where nothing is what there was before, and says nothing of a part', async () => {
    const lab = new Lab();
    await lab.takeIn();
    await lab.run();
    await undo(lab.effects, { incident: lab.incident, by: 'ana', reason: 'false alarm' });
    shutWith(lab, { verifyUndone: async () => ({ state: 'holds', seen: 'nothing is set', absence: true }) });
    await lab.decide();
    await lab.act(0);
    await expect(lab.verify(0)).rejects.toMatchObject({ name: 'NotSettled' });
    lab.pass(31_000);
    await lab.verify(0);
    expect(await lab.receipt(0)).not.toHaveProperty('partlyGone');
    await lab.report();
    expect(lab.world.published.at(-1)?.subject).not.toContain('a part is gone');
  });
});
