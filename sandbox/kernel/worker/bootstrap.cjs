'use strict';
/**
 * What runs in a worker thread before, and around, a function's bundle: the stand-in for Lambda's runtime. It is plain
 * CommonJS, since TypeScript below node_modules cannot be run.
 *
 * The order of installation matters: the bundle must find the replaced globals and built-in modules.
 */
const { enableCompileCache, syncBuiltinESMExports } = require('node:module');
const { parentPort, workerData } = require('node:worker_threads');
const { installConsole } = require('./console.cjs');
const { describeFailure } = require('./failure.cjs');
const { installFetch } = require('./fetch.cjs');
const { loadHandler, runtimeError } = require('./handler.cjs');
const { installHttp } = require('./http.cjs');
const { installRandomness } = require('./randomness.cjs');
const { installSockets } = require('./sockets.cjs');
const { installTime } = require('./time.cjs');
const { installTimers } = require('./timers.cjs');

// Half of a cold start is V8 compiling the bundle: what it made of it is read back. A folder that cannot be written to is gone without.
if (workerData.compiledFolder !== undefined) enableCompileCache(workerData.compiledFolder);

const cell = new Float64Array(workerData.cell);
const now = () => cell[0];
const { taskRoot } = workerData;

/** @type {string | undefined} */
let requestId;
const timers = installTimers(now);
installTime(now);
const reseed = installRandomness(workerData.seed);
const receive = installSockets(timers, workerData.doorPort, (message) => parentPort.postMessage(message));
const renumber = installHttp();
installFetch();
installConsole(
  (text) => parentPort.postMessage({ type: 'line', at: now(), text: text.replace(/\n$/, '') }),
  () => requestId,
);
syncBuiltinESMExports();

let handler;

async function run(message) {
  requestId = message.context.awsRequestId;
  try {
    handler ??= loadHandler(taskRoot, workerData.handler);
  } catch (error) {
    return finish({ ok: false, ...describeFailure(error, taskRoot) }, true);
  }
  const context = {
    ...message.context,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, message.deadline - now()),
  };
  try {
    finish({ ok: true, payload: serialise(await handler(JSON.parse(message.payload), context)) }, false);
  } catch (error) {
    finish({ ok: false, ...describeFailure(error, taskRoot) }, false);
  }
}

function serialise(result) {
  try {
    return JSON.stringify(result) ?? 'null';
  } catch (error) {
    throw runtimeError('Runtime.MarshalError', `Unable to stringify response body: ${error.message}`);
  }
}

/** @param {object} outcome @param {boolean} broken the module could not be loaded: this worker is of no more use */
function finish(outcome, broken) {
  parentPort.postMessage({ type: 'done', outcome, broken });
}

/** How many messages have been taken in: the main thread trusts an `idle` only if it has sent no more than that. */
let taken = 0;

parentPort.on('message', (message) => {
  if (message.type === 'why') {
    return parentPort.postMessage({ type: 'why', holders: process.getActiveResourcesInfo() });
  }
  taken += 1;
  parentPort.unref();
  if (message.type === 'invoke') void run(message);
  else if (message.type === 'fire') timers.fireOne();
  else if (message.type === 'reset') {
    timers.forget();
    reseed(message.seed);
    renumber();
  } else receive(message);
});

process.on('unhandledRejection', (reason) => {
  const message = reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason);
  throw runtimeError('Runtime.UnhandledPromiseRejection', message);
});

// libuv says that nothing keeps the loop alive: no socket, no job of the thread pool, no immediate. What is left to
// wait for is virtual time. Holding the port keeps the thread for the next message.
process.on('beforeExit', () => {
  parentPort.postMessage({ type: 'idle', taken, next: timers.earliest() });
  parentPort.ref();
});
parentPort.unref();
