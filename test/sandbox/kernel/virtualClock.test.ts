import { afterEach, expect, test } from 'vitest';
import { type ClockOptions, createClock, type KernelClock } from '../../../sandbox/kernel/virtualClock.ts';

const clocks: KernelClock[] = [];
afterEach(() => {
  for (const clock of clocks.splice(0)) clock.stop();
});

function clockAt(startAtMs: number, options: ClockOptions = {}): { clock: KernelClock; seen: string[] } {
  const clock = createClock(startAtMs, options);
  clocks.push(clock);
  const seen: string[] = [];
  clock.on('note', (args) => void seen.push(`${clock.now()} ${args}`));
  return { clock, seen };
}

test('events happen in the order of their time, then of their queueing', async () => {
  const { clock, seen } = clockAt(1000);
  clock.after(20, 'note', 'c');
  clock.after(10, 'note', 'a');
  clock.after(10, 'note', 'b');
  await clock.settle();
  expect(seen).toEqual(['1010 a', '1010 b', '1020 c']);
});

test('a cancelled event does not happen', async () => {
  const { clock, seen } = clockAt(0);
  clock.after(5, 'note', 'kept');
  clock.cancel(clock.after(5, 'note', 'dropped'));
  await clock.settle();
  expect(seen).toEqual(['5 kept']);
});

test('time stands still while nobody waits for it', async () => {
  const { clock, seen } = clockAt(0);
  clock.after(5, 'note', 'later');
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
  expect(clock.now()).toBe(0);
  expect(seen).toEqual([]);
});

test('settle does not wait for background events, but lets them happen in their turn', async () => {
  const { clock, seen } = clockAt(0);
  clock.on('tick', () => {
    seen.push(`${clock.now()} tick`);
    clock.after(60, 'tick', null, { background: true });
  });
  clock.after(60, 'tick', null, { background: true });
  clock.after(130, 'note', 'done');
  await clock.settle();
  expect(seen).toEqual(['60 tick', '120 tick', '130 done']);
});

test('settle gives up on an account that does not come to rest in the time it is given', async () => {
  const { clock, seen } = clockAt(0);
  clock.on('again', () => {
    seen.push(`${clock.now()} again`);
    clock.after(60, 'again');
  });
  clock.after(60, 'again');
  await expect(clock.settle(150)).rejects.toThrow(
    'the account has not come to rest by 1970-01-01T00:00:00.150Z: something in it goes on and on',
  );
  expect(seen).toEqual(['60 again', '120 again']);
});

test('settle waits for what happens within the time it is given, and not for the background after it', async () => {
  const { clock, seen } = clockAt(0);
  clock.after(150, 'note', 'last');
  clock.after(200, 'note', 'upkeep', { background: true });
  await clock.settle(150);
  expect(seen).toEqual(['150 last']);
});

test('advance runs what is due within its span, background too, and stands at its end', async () => {
  const { clock, seen } = clockAt(0);
  clock.after(10, 'note', 'background', { background: true });
  clock.after(100, 'note', 'at the end');
  clock.after(101, 'note', 'beyond');
  await clock.advance(100);
  expect(seen).toEqual(['10 background', '100 at the end']);
  await clock.advance(0);
  expect(clock.now()).toBe(100);
  await clock.advance(1);
  expect(seen).toHaveLength(3);
});

test('one event at a time: the next waits for what the first awaits', async () => {
  const { clock, seen } = clockAt(0);
  clock.on('slow', async () => {
    for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
    seen.push(`${clock.now()} slow`);
  });
  clock.after(1, 'slow');
  clock.after(2, 'note', 'next');
  await clock.settle();
  expect(seen).toEqual(['1 slow', '2 next']);
});

test('a handler that sleeps does not hold the clock, and goes on in its time', async () => {
  const { clock, seen } = clockAt(0);
  clock.on('sleeper', async () => {
    await clock.sleep(10);
    seen.push(`${clock.now()} awake`);
  });
  clock.after(1, 'sleeper');
  clock.after(5, 'note', 'meanwhile');
  await clock.settle();
  expect(seen).toEqual(['5 meanwhile', '11 awake']);
});

test('work held by `busy` stops the clock until it has settled', async () => {
  const { clock, seen } = clockAt(0);
  const { promise, resolve } = Promise.withResolvers<void>();
  const busy = clock.busy(promise);
  clock.after(1, 'note', 'event');
  const settled = clock.settle();
  for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
  expect(seen).toEqual([]);
  resolve();
  await Promise.all([busy, settled]);
  expect(seen).toEqual(['1 event']);
});

test('whoever awaits a sleep makes time pass', async () => {
  const { clock } = clockAt(0);
  await clock.sleep(3_600_000);
  expect(clock.now()).toBe(3_600_000);
});

test('a handler that fails, or a kind that nobody handles, is told to whoever waits', async () => {
  const { clock } = clockAt(0);
  clock.on('broken', () => {
    throw new Error('a defect');
  });
  clock.after(1, 'broken');
  await expect(clock.settle()).rejects.toThrow('the timed event broken failed: Error: a defect');
  clock.after(1, 'unheard');
  await expect(clock.settle()).rejects.toThrow('no handler for the timed event unheard');
});

test('a clock that is held for ever says by what', async () => {
  const { clock } = clockAt(0, { watchdogMs: 5 });
  void clock.run('a request that never ends', () => new Promise(() => {}));
  clock.after(1, 'note', 'never');
  await expect(clock.settle()).rejects.toThrow('a request that never ends');
});

test('paced, work that a deed starts begins at the time of the deed, however far a skip has put the end', async () => {
  const { clock, seen } = clockAt(0, { mode: 'paced' });
  let due = 5;
  clock.attach({
    quiet: () => true,
    next: () => due,
    fire() {
      due = Number.POSITIVE_INFINITY;
      void clock.run('a request', () => void seen.push(`${clock.now()} request`));
    },
    holders: async () => [],
    recover() {},
    abandon() {},
  });
  clock.after(3000, 'note', 'its time-out');
  await clock.advance(60_000);
  expect(seen).toEqual(['5 request', '3000 its time-out']);
});

test('paced, work from outside begins at the time that wall time has reached', async () => {
  const { clock } = clockAt(0, { mode: 'paced', speed: 1_000_000 });
  const before = clock.now();
  await new Promise((resolve) => setTimeout(resolve, 5));
  const began = await clock.run('a request', () => clock.now(), true);
  expect(began).toBeGreaterThan(before);
});

test('paced, virtual time follows wall time, and a skip brings the future near', async () => {
  const { clock, seen } = clockAt(0, { mode: 'paced', speed: 100_000 });
  clock.after(100, 'note', 'by itself');
  await clock.settle();
  expect(seen).toEqual(['100 by itself']);
  clock.after(86_400_000_000, 'note', 'far');
  await clock.advance(86_400_000_000);
  expect(seen).toHaveLength(2);
});
