'use strict';
const path = require('node:path');

const RUNTIME = path.dirname(__filename);

/**
 * What Lambda answers for a thrown value. Paths read as on Lambda, so that they do not depend on the machine.
 *
 * @param {unknown} thrown
 * @param {string} taskRoot
 * @returns {{ errorType: string, errorMessage: string, trace: string[] }}
 */
function describeFailure(thrown, taskRoot) {
  if (!(thrown instanceof Error)) return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
  const trace = String(thrown.stack ?? '')
    .replaceAll(taskRoot, '/var/task')
    .replaceAll(RUNTIME, '/var/runtime');
  return { errorType: thrown.name, errorMessage: thrown.message, trace: trace.split('\n') };
}

module.exports = { describeFailure };
