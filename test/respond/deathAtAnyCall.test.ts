import { describe, expect, it } from 'vitest';
import { release } from '../../shared/respond/release.ts';
import { undo } from '../../shared/respond/undo.ts';
import { shutWith } from './decided.ts';
import { Lab } from './model/lab.ts';

/** Before or after a call of the function, which is the how-manieth. */
interface Death {
  readonly at: number;
  readonly when: 'before' | 'after';
}

/** A function that dies once, there. Its code never hears of it: whatever it was waiting for does not come. */
class Mortal {
  private calls = 0;
  private die = (): void => {};
  private readonly death: Death;

  constructor(lab: Lab, death: Death) {
    this.death = death;
    lab.effects = lab.world.effects((effect) => this.call(effect));
  }

  private async call<T>(effect: () => Promise<T>): Promise<T> {
    this.calls += 1;
    const { at, when } = this.death;
    const now = this.calls === at;
    if (!now || when === 'after') {
      const answer = await effect();
      if (!now) return answer;
    }
    this.die();
    return new Promise(() => {});
  }

  /** Calls the function, and once more where it died, as the state machine does; answers with whether it did. */
  async through(run: () => Promise<unknown>): Promise<boolean> {
    const died = new Promise<true>((resolve) => {
      this.die = () => resolve(true);
    });
    const first = await Promise.race([run().then(() => false), died]);
    if (first) await run();
    return first;
  }
}

/** Plays it with a death before and after each call of a function in turn, until the function has no more. */
async function atEveryCall(
  play: (death: Death) => Promise<{ readonly died: boolean; readonly check: () => Promise<void> }>,
) {
  let deaths = 0;
  for (const when of ['before', 'after'] as const) {
    for (let at = 1; at < 100; at += 1) {
      const { died, check } = await play({ at, when });
      await check();
      if (!died) break;
      deaths += 1;
    }
  }
  return deaths;
}

const delivered = (lab: Lab): void =>
  shutWith(lab, { deliveredAgain: (_before, { status }) => (status === 'open' ? 'It was pushed again' : undefined) });

async function containedLab(): Promise<Lab> {
  const lab = new Lab();
  await lab.takeIn();
  await lab.run();
  return lab;
}

/** The undo is decided and its call made; not read back yet. */
async function puttingBack(): Promise<Lab> {
  const lab = await containedLab();
  await undo(lab.effects, { incident: lab.incident, by: 'ana', reason: 'false alarm' });
  await lab.decide();
  await lab.act(0);
  lab.pass(60_000);
  return lab;
}

describe('a function that dies at any of its calls', () => {
  it('contains what was pushed again, and counts that push once', async () => {
    const deaths = await atEveryCall(async (death) => {
      const lab = await containedLab();
      lab.thing.status = 'open';
      lab.pass(60_000);
      await lab.takeIn({ id: 'event-2', critical: 9, second: 9 });
      delivered(lab);
      await lab.decide();
      const mortal = new Mortal(lab, death);
      delivered(lab);
      const died = await mortal.through(() => lab.act());
      lab.effects = lab.world.direct;
      await lab.verify();
      return {
        died,
        check: async () => {
          expect(lab.thing, JSON.stringify(death)).toMatchObject({ status: 'shut', calls: ['shut', 'shut'] });
          const [change] = (await lab.record()).changes;
          expect(change, JSON.stringify(death)).toMatchObject({ again: { times: 1 }, before: { status: 'open' } });
          expect(await lab.receipt()).toMatchObject({ again: { times: 1 }, verified: { state: 'holds' } });
        },
      };
    });
    expect(deaths).toBeGreaterThan(10);
  });

  it('lets go what is fixed, each step of it once, and tells it once', async () => {
    const deaths = await atEveryCall(async (death) => {
      const lab = await containedLab();
      await release(lab.effects, { incident: lab.incident, to: 'v4', by: 'ana', reason: 'patched' });
      const mortal = new Mortal(lab, death);
      const died = [
        await mortal.through(() => lab.decide()),
        await mortal.through(() => lab.act(0)),
        await mortal.through(() => lab.verify(0)),
        await mortal.through(() => lab.report()),
      ].some((one) => one);
      return {
        died,
        check: async () => {
          expect(lab.thing, JSON.stringify(death)).toMatchObject({ status: 'ajar', calls: ['shut', 'ajar'] });
          const { changes, interested, undone } = await lab.record();
          expect({ changes, interested, undone }, JSON.stringify(death)).toEqual({
            changes: [],
            interested: [],
            undone: null,
          });
          expect(await lab.head(), JSON.stringify(death)).toMatchObject({ outcome: 'released', state: 'resting' });
          const told = lab.world.published.filter(({ subject }) => subject.includes('released'));
          expect(new Set(told.map(({ body }) => body)).size, JSON.stringify(death)).toBe(1);
        },
      };
    });
    expect(deaths).toBeGreaterThan(40);
  });

  it('notes on the target what a person had put back, once it is read back', async () => {
    const deaths = await atEveryCall(async (death) => {
      const lab = await puttingBack();
      const died = await new Mortal(lab, death).through(() => lab.verify(0));
      return {
        died,
        check: async () => {
          const { changes, undone } = await lab.record();
          expect({ changes, by: undone?.by }, JSON.stringify(death)).toEqual({ changes: [], by: 'ana' });
        },
      };
    });
    expect(deaths).toBeGreaterThan(5);
  });

  it('tells of the hold as long as it is held to', async () => {
    const deaths = await atEveryCall(async (death) => {
      const lab = await puttingBack();
      await lab.verify(0);
      lab.pass(600_000);
      const died = await new Mortal(lab, death).through(() => {
        lab.pass(1000);
        return lab.report();
      });
      return {
        died,
        check: async () => {
          const { heldUntil } = await lab.head();
          expect(heldUntil, JSON.stringify(death)).not.toBeNull();
          expect((await lab.record()).undone?.until, JSON.stringify(death)).toBe(heldUntil);
          expect(lab.world.published.at(-1)?.body).toContain(`Until ${heldUntil} nothing is contained again`);
        },
      };
    });
    expect(deaths).toBeGreaterThan(5);
  });
});
