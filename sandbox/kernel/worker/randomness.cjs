'use strict';
const crypto = require('node:crypto');

/**
 * Replaces randomness by a seeded sequence (mulberry32, as in random.ts): one seed, one run. Nothing in the sandbox
 * is a secret.
 *
 * @param {number} seed
 * @returns {(seed: number) => void} begins a sequence anew
 */
function installRandomness(seed) {
  let state = seed >>> 0;
  function next() {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** @template {ArrayBufferView} T @param {T} view @returns {T} */
  function fill(view) {
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    for (let i = 0; i < bytes.length; i += 1) bytes[i] = Math.floor(next() * 256);
    return view;
  }

  function randomBytes(size, callback) {
    const bytes = fill(Buffer.alloc(size));
    if (!callback) return bytes;
    process.nextTick(callback, null, bytes);
  }

  function randomUUID() {
    const bytes = fill(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Buffer.from(bytes).toString('hex');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  }

  function randomInt(low, high, callback) {
    if (typeof high !== 'number') return randomInt(0, low, high);
    const value = low + Math.floor(next() * (high - low));
    if (!callback) return value;
    process.nextTick(callback, null, value);
  }

  function randomFillSync(target, offset = 0, size = target.byteLength - offset) {
    fill(new Uint8Array(target.buffer ?? target, (target.byteOffset ?? 0) + offset, size));
    return target;
  }

  function randomFill(target, ...rest) {
    const callback = rest.pop();
    process.nextTick(callback, null, randomFillSync(target, ...rest));
  }

  Math.random = next;
  Object.assign(crypto, {
    randomBytes,
    pseudoRandomBytes: randomBytes,
    randomUUID,
    randomInt,
    randomFill,
    randomFillSync,
  });
  const web = { getRandomValues: { value: fill }, randomUUID: { value: randomUUID } };
  Object.defineProperties(globalThis.crypto, web);
  return (begin) => {
    state = begin >>> 0;
  };
}

module.exports = { installRandomness };
