'use strict';
const timers = require('node:timers');
const timersPromises = require('node:timers/promises');
const { promisify } = require('node:util');

/** What Node makes of a delay that is no number between 1 and 2^31-1. */
const LONGEST_MS = 2147483647;

/**
 * @typedef {{ at: number, ms: number, turn: number, call: () => unknown, every: boolean, referenced: boolean }} Entry
 * `turn` orders timers of the same time: by when they were set.
 */

/**
 * Replaces Node's timers by timers on the virtual clock. They hold no handle, so that libuv calls the loop empty
 * when nothing but virtual time is waited for.
 *
 * @param {() => number} now virtual milliseconds since the epoch
 * @returns {{ earliest(): number, fireOne(): void, forget(): void, setTimer: typeof setTimeout, clearTimer: (timer: unknown) => void }}
 */
function installTimers(now) {
  /** @type {Map<number, Entry>} */
  const pending = new Map();
  let last = 0;

  class VirtualTimeout {
    /** @param {Entry} entry */
    constructor(entry) {
      this.entry = entry;
      this.id = ++last;
      this.cleared = false;
      pending.set(this.id, entry);
    }
    ref() {
      this.entry.referenced = true;
      return this;
    }
    unref() {
      this.entry.referenced = false;
      return this;
    }
    hasRef() {
      return this.entry.referenced;
    }
    refresh() {
      if (this.cleared) return this;
      this.entry.at = now() + this.entry.ms;
      this.entry.turn = ++last;
      pending.set(this.id, this.entry);
      return this;
    }
    close() {
      this.cleared = true;
      pending.delete(this.id);
      return this;
    }
    [Symbol.toPrimitive]() {
      return this.id;
    }
    [Symbol.dispose]() {
      this.close();
    }
  }

  /** @param {boolean} every */
  function starter(every) {
    return (call, delay, ...args) => {
      if (typeof call !== 'function') {
        throw Object.assign(new TypeError('The "callback" argument must be of type function'), {
          code: 'ERR_INVALID_ARG_TYPE',
        });
      }
      const given = Number(delay);
      const ms = given >= 1 && given <= LONGEST_MS ? Math.trunc(given) : 1;
      const entry = { at: now() + ms, ms, turn: ++last, call: () => call(...args), every, referenced: true };
      return new VirtualTimeout(entry);
    };
  }

  /** @param {unknown} timer a timer, or the number or string that stands for one */
  function clearTimer(timer) {
    if (timer instanceof VirtualTimeout) timer.close();
    else if (typeof timer === 'number' || typeof timer === 'string') pending.delete(Number(timer));
  }

  const setTimer = starter(false);
  const setRepeating = starter(true);

  function aborted(signal) {
    return Object.assign(new Error('The operation was aborted', { cause: signal.reason }), {
      name: 'AbortError',
      code: 'ABORT_ERR',
    });
  }

  function sleep(delay, value, options = {}) {
    const { signal } = options;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(aborted(signal));
      const abandon = () => {
        clearTimer(timer);
        reject(aborted(signal));
      };
      const timer = setTimer(() => {
        signal?.removeEventListener('abort', abandon);
        resolve(value);
      }, delay);
      signal?.addEventListener('abort', abandon, { once: true });
    });
  }

  async function* repeat(delay, value, options) {
    for (;;) {
      await sleep(delay, undefined, options);
      yield value;
    }
  }

  Object.defineProperty(setTimer, promisify.custom, { value: sleep });
  const family = {
    setTimeout: setTimer,
    setInterval: setRepeating,
    clearTimeout: clearTimer,
    clearInterval: clearTimer,
  };
  Object.assign(globalThis, family);
  Object.assign(timers, family);
  Object.assign(timersPromises, { setTimeout: sleep, setInterval: repeat });
  timersPromises.scheduler.wait = (delay, options) => sleep(delay, undefined, options);
  AbortSignal.timeout = (delay) => {
    const controller = new AbortController();
    const reason = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
    setTimer(() => controller.abort(reason), delay);
    return controller.signal;
  };

  function first() {
    let found;
    for (const [id, entry] of pending) {
      if (!found || entry.at < found.entry.at || (entry.at === found.entry.at && entry.turn < found.entry.turn)) {
        found = { id, entry };
      }
    }
    return found;
  }

  return {
    earliest: () => first()?.entry.at ?? Number.POSITIVE_INFINITY,
    /** Runs the earliest timer that is due. One at a time: what it sets going comes to rest before the next. */
    fireOne() {
      const due = first();
      if (!due || due.entry.at > now()) return;
      if (due.entry.every) {
        due.entry.at = now() + due.entry.ms;
        due.entry.turn = ++last;
      } else pending.delete(due.id);
      due.entry.call();
    },
    /** Nothing that was set goes off any more. */
    forget() {
      pending.clear();
      last = 0;
    },
    setTimer,
    clearTimer,
  };
}

module.exports = { installTimers };
