import type { Action } from '../../shared/actions/contract.ts';
import type { Later } from '../../shared/actions/parts.ts';
import type { StandingChange } from '../../shared/incident/items.ts';
import { Lab } from './model/lab.ts';
import type { Swapped } from './model/swap.ts';
import { twoPartRules } from './model/world.ts';

const begunMs = 100_000;

/** A lab where an action in two steps is one of the plan "look, stop, start, shut". */
export class SwapLab extends Lab {
  constructor() {
    super({ set: twoPartRules });
  }

  /** The action in two steps with members of it, or of its second part, replaced. */
  swapWith(changed: Partial<Action>, later: Partial<Later> = {}): void {
    const replaced = (action: Action): Action => ({
      ...action,
      ...(action.parts === undefined ? {} : { parts: action.parts.map((part) => ({ ...part, ...later })) }),
      ...changed,
    });
    this.with({ catalogue: this.effects.catalogue.map((one) => (one.name === 'fake.swap' ? replaced(one) : one)) });
  }

  get swapped(): Swapped {
    return this.world.swaps.at(this.target);
  }

  async standing(): Promise<StandingChange> {
    const change = (await this.record()).changes.find(({ action }) => action === 'fake.swap');
    if (change === undefined) throw new Error('Nothing stands');
    return change;
  }

  /** Acts, lets what was started run, and reads back. */
  async done(n: number): Promise<void> {
    await this.act(n);
    this.pass(begunMs);
    await this.verify(n);
  }

  /** The next finding, and a decision about it; what is chosen may be another version by then. */
  async again(version = 'clean'): Promise<void> {
    this.pass(1000);
    const plan: Action['plan'] = () => ({
      kind: 'step',
      sentence: 'Stop it.',
      undo: { possible: true, sentence: 'Undo brings the old version back.' },
      chosen: { version },
      afterwards: { start: 'Start a clean one.' },
    });
    this.swapWith({ plan });
    await this.report();
    const { seq } = await this.head();
    await this.takeIn({ id: `event-${seq + 1}`, critical: seq + 4, second: 9 + seq });
    await this.decide();
  }
}
