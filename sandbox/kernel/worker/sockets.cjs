'use strict';
const net = require('node:net');

const idleTimer = Symbol('virtual idle timer');

/** What the door answers for beside AWS: see services/outside/answer.ts. */
const OUTSIDE = /^(?:events(?:\.eu)?\.pagerduty\.com|.+\.example(?:\.com)?)$/i;

/**
 * Sockets: they lead to the front door or nowhere, and their idle time-outs move to the virtual clock. What they carry goes by messages
 * and not through the machine's network, so that nothing holds the loop while an answer is waited for: that waits on virtual time.
 *
 * @param {{ setTimer: typeof setTimeout, clearTimer: (timer: unknown) => void }} timers
 * @param {number} doorPort the port that the account's URLs name
 * @param {(message: { type: 'open' | 'data' | 'end' | 'close', wire: number, bytes?: Uint8Array }) => void} post
 * @returns {(message: { type: string, wire: number, bytes?: Uint8Array }) => void} takes what the door sends
 */
function installSockets(timers, doorPort, post) {
  /** @type {Map<number, net.Socket>} */
  const open = new Map();
  let last = 0;

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
    if (OUTSIDE.test(host) && Number(options.port) === 443) return true;
    const loopback = host === 'localhost' || host === '::1' || /^127\./.test(host);
    return loopback && Number(options.port) === doorPort;
  }

  function connect(...args) {
    // Node passes [options, callback] in one array from its own code; people pass options, or port and host.
    const given = Array.isArray(args[0]) ? [...args[0]] : args;
    if (typeof given[0] !== 'object') {
      const host = typeof given[1] === 'string' ? given.splice(1, 1)[0] : undefined;
      given[0] = Number.isNaN(Number(given[0])) ? { path: given[0] } : { port: Number(given[0]), host };
    }
    const [options, callback] = given;
    if (!leadsToDoor(options)) {
      const where = options.path ?? `${options.host ?? 'localhost'}:${options.port}`;
      const error = new Error(`the sandbox has no route to ${where}: only AWS endpoints and its own can be reached`);
      return this.destroy(Object.assign(error, { code: 'ENOTFOUND' }));
    }
    if (typeof callback === 'function') this.once('connect', callback);
    return wired(this);
  }

  /** Node's socket with a wire where it would have a handle of the operating system. */
  function wired(socket) {
    last += 1;
    const wire = last;
    const itself = () => socket;
    const { _destroy } = socket;
    open.set(wire, socket);
    post({ type: 'open', wire });
    function send(bytes, done) {
      socket._unrefTimer();
      post({ type: 'data', wire, bytes });
      done();
    }
    Object.assign(socket, {
      connecting: true,
      ref: itself,
      unref: itself,
      setKeepAlive: itself,
      setNoDelay: itself,
      _read() {},
      _write: (chunk, encoding, done) => send(bytesOf({ chunk, encoding }), done),
      _writev: (pieces, done) => send(Buffer.concat(pieces.map(bytesOf)), done),
      _final(done) {
        post({ type: 'end', wire });
        done();
      },
      _destroy(error, done) {
        timers.clearTimer(socket[idleTimer]);
        if (open.delete(wire)) post({ type: 'close', wire });
        _destroy.call(socket, error, done);
      },
    });
    process.nextTick(() => {
      if (socket.destroyed) return;
      socket.connecting = false;
      socket.emit('connect');
      socket.emit('ready');
    });
    return socket;
  }

  net.Socket.prototype.setTimeout = setTimeoutVirtually;
  net.Socket.prototype._unrefTimer = function restartIdleTimer() {
    this[idleTimer]?.refresh();
  };
  net.Socket.prototype.connect = connect;

  return ({ type, wire, bytes }) => {
    const socket = open.get(wire);
    if (!socket) return;
    socket._unrefTimer();
    if (type === 'data') socket.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    else if (type === 'end') socket.push(null);
    else socket.destroy();
  };
}

const bytesOf = ({ chunk, encoding }) => (typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk);

module.exports = { installSockets };
