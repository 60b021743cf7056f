import { seededRandom } from '../../../sandbox/kernel/random.ts';

/** Where an invocation dies: at the how-manieth effect of the whole world, before or after that took place. */
export interface Crash {
  readonly at: number;
  readonly when: 'before' | 'after';
  /** What the state machine makes of it: tried again, caught, or the whole execution is aborted. */
  readonly as: 'retried' | 'caught' | 'aborted';
}

/** An invocation that died. Its code never hears of it: whatever it was waiting for does not come. */
export class Crashed extends Error {
  readonly as: Crash['as'];
  constructor(as: Crash['as']) {
    super('The invocation died');
    this.name = 'Lambda.Unknown';
    this.as = as;
  }
}

interface Waiting {
  readonly go: () => void;
}

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly go: () => void;
}

/** Lets everything that can go on without us go on. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Runs everything in an order that a seed decides: each effect of each invocation waits for its turn, and time moves on when
 * nobody waits. Crashes happen at the effects that they name.
 */
export class Schedule {
  now: number;
  effects = 0;
  crashesLeft: Crash[];
  private readonly random: () => number;
  private waiting: Waiting[] = [];
  private timers: Timer[] = [];
  private order = 0;

  constructor(seed: number, start: number, crashes: readonly Crash[]) {
    this.random = seededRandom(seed).next;
    this.now = start;
    this.crashesLeft = [...crashes];
  }

  private turn(): Promise<void> {
    return new Promise((resolve) => this.waiting.push({ go: resolve }));
  }

  sleep(ms: number): Promise<void> {
    this.order += 1;
    const order = this.order;
    return new Promise((resolve) => this.timers.push({ at: this.now + ms, order, go: resolve }));
  }

  /** An invocation: `run` gets the gate that each of its effects passes through. */
  async invoke<T>(run: (gate: Gate) => Promise<T>): Promise<T> {
    let die: (as: Crash['as']) => void = () => {};
    const death = new Promise<never>((_, reject) => {
      die = (as) => reject(new Crashed(as));
    });
    const gate: Gate = async (effect) => {
      await this.turn();
      this.effects += 1;
      const crash = this.crashesLeft.find(({ at }) => at === this.effects);
      if (crash !== undefined) this.crashesLeft = this.crashesLeft.filter((one) => one !== crash);
      if (crash?.when === 'before') return this.end(die, crash);
      const value = await effect();
      return crash === undefined ? value : this.end(die, crash);
    };
    return Promise.race([run(gate), death]);
  }

  private end(die: (as: Crash['as']) => void, { as }: Crash): Promise<never> {
    die(as);
    return new Promise(() => {});
  }

  /** Until nobody waits for a turn or for a time before `end`. */
  async run(end: number): Promise<void> {
    for (;;) {
      await settle();
      const [one] = this.waiting.splice(Math.floor(this.random() * this.waiting.length), 1);
      if (one !== undefined) {
        one.go();
        continue;
      }
      const next = this.timers.toSorted((a, b) => a.at - b.at || a.order - b.order)[0];
      if (next === undefined || next.at > end) return;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.now = Math.max(this.now, next.at);
      next.go();
    }
  }
}

export type Gate = <T>(effect: () => Promise<T>) => Promise<T>;
