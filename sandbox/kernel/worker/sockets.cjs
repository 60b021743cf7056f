'use strict';
const net = require('node:net');

const idleTimer = Symbol('virtual idle timer');

/**
 * Sockets: their idle time-outs move to the virtual clock, they lead to the front door or nowhere, and they are kept
 * by local port, so that a request that waits on virtual time can be taken off the loop and put back.
 *
 * @param {{ setTimer: typeof setTimeout, clearTimer: (timer: unknown) => void }} timers
 * @param {{ port: number, endpointPort: number }} door this worker's own port, and the one that URLs name
 * @returns {{ park(port: number): void, unpark(port: number): void }}
 */
function installSockets(timers, door) {
  /** @type {Map<number, net.Socket>} */
  const byLocalPort = new Map();
  const { connect } = net.Socket.prototype;

  function setTimeoutVirtually(ms, callback) {
    timers.clearTimer(this[idleTimer]);
    this[idleTimer] = undefined;
    this.timeout = ms;
    if (callback && ms > 0) this.once('timeout', callback);
    else if (callback) this.removeListener('timeout', callback);
    if (ms > 0) this[idleTimer] = timers.setTimer(() => this.emit('timeout'), ms);
    return this;
  }

  function leadsToDoor(options) {
    const host = options.host ?? 'localhost';
    if (options.path) return false;
    if (/(^|\.)amazonaws\.com$/.test(host)) return true;
    const loopback = host === 'localhost' || host === '::1' || /^127\./.test(host);
    return loopback && [door.port, door.endpointPort].includes(Number(options.port));
  }

  function connectToDoor(...args) {
    // Node passes [options, callback] in one array from its own code; people pass options, or port and host.
    const inner = Array.isArray(args[0]) ? args[0] : args;
    if (typeof inner[0] !== 'object') {
      const host = typeof inner[1] === 'string' ? inner.splice(1, 1)[0] : undefined;
      inner[0] = Number.isNaN(Number(inner[0])) ? { path: inner[0] } : { port: Number(inner[0]), host };
    }
    const options = inner[0];
    if (!leadsToDoor(options)) {
      const where = options.path ?? `${options.host ?? 'localhost'}:${options.port}`;
      const error = new Error(`the sandbox has no route to ${where}: only AWS endpoints and its own can be reached`);
      return this.destroy(Object.assign(error, { code: 'ENOTFOUND' }));
    }
    // A copy: by its own options an agent finds the sockets again that it keeps alive.
    inner[0] = { ...options, host: '127.0.0.1', port: door.port };
    this.once('connect', () => byLocalPort.set(this.localPort, this));
    this.once('close', () => {
      timers.clearTimer(this[idleTimer]);
      for (const [port, socket] of byLocalPort) if (socket === this) byLocalPort.delete(port);
    });
    return connect.apply(this, args);
  }

  net.Socket.prototype.setTimeout = setTimeoutVirtually;
  net.Socket.prototype._unrefTimer = function restartIdleTimer() {
    this[idleTimer]?.refresh();
  };
  net.Socket.prototype.connect = connectToDoor;

  return {
    park: (port) => byLocalPort.get(port)?.unref(),
    unpark: (port) => byLocalPort.get(port)?.ref(),
  };
}

module.exports = { installSockets };
