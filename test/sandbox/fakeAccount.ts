import type { Account, Call, Principal } from '../../sandbox/account.ts';
import type { Timed, VirtualClock } from '../../sandbox/kernel/clock.ts';
import { seededRandom } from '../../sandbox/kernel/random.ts';
import type { Json } from '../../shared/platform/json.ts';

/** A clock that moves only when told: for tests of one service, without the front door and its workers. */
export interface FakeClock extends VirtualClock {
  /** Runs every event due within the next `ms` milliseconds in time order, then stands `ms` later. */
  advance(ms: number): Promise<void>;
  /** Events still queued, in the order in which they will run. */
  queued(): readonly Timed[];
}

export interface FakeAccount {
  readonly account: Account;
  readonly clock: FakeClock;
  /** Runs every event due up to and including `untilMs` (milliseconds since the epoch, virtual). */
  runDue(untilMs: number): Promise<void>;
  /** A call by the account's administrator, or by `principal`. */
  call(principal?: Principal): Call;
}

const START = Date.parse('2026-11-24T08:00:00.000Z');

export function fakeClock(start = START): FakeClock {
  let now = start;
  let order = 0;
  let events: Timed[] = [];
  const handlers = new Map<string, (args: Json) => void | Promise<void>>();
  const sleepers = new Map<number, () => void>();

  const queue = (delayMs: number, kind: string, args: Json, background: boolean): number => {
    order += 1;
    events.push({ at: now + Math.max(0, delayMs), order, kind, args, background });
    events.sort((a, b) => a.at - b.at || a.order - b.order);
    return order;
  };

  const fire = async (event: Timed): Promise<void> => {
    const wake = sleepers.get(event.order);
    if (wake) {
      sleepers.delete(event.order);
      wake();
    } else {
      const handle = handlers.get(event.kind);
      if (!handle) throw new Error(`nobody handles ${event.kind}`);
      await handle(event.args);
    }
    // What was waiting for this event goes on before the next one.
    await new Promise((resolve) => setImmediate(resolve));
  };

  return {
    now: () => now,
    on: (kind, handle) => {
      if (handlers.has(kind)) throw new Error(`${kind} already has a handler`);
      handlers.set(kind, handle);
    },
    after: (delayMs, kind, args = null, options = {}) => queue(delayMs, kind, args, options.background ?? false),
    cancel: (number) => {
      events = events.filter((event) => event.order !== number);
    },
    busy: (promise) => promise,
    sleep: (delayMs) =>
      new Promise((resolve) => {
        sleepers.set(queue(delayMs, 'sleep', null, false), resolve);
      }),
    advance: async (ms) => {
      const end = now + ms;
      // A promise just begun may still have to queue its first event.
      await new Promise((resolve) => setImmediate(resolve));
      for (let next = events[0]; next && next.at <= end; next = events[0]) {
        events.shift();
        now = next.at;
        await fire(next);
      }
      now = end;
    },
    queued: () => events,
  };
}

/** An account with a fake clock and a fixed seed; each service's state appears as it is first used. */
export function fakeAccount(): FakeAccount {
  const clock = fakeClock();
  const account: Account = {
    id: '123456789012',
    region: 'eu-west-1',
    clock,
    random: seededRandom(1),
    endpoint: 'http://127.0.0.1:4566',
    slices: new Map(),
    trail: [],
  };
  const root: Principal = { kind: 'root', arn: `arn:aws:iam::${account.id}:root` };
  return {
    account,
    clock,
    runDue: (untilMs) => clock.advance(Math.max(0, untilMs - clock.now())),
    call: (principal = root) => ({ account, principal, requestId: account.random.uuid(), park: (promise) => promise }),
  };
}
