#!/usr/bin/env node
// Runs the command on Node 24 (the Lambda runtime's major): the packed build where there is one, else the sources.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const main = existsSync(join(root, 'cli', 'main.ts')) ? join(root, 'cli', 'main.ts') : join(root, 'dist', 'cli.mjs');

if (Number(process.versions.node.split('.')[0]) >= 24) {
  await import(main);
} else {
  const node = join(dirname(createRequire(import.meta.url).resolve('node/package.json')), 'bin', 'node');
  const run = spawnSync(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  if (run.error)
    process.stderr.write(`firebreak: Node 24 could not be started (${run.error.message}). Run "npm ci" again.\n`);
  process.exitCode = run.status ?? 2;
}
