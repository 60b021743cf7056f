#!/usr/bin/env node
// Runs the command on Node 24 (the Lambda runtime's major): the packed build where there is one, else the sources.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const main = existsSync(join(root, 'cli', 'main.ts')) ? join(root, 'cli', 'main.ts') : join(root, 'dist', 'cli.mjs');

if (process.env.npm_command) endWithNpm();
if (Number(process.versions.node.split('.')[0]) >= 24) {
  if (process.channel) endWithParent();
  await import(pathToFileURL(main).href);
} else {
  onNode24();
}

/** The wrapper below is gone, even without a chance to pass a signal on: this process does not stay alone. */
function endWithParent() {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
}

/**
 * `npx` and `npm run` start us through a shell, and pass on no signal: at a SIGTERM the shell ends with them, at a SIGKILL it goes on
 * alone, and we in it.
 */
function endWithNpm() {
  const shell = process.ppid;
  const npm = parentOfShell(shell);
  const watch = setInterval(() => {
    if (process.ppid === shell && parentOfShell(shell) === npm) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  watch.unref();
}

/**
 * Who started this shell; 0 for what is none: many a shell becomes the one command that it is given, and whoever started npm may end. 0
 * too where there is no /proc.
 */
function parentOfShell(pid) {
  try {
    const [, name, parent] = /\((.*)\) \S (\d+) /s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return /^(?:\w*sh|busybox)$/.test(name ?? '') ? Number(parent) : 0;
  } catch {
    return 0;
  }
}

/** The same command on the Node that was installed with it; signals go there, its end is ours. */
function onNode24() {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const child = spawn(node24(), [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.once('error', (error) => {
    process.stderr.write(`firebreak: Node 24 could not be started (${error.message}). Run "npm install" again.\n`);
    process.exitCode = 2;
  });
  child.once('exit', (code, signal) => {
    if (signal === null) {
      process.exitCode = code ?? 2;
      return;
    }
    for (const one of signals) process.removeAllListeners(one);
    process.kill(process.pid, signal);
  });
}

function node24() {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('node/package.json')), 'bin', 'node');
  } catch {
    return 'node24 (the npm package "node" is missing)';
  }
}
