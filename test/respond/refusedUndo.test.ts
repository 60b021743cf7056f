import { beforeEach, describe, expect, it } from 'vitest';
import { keys } from '../../shared/incident/keys.ts';
import { raise } from '../../shared/incident/raise.ts';
import { hold } from '../../shared/respond/hold.ts';
import { release } from '../../shared/respond/release.ts';
import { undo } from '../../shared/respond/undo.ts';
import { hour, LeaseLab } from './leaseLab.ts';

/** An incident of which an undo is refused: what stands cannot be put back yet. */
class RefusedLab extends LeaseLab {
  refuses(): void {
    const { catalogue } = this.effects;
    this.with({ catalogue: catalogue.map((action) => ({ ...action, staysYet: async () => 'it stays for 12 h' })) });
  }

  async undone(by = 'ana'): Promise<void> {
    this.pass(1000);
    expect(await undo(this.effects, { incident: this.incident, by, reason: 'x' })).toMatchObject({ kind: 'opened' });
    await this.run();
  }

  async released(to: string | null = null): Promise<void> {
    this.pass(1000);
    await release(this.effects, { incident: this.incident, to, by: 'ana', reason: 'patched' });
    await this.run();
  }

  /** Something new, after what was contained was opened again. */
  async found(): Promise<void> {
    this.thing.status = 'open';
    this.pass(1000);
    await this.takeIn({ id: 'event-2', critical: 13, second: 9 });
    await this.playPlan();
    await this.report();
  }

  /** As an undo leaves it by which something was put back. */
  async heldForAnHour(): Promise<string> {
    const heldUntil = new Date(this.world.schedule.now + hour).toISOString();
    await this.effects.table.update(keys.head(this.incident), {}, { set: { heldUntil } });
    return heldUntil;
  }

  last(): string {
    return this.world.published.at(-1)?.body ?? '';
  }
}

let lab: RefusedLab;
beforeEach(async () => {
  lab = new RefusedLab();
  await lab.takeIn();
  await lab.playPlan();
  await lab.report();
});

describe('an undo by which nothing was put back', () => {
  it('holds nothing: what is found then is decided as ever', async () => {
    lab.refuses();
    await lab.undone();
    expect(await lab.head()).toMatchObject({ outcome: 'held', heldUntil: null });
    expect(lab.last()).toContain('Nothing was put back. Not yet: it stays for 12 h.');
    expect(lab.last()).not.toContain('nothing is contained again');
    lab.pass(1000);
    await lab.takeIn({ id: 'event-2', critical: 13, second: 9 });
    expect(await lab.decide()).toMatchObject({ decision: 'contain' });
  });

  it('leaves what an earlier one is held to as it was', async () => {
    const heldUntil = await lab.heldForAnHour();
    lab.refuses();
    await lab.undone();
    expect(await lab.head()).toMatchObject({ outcome: 'held', heldUntil });
    expect(lab.last()).toContain(`Until ${heldUntil} nothing is contained again`);
  });

  it('is told each time that somebody asks, and once for each', async () => {
    lab.refuses();
    await lab.undone();
    await lab.undone('ben');
    const told = lab.world.published.filter(({ subject }) => subject.includes('undo held'));
    expect(told).toHaveLength(2);
    expect(lab.last()).toContain('Decided by ben');
    // It is looked at again, and nobody has asked anew.
    await raise(lab.world.table, lab.incident, { run: 'again', now: lab.effects.clock.now(), direction: 'undo' });
    await lab.run();
    expect(lab.world.published.filter(({ subject }) => subject.includes('undo held'))).toHaveLength(2);
  });

  it('is not one that was begun and did not come to its end: that is held to', async () => {
    await undo(lab.effects, { incident: lab.incident, by: 'ana', reason: 'x' });
    await lab.decide();
    await lab.act(0);
    lab.thing.status = 'shut';
    await lab.verify(0).catch(() => {});
    await lab.report();
    expect(await lab.head()).toMatchObject({ outcome: 'not-contained', heldUntil: expect.any(String) });
  });
});

describe('a release after an undo', () => {
  it('ends what that is held to, and its message says the one thing', async () => {
    await lab.heldForAnHour();
    await lab.released();
    expect(await lab.head()).toMatchObject({ outcome: 'released', heldUntil: null });
    expect(lab.last()).toContain('What is found from now on is contained as ever');
    expect(lab.last()).not.toContain('nothing is contained again');
    await lab.found();
    expect(await lab.head()).toMatchObject({ outcome: 'contained' });
  });

  it('that is refused leaves it as it was', async () => {
    const heldUntil = await lab.heldForAnHour();
    await lab.released('bad');
    expect(await lab.head()).toMatchObject({ outcome: 'held', heldUntil });
  });

  it('leaves a hold that a person has said', async () => {
    await lab.heldForAnHour();
    await hold(lab.effects, { incident: lab.incident, by: 'ana', reason: 'we look', forMs: 4 * hour });
    await lab.released();
    expect(await lab.head()).toMatchObject({ outcome: 'released', heldUntil: null, hold: { by: 'ana' } });
  });
});
