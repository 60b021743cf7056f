import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { addRules } from '../../cli/rules/command.ts';
import { codes, type ProblemCode } from '../../shared/rules/codes.ts';
import { lintMarkdown } from '../../tools/lintDoc.ts';
import { type Example, type Files, lookedAt } from '../../tools/lintExamples/example.ts';
import { lintExamples } from '../../tools/lintExamples/examples.ts';

const root = mkdtempSync(join(tmpdir(), 'firebreak-lint-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function folderOf(files: Files): string {
  const folder = mkdtempSync(join(root, 'rules-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** The command as people run it, in this process: its output and its exit code. */
async function lint(files: Files) {
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const before = process.exitCode;
  process.exitCode = 0;
  try {
    const program = new Command();
    addRules(program);
    await program.parseAsync(['node', 'firebreak', 'rules', 'lint', folderOf(files), '--json', '--at', lookedAt]);
    const { version, problems } = JSON.parse(written.mock.calls.map(([text]) => String(text)).join(''));
    expect(version).toBe(1);
    const given = (problems as Record<string, string>[]).map(
      ({ code, file, line, column }) => `${code} ${file}:${line}:${column}`,
    );
    return { exit: process.exitCode, given, problems };
  } finally {
    written.mockRestore();
    process.exitCode = before;
  }
}

describe.each(Object.entries(lintExamples) as [ProblemCode, Example][])('%s', (code, { bad, at, good }) => {
  it('is given by its bad example alone, at its place, with a reason', async () => {
    const { exit, given, problems } = await lint(bad);
    expect(given).toEqual([`${code} ${at}`]);
    expect(problems.find((one: { code: string }) => one.code === code)).toMatchObject({
      level: codes[code].level,
      message: expect.stringMatching(/\w{3}/),
    });
    expect(exit).toBe(codes[code].level === 'error' ? 1 : 0);
  });

  it('is not given by its good example, nor is any other', async () => {
    expect(await lint(good)).toMatchObject({ exit: 0, given: [] });
  });
});

describe('the page of the codes', () => {
  it('has each of them, and 25 errors at the least', () => {
    const page = lintMarkdown();
    for (const code of Object.keys(codes)) expect(page).toContain(`\n## ${code}\n`);
    expect(Object.values(codes).filter(({ level }) => level === 'error').length).toBeGreaterThanOrEqual(25);
    expect(lintMarkdown()).toBe(page);
  });
});
