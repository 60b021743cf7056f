import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RemovedCheck } from '../removedCheck.ts';

const project = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const tree = mkdtempSync(join(tmpdir(), 'firebreak-proofs-'));
afterAll(() => rmSync(tree, { recursive: true }));

const write = (path: string, text: string): void => writeFileSync(join(tree, path), text);
symlinkSync(join(project, 'node_modules'), join(tree, 'node_modules'));
write('package.json', '{ "type": "module" }');
write(
  'vitest.config.ts',
  "export default { test: { projects: ['unit', 'system'].map((name) => ({ test: { name, include: [`*.${name}.ts`] } })) } };",
);
write('door.ts', 'export const lets = (age: number): boolean => age >= 18;\n');
const asking = "import { expect, test } from 'vitest';\nimport { lets } from './door.ts';\n";
write('strict.unit.ts', `${asking}test('keeps a child out', () => expect(lets(17)).toBe(false));\n`);
write('lax.unit.ts', `${asking}test('lets a grown-up in', () => expect(lets(40)).toBe(true));\n`);
write('broken.unit.ts', `${asking}test('lets a child in', () => expect(lets(17)).toBe(true));\n`);

const entry = { file: 'door.ts', text: 'age >= 18', replacement: 'age >= 0', why: 'a child gets in' };
const entries: readonly RemovedCheck[] = [
  { ...entry, test: 'strict.unit.ts' },
  // After one that failed: what another test said must not count.
  { ...entry, test: 'lax.unit.ts' },
  { ...entry, test: 'strict.unit.ts', name: 'a test that there is not' },
  { ...entry, test: 'strict.unit.ts', text: 'age > 18' },
  { ...entry, test: 'strict.unit.ts', replacement: 'age >=' },
  { ...entry, test: 'nowhere.unit.ts' },
];

// In a process of its own: Vitest does not run within Vitest.
const script = `
  import { openProver } from ${JSON.stringify(join(project, 'tools', 'proveRemoved.ts'))};
  const prover = await openProver(${JSON.stringify(tree)});
  const proofs = [];
  for (const entry of ${JSON.stringify(entries)}) proofs.push((await prover.prove(entry)) ?? 'proven');
  const passes = [];
  for (const test of ['strict.unit.ts', 'broken.unit.ts', 'nowhere.unit.ts']) passes.push((await prover.passes(test)) ?? 'passes');
  await prover.close();
  // Vitest has set it, because tests failed.
  process.exitCode = 0;
  console.log(JSON.stringify({ proofs, passes }));
`;
describe('a removed check', () => {
  let proofs: readonly string[];
  let passes: readonly string[];
  beforeAll(() => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: tree,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] },
    });
    expect(status, stderr).toBe(0);
    ({ proofs, passes } = JSON.parse(stdout));
  }, 60_000);

  it('is proven by a test that fails without it, and by no other', () => {
    expect(proofs).toEqual([
      'proven',
      'lax.unit.ts passes without it',
      'strict.unit.ts has no test named like "a test that there is not"',
      'the text is in door.ts 0 times, not once',
      expect.stringContaining('strict.unit.ts did not run'),
      expect.stringContaining('nowhere.unit.ts'),
    ]);
  });

  it('is not proven by a test that fails anyway, or is not there', () => {
    expect(passes).toEqual([
      'passes',
      'broken.unit.ts fails with every check in place, too',
      expect.stringContaining('nowhere.unit.ts'),
    ]);
  });

  it('is back in its file afterwards', () => {
    expect(readFileSync(join(tree, 'door.ts'), 'utf8')).toContain('age >= 18');
  });
});
