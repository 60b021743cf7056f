'use strict';
const fs = require('node:fs');
const path = require('node:path');

/** An error as Lambda names it when the runtime, not the function, is at fault. */
function runtimeError(name, message) {
  return Object.assign(new Error(message), { name });
}

/**
 * Finds and loads a handler as Lambda's Node runtime does: `folder/file.export`, relative to the task root.
 *
 * @param {string} taskRoot
 * @param {string} name
 * @returns {(event: unknown, context: unknown) => unknown}
 */
function loadHandler(taskRoot, name) {
  const base = path.basename(name);
  const dot = base.indexOf('.');
  if (dot < 1) throw runtimeError('Runtime.MalformedHandlerName', `Bad handler: ${name}`);
  const stem = path.join(taskRoot, name.slice(0, name.length - base.length), base.slice(0, dot));
  const file = [`${stem}.js`, `${stem}.cjs`].find((candidate) => fs.existsSync(candidate));
  if (!file) {
    throw runtimeError('Runtime.ImportModuleError', `Error: Cannot find module '${path.basename(stem)}'`);
  }
  let found;
  try {
    found = require(file);
  } catch (error) {
    if (error instanceof SyntaxError) throw runtimeError('Runtime.UserCodeSyntaxError', String(error));
    if (error?.code === 'MODULE_NOT_FOUND') throw runtimeError('Runtime.ImportModuleError', String(error));
    throw error;
  }
  for (const part of base.slice(dot + 1).split('.')) found = found?.[part];
  if (found === undefined) throw runtimeError('Runtime.HandlerNotFound', `${name} is undefined or not exported`);
  if (typeof found !== 'function') throw runtimeError('Runtime.HandlerNotFound', `${name} is not a function`);
  return found;
}

module.exports = { loadHandler, runtimeError };
