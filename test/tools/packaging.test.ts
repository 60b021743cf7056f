import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { parameterProblem } from '../../tools/packaging.ts';

const project = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const out = mkdtempSync(join(tmpdir(), 'firebreak-packaging-'));
afterAll(() => rmSync(out, { recursive: true }));

describe('the parameters of a deployment', () => {
  it.each(['observe', 'enforce'])('are right with an address and the mode %s', (mode) => {
    expect(parameterProblem('on-call@example.com', mode, 'off')).toBeNull();
  });

  it.each([
    ['', 'onCallEmail is missing'],
    ['notanemail', 'onCallEmail is "notanemail"'],
    ['you@localhost', 'onCallEmail is "you@localhost"'],
    ['a@b.example, c@d.example', 'onCallEmail is "a@b.example, c@d.example"'],
    [17, 'onCallEmail is "17"'],
  ])('are refused when nobody can be woken: %o', (email, problem) => {
    expect(parameterProblem(email, 'observe', 'off')).toBe(
      `${problem}: say who is woken, with --param="onCallEmail=you@example.com". Only stage dev has a default.`,
    );
  });

  it.each(['enforced', 'Enforce', '', true])('are refused with a mode that there is not: %o', (mode) => {
    expect(parameterProblem('on-call@example.com', mode, 'off')).toBe(
      `defaultMode is "${mode}": it is observe or enforce, as in --param="defaultMode=observe".`,
    );
  });
});

describe('the parameter console', () => {
  it.each(['on', 'off'])('is right as %s', (web) => {
    expect(parameterProblem('on-call@example.com', 'observe', web)).toBeNull();
  });

  it.each(['On', 'true', true, ''])('is refused as %o', (web) => {
    expect(parameterProblem('on-call@example.com', 'observe', web)).toBe(
      `console is "${web}": it is on or off, as in --param="console=on".`,
    );
  });
});

describe('serverless package', () => {
  it('of any stage but dev fails where nobody is named who is woken, and says so', { timeout: 120_000 }, () => {
    const { status, stdout, stderr } = spawnSync(
      join(project, 'node_modules', '.bin', 'serverless'),
      ['package', '--stage', 'prod', '--package', out],
      {
        cwd: project,
        encoding: 'utf8',
        env: { ...process.env, SLS_TELEMETRY_DISABLED: '1', SLS_NOTIFICATIONS_MODE: 'off' },
      },
    );
    expect(status).toBe(1);
    expect(stdout + stderr).toContain(`\n${parameterProblem('', 'observe', 'off')}`);
  });
});
