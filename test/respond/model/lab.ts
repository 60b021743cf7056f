import { readHead } from '../../../shared/incident/head.ts';
import type { Head, Receipt } from '../../../shared/incident/items.ts';
import { readReceipt } from '../../../shared/incident/receipts.ts';
import { readTarget } from '../../../shared/incident/targets.ts';
import { act } from '../../../shared/respond/act.ts';
import { type Decided, decide } from '../../../shared/respond/decide.ts';
import type { Effects } from '../../../shared/respond/effects.ts';
import { intake } from '../../../shared/respond/intake.ts';
import { type Reported, report } from '../../../shared/respond/report.ts';
import { type StepOutcome, verify } from '../../../shared/respond/verify.ts';
import type { Thing } from './account.ts';
import { findingIn, incidentOf, type ScanOptions, scanEvent } from './events.ts';
import { World, type WorldOptions } from './world.ts';

/** The step of the fake plan that shuts; the one before it looks. */
export const shutStep = 1;

/** One incident, its functions called by hand, one at a time: nothing crashes and nobody else is there. */
export class Lab {
  readonly world: World;
  readonly incident = incidentOf(scanEvent());
  effects: Effects;

  constructor(options?: WorldOptions) {
    this.world = new World(options);
    this.effects = this.world.direct;
  }

  get thing(): Thing {
    return this.world.thingOf(findingIn(scanEvent()));
  }

  get target(): string {
    return [...this.world.account.things.keys()][0] ?? '';
  }

  pass(ms: number): void {
    this.world.schedule.now += ms;
  }

  /** Effects of which some do something else. */
  with(changed: Partial<Effects>): void {
    this.effects = { ...this.effects, ...changed };
  }

  async takeIn({
    gone = false,
    ...options
  }: ScanOptions & { readonly gone?: boolean } = {}): Promise<readonly string[]> {
    if (!gone) this.thing;
    return intake(this.effects, [{ messageId: 'm', body: scanEvent(options) }]);
  }

  async head(): Promise<Head> {
    const head = await readHead(this.world.table, this.incident);
    if (head === undefined) throw new Error('There is no head');
    return head;
  }

  async decide(retries = 0): Promise<Decided> {
    const { incident, run } = await this.head();
    return decide(this.effects, { incident, run, retries });
  }

  private async address(step: number) {
    const { incident, run, round } = await this.head();
    return { incident, run, round, step };
  }

  async act(step = shutStep, token = 'token', retries = 0): Promise<void> {
    return act(this.effects, { ...(await this.address(step)), token, retries });
  }

  async verify(step = shutStep): Promise<StepOutcome> {
    return verify(this.effects, await this.address(step));
  }

  async report(): Promise<Reported> {
    const { incident, run, round } = await this.head();
    return report(this.effects, { incident, run, round });
  }

  async receipt(step = shutStep): Promise<Receipt | undefined> {
    return readReceipt(this.world.table, await this.address(step));
  }

  async record() {
    const record = await readTarget(this.world.table, this.target);
    if (record === undefined) throw new Error('There is no target record');
    return record;
  }

  /** Decides and takes every step of the plan, each read back so many milliseconds after it. */
  async playPlan(passMs = 60_000): Promise<void> {
    const { steps } = await this.decide();
    for (const { n } of steps) {
      await this.act(n);
      this.pass(passMs);
      await this.verify(n);
    }
  }

  /** A whole run, as the state machine does it when nothing fails. */
  async run(): Promise<Reported> {
    const { steps, decision } = await this.decide();
    for (const { n } of decision === 'contain' ? steps : []) {
      await this.act(n);
      await this.verify(n);
    }
    return this.report();
  }
}
