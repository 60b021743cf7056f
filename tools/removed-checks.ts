/**
 * `node tools/removed-checks.ts [part of a file's path or of a text]`: takes each safety check away in turn and runs the
 * test that must then fail. An entry whose text is no longer in its file fails, and so does a test that passes without the
 * check. All of it happens in copies of the working tree, one per worker.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RemovedCheck } from '../test/removedCheck.ts';
import { removedChecks } from '../test/removedChecks.ts';
import { openProver, type Prover } from './proveRemoved.ts';
import { copyTree } from './treeCopy.ts';

const workers = 2;
/** A test that never ends without its check has not failed. */
const longestSeconds = 60;

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const only = process.argv[2];
const wanted = removedChecks
  .filter(({ file, text }) => only === undefined || file.includes(only) || text.includes(only))
  // Entries of one test follow each other, so that what it loads is still at hand.
  .toSorted((a, b) => (a.test < b.test ? -1 : a.test > b.test ? 1 : 0));
const left = [...wanted];
let failed = 0;

function tell({ file, why }: RemovedCheck, wrong: string | undefined): void {
  if (wrong !== undefined) failed += 1;
  process.stdout.write(wrong === undefined ? `ok   ${file}: ${why}\n` : `FAIL ${file}: ${why}\n     ${wrong}\n`);
}

async function inTime(prover: Prover, entry: RemovedCheck): Promise<string | undefined> {
  const late = setTimeout(() => {
    tell(entry, `${entry.test} did not end within ${longestSeconds} s`);
    // Vitest's worker may be busy for ever: it ends with this process.
    process.exit(1);
  }, longestSeconds * 1000);
  try {
    return await prover.prove(entry);
  } finally {
    clearTimeout(late);
  }
}

async function work(): Promise<void> {
  const tree = copyTree(root);
  try {
    const prover = await openProver(tree.root);
    try {
      for (let entry = left.shift(); entry !== undefined; entry = left.shift()) {
        tell(entry, await inTime(prover, entry));
      }
    } finally {
      await prover.close();
    }
  } finally {
    tree.remove();
  }
}

// An exit runs what removes the copies; a signal alone does not.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
await Promise.all(Array.from({ length: Math.min(workers, left.length) }, work));
process.stdout.write(`${wanted.length} checks, ${failed} without proof.\n`);
process.exitCode = failed === 0 && wanted.length > 0 ? 0 : 1;
