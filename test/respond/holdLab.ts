import { expect } from 'vitest';
import { ActionFailed } from '../../shared/platform/errors.ts';
import { type HoldAnswer, type HoldRequest, hold } from '../../shared/respond/hold.ts';
import { sweep } from '../../shared/respond/sweep.ts';
import { Lab } from './model/lab.ts';

export const hour = 3_600_000;

/** An incident that a person holds while it is contained. */
export class HoldLab extends Lab {
  put(changed: Partial<HoldRequest> = {}): Promise<HoldAnswer> {
    const request = { incident: this.incident, by: 'ana', reason: 'payments looks', forMs: 4 * hour };
    return hold(this.effects, { ...request, ...changed });
  }

  /** Decides and takes what there is to take, as the state machine does. */
  async runHeld(): Promise<void> {
    const { steps } = await this.decide();
    for (const { n } of steps) {
      await this.act(n).catch((error: unknown) => expect(error).toBeInstanceOf(ActionFailed));
      await this.verify(n);
    }
    await this.report();
  }

  /** The run that the sweep has opened; false when it has opened none. */
  async swept(): Promise<boolean> {
    await sweep(this.effects);
    if ((await this.head()).state !== 'running') return false;
    await this.run();
    return true;
  }
}
