'use strict';
const { format } = require('node:util');

const LEVELS = { debug: 'DEBUG', log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR', trace: 'TRACE' };

/**
 * Sends what is printed through messages, which keep their order; lines look as Lambda's Node runtime writes them.
 *
 * @param {(text: string) => void} emit
 * @param {() => string | undefined} requestId
 */
function installConsole(emit, requestId) {
  function write(chunk, encoding, callback) {
    emit(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'));
    const done = typeof encoding === 'function' ? encoding : callback;
    if (done) process.nextTick(done);
    return true;
  }
  process.stdout.write = write;
  process.stderr.write = write;
  for (const [method, level] of Object.entries(LEVELS)) {
    console[method] = (...args) => emit([new Date().toISOString(), requestId(), level, format(...args)].join('\t'));
  }
}

module.exports = { installConsole };
