'use strict';

/**
 * Replaces everything that tells the time by the virtual clock.
 *
 * @param {() => number} now virtual milliseconds since the epoch
 */
function installTime(now) {
  const RealDate = Date;
  const start = now();
  const wholeNow = () => Math.floor(now());

  /** Same prototype as the real one, or `instanceof Date` would break for dates that Node itself makes. */
  function VirtualDate(...args) {
    if (!new.target) return new RealDate(wholeNow()).toString();
    return Reflect.construct(RealDate, args.length > 0 ? args : [wholeNow()], new.target);
  }
  Object.defineProperties(VirtualDate, {
    name: { value: 'Date' },
    length: { value: 7 },
    prototype: { value: RealDate.prototype, writable: false },
  });
  VirtualDate.now = wholeNow;
  VirtualDate.parse = RealDate.parse;
  VirtualDate.UTC = RealDate.UTC;
  RealDate.prototype.constructor = VirtualDate;
  globalThis.Date = VirtualDate;

  performance.now = () => now() - start;
  Object.defineProperty(performance, 'timeOrigin', { value: start });

  function hrtime(previous) {
    const ms = now() - start;
    let seconds = Math.floor(ms / 1000);
    let nanoseconds = Math.round((ms % 1000) * 1e6);
    if (previous) {
      seconds -= previous[0];
      nanoseconds -= previous[1];
      if (nanoseconds < 0) {
        seconds -= 1;
        nanoseconds += 1e9;
      }
    }
    return [seconds, nanoseconds];
  }
  hrtime.bigint = () => BigInt(Math.round((now() - start) * 1e6));
  process.hrtime = hrtime;
  process.uptime = () => (now() - start) / 1000;
}

module.exports = { installTime };
