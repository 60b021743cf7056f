/**
 * `node tools/removed-checks.ts [part of a file's path, of a text or of a reason]`: takes each safety check away in turn and runs the
 * test that must then fail. An entry whose text is no longer in its file fails, and so does a test that passes without the
 * check, or fails with it. With `FIREBREAK_SHARE=2/4` it goes through a quarter of them. All of it happens in copies of the working tree, one per worker.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RemovedCheck } from '../test/removedCheck.ts';
import { removedChecks } from '../test/removedChecks.ts';
import { shareOf } from '../test/share.ts';
import { openProver, type Prover } from './proveRemoved.ts';
import { copyTree } from './treeCopy.ts';

const workers = 2;
/** A test that never ends without its check has not failed. */
const longestSeconds = 180;

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const only = process.argv[2];
const wanted = removedChecks.filter(
  ({ file, text, why }) => only === undefined || [file, text, why].some((said) => said.includes(only)),
);
/** So many of one test file at a time, so that one share is about as long as another. */
const longestPiece = 60;
/** By test file, the longest first: what a test loads is still at hand for its next entry. */
const groups = [...Map.groupBy(wanted, ({ test }) => test)].flatMap(([test, entries]) => inPieces(test, entries));
groups.sort(([, a], [, b]) => b.length - a.length);
const left = [...shareOf(groups)];
const shared = left.flatMap(([, entries]) => entries).length;
// A proof is one test by its name, whichever share of the others is asked for.
delete process.env['FIREBREAK_SHARE'];
let failed = 0;

type Piece = readonly [test: string, entries: readonly RemovedCheck[]];

function inPieces(test: string, entries: readonly RemovedCheck[]): readonly Piece[] {
  const pieces = Array.from({ length: Math.ceil(entries.length / longestPiece) }, (_, at) => at * longestPiece);
  return pieces.map((from) => [test, entries.slice(from, from + longestPiece)]);
}

function tell({ file, why }: RemovedCheck, wrong: string | undefined): void {
  if (wrong !== undefined) failed += 1;
  process.stdout.write(wrong === undefined ? `ok   ${file}: ${why}\n` : `FAIL ${file}: ${why}\n     ${wrong}\n`);
}

async function inTime<T>(entry: RemovedCheck, run: () => Promise<T>): Promise<T> {
  const late = setTimeout(() => {
    tell(entry, `${entry.test} did not end within ${longestSeconds} s`);
    // Vitest's worker may be busy for ever: it ends with this process.
    process.exit(1);
  }, longestSeconds * 1000);
  try {
    return await run();
  } finally {
    clearTimeout(late);
  }
}

async function proveAll(prover: Prover, test: string, entries: readonly RemovedCheck[]): Promise<void> {
  const [first] = entries;
  if (first === undefined) return;
  const unsound = await inTime(first, () => prover.passes(test));
  for (const entry of entries) tell(entry, unsound ?? (await inTime(entry, () => prover.prove(entry))));
}

async function work(): Promise<void> {
  const tree = copyTree(root);
  try {
    const prover = await openProver(tree.root);
    try {
      for (let next = left.shift(); next !== undefined; next = left.shift()) await proveAll(prover, ...next);
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
const of = shared === wanted.length ? '' : ` of ${wanted.length}`;
process.stdout.write(`${shared}${of} checks, ${failed} without proof.\n`);
process.exitCode = failed === 0 && shared > 0 ? 0 : 1;
