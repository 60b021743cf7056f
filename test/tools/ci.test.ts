import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const script = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '.ci', 'run');
const root = mkdtempSync(join(tmpdir(), 'firebreak-ci-'));
afterAll(() => rmSync(root, { recursive: true }));

function executable(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  chmodSync(join(root, path), 0o755);
}

executable('.ci/run', readFileSync(script, 'utf8'));
// In the place of npm and git: they say how they were called, and fail, or find a new file, where a test says so.
const stub = (name: string): string =>
  `#!/bin/sh\necho "${name} $*" >>"$CALLS"\ncase "$*" in *others*) printf %s "$NEW_FILE";; esac\n[ "${name} $*" != "$FAIL" ]\n`;
executable('bin/npm', stub('npm'));
executable('bin/git', stub('git'));

/** How the script ended, and what it called, when one of its calls fails. */
function run(change: { readonly FAIL?: string; readonly NEW_FILE?: string } = {}) {
  const calls = join(root, 'calls');
  writeFileSync(calls, '');
  const { status } = spawnSync(join(root, '.ci', 'run'), {
    encoding: 'utf8',
    env: { PATH: `${join(root, 'bin')}:/usr/bin:/bin`, CALLS: calls, FAIL: '', NEW_FILE: '', ...change },
  });
  return { status, calls: readFileSync(calls, 'utf8').trim().split('\n') };
}

const all = run();

describe('what must hold before a change lands', () => {
  it('passes when every step does, and tests last', () => {
    expect(all.status).toBe(0);
    expect(all.calls).toEqual([
      expect.stringMatching(/^npm ci /),
      'npm run --silent lint',
      'npm run --silent types',
      'npm run --silent deadcode',
      'npm run --silent licences',
      'npm run --silent generate',
      expect.stringMatching(/^git diff --exit-code /),
      expect.stringMatching(/^git ls-files --others /),
      'git rev-list --count HEAD',
      'npm run test:all',
    ]);
  });

  it.each(all.calls)('fails, and goes no further, when this fails: %s', (call) => {
    const { status, calls } = run({ FAIL: call });
    expect(status).not.toBe(0);
    expect(calls.at(-1)).toBe(call);
  });

  it('fails when a generated file is not committed', () => {
    const { status, calls } = run({ NEW_FILE: 'docs/new.generated.md' });
    expect(status).not.toBe(0);
    expect(calls).not.toContain('npm run test:all');
  });
});
