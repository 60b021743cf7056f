/**
 * `node tools/removed-checks.ts`: takes each safety check away in turn and runs the test that must then fail. An entry
 * whose text is no longer in its file fails, and so does a test that passes without the check.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { removedChecks } from '../test/removedChecks.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const only = process.argv[2];
const vitest = join(root, 'node_modules', '.bin', 'vitest');

/** One entry, with the file put back whatever happens. Answers with what is wrong, or nothing. */
function prove({ file, text, replacement, test, name }: (typeof removedChecks)[number]): string | undefined {
  const path = join(root, file);
  const original = readFileSync(path, 'utf8');
  if (original.split(text).length !== 2)
    return `the text is in ${file} ${original.split(text).length - 1} times, not once`;
  const restore = (): void => writeFileSync(path, original);
  process.once('SIGINT', restore);
  try {
    writeFileSync(
      path,
      original.replace(text, () => replacement),
    );
    const args = ['run', '--project', test.startsWith('test/system') ? 'system' : 'unit', test];
    const run = spawnSync(vitest, name === undefined ? args : [...args, '-t', name], { cwd: root, encoding: 'utf8' });
    if (run.status === 0) return `${test} passes without it`;
    // A test that could not even be collected proves nothing.
    return /Tests\s+.*\d+ failed/.test(run.stdout.replaceAll(String.fromCharCode(27), ''))
      ? undefined
      : `${test} did not run:\n${run.stdout.slice(-2000)}`;
  } finally {
    restore();
    process.off('SIGINT', restore);
  }
}

let failed = 0;
for (const entry of removedChecks.filter(
  ({ file, text }) => only === undefined || file.includes(only) || text.includes(only),
)) {
  const wrong = prove(entry);
  if (wrong !== undefined) failed += 1;
  process.stdout.write(
    `${wrong === undefined ? 'ok  ' : 'FAIL'} ${entry.file}: ${entry.why}${wrong === undefined ? '' : `\n     ${wrong}`}\n`,
  );
}
process.stdout.write(`${removedChecks.length} checks, ${failed} without proof.\n`);
process.exitCode = failed === 0 ? 0 : 1;
