import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { callJson, callLine, callLog, logCalls } from '../../../cli/sandbox/callLog.ts';
import { UsageError } from '../../../cli/usage.ts';
import type { TrailEntry } from '../../../sandbox/account.ts';
import { fakeAccount } from '../../sandbox/fakeAccount.ts';

const call: TrailEntry = {
  at: Date.parse('2026-11-24T08:00:00.120Z'),
  principal: 'arn:aws:sts::123456789012:assumed-role/intake/one',
  action: 'ecr:DescribeImages',
  resource: 'arn:aws:ecr:eu-west-1:123456789012:repository/app',
  result: 'ok',
};
const refused: TrailEntry = { ...call, action: 'ecr:PutImage', result: 'AccessDeniedException' };

/** Ends a line for one reader or another, or moves the cursor: what a name may hold. */
const hostile = 'a\nb\r\u001b[2Jc\u2028d\u0085e\u202ef\u{e0041}g';

describe('a line for a person', () => {
  it('says when, what became of it, what on what, and who', () => {
    expect(callLine(call)).toBe(
      '2026-11-24T08:00:00.120Z  allowed  ecr:DescribeImages on arn:aws:ecr:eu-west-1:123456789012:repository/app by arn:aws:sts::123456789012:assumed-role/intake/one',
    );
  });

  it.each([
    ['AccessDeniedException', 'denied (AccessDeniedException)'],
    ['UnauthorizedOperation', 'denied (UnauthorizedOperation)'],
    ['UnrecognizedClientException', 'denied (UnrecognizedClientException)'],
    ['ExpiredToken', 'denied (ExpiredToken)'],
    ['RequestExpired', 'denied (RequestExpired)'],
    ['ThrottlingException', 'failed (ThrottlingException)'],
    ['RepositoryNotFoundException', 'failed (RepositoryNotFoundException)'],
  ])('tells %s as %s', (result, outcome) => {
    expect(callLine({ ...call, result })).toContain(`  ${outcome}  `);
  });

  it('stays one line, whatever a name holds', () => {
    const line = callLine({ ...call, principal: hostile, action: hostile, resource: hostile, result: hostile });
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(line).toContain('a\\u{a}b\\u{d}\\u{1b}[2Jc\\u{2028}d\\u{85}e\\u{202e}f\\u{e0041}g');
  });
});

describe('a line of JSON', () => {
  it('has the fields of the trail, and whether it was denied', () => {
    expect(JSON.parse(callJson(call))).toEqual({ ...call, at: '2026-11-24T08:00:00.120Z', denied: false });
    expect(JSON.parse(callJson(refused))).toMatchObject({ result: 'AccessDeniedException', denied: true });
  });

  it('stays one line for every reader, and holds the name as it is', () => {
    const line = callJson({ ...call, resource: hostile });
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(JSON.parse(line)).toMatchObject({ resource: hostile });
  });
});

describe('a log of an account', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'firebreak-log-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeEach(() => vi.restoreAllMocks());

  it('tells of what was called before, and of each call as it ends, in order, until it is stopped', () => {
    const { account } = fakeAccount();
    const told: string[] = [];
    account.trail.push({ ...call, action: 'a:First' });
    const stop = logCalls(account, ({ action }) => told.push(action));
    account.trail.push({ ...call, action: 'a:Second' }, { ...call, action: 'a:Third' });
    expect(told).toEqual(['a:First', 'a:Second', 'a:Third']);
    stop();
    account.trail.push({ ...call, action: 'a:Fourth' });
    expect(told).toHaveLength(3);
    expect(account.trail).toHaveLength(4);
  });

  it('leaves the trail an array like any other, which can be copied', () => {
    const { account } = fakeAccount();
    logCalls(account, () => undefined);
    account.trail.push(call);
    expect(structuredClone(account.trail)).toEqual([call]);
    expect(Object.keys(account.trail)).toEqual(['0']);
  });

  it('is added to a file', () => {
    const file = join(folder, 'calls.jsonl');
    writeFileSync(file, '{"kept":true}\n');
    const log = callLog(file);
    log(call);
    log(refused);
    expect(readFileSync(file, 'utf8')).toBe(`{"kept":true}\n${callJson(call)}\n${callJson(refused)}\n`);
  });

  it('is for a person, on standard error, where there is no file', () => {
    const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    callLog(true)(call);
    expect(err.mock.calls).toEqual([[`${callLine(call)}\n`]]);
    expect(out).not.toHaveBeenCalled();
  });

  it('refuses a file that cannot be opened, as what a person can mend', () => {
    expect(() => callLog(join(folder, 'none', 'calls.jsonl'))).toThrow(UsageError);
    expect(() => callLog(join(folder, 'none', 'calls.jsonl'))).toThrow(/calls\.jsonl cannot be opened for writing/);
  });

  it.skipIf(!existsSync('/dev/full'))('says once that its file takes no more, and lets the account go on', () => {
    const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const log = callLog('/dev/full');
    log(call);
    log(call);
    expect(err.mock.calls.map(([text]) => text)).toEqual([
      expect.stringMatching(/^firebreak: \/dev\/full cannot be written any more \(ENOSPC.*\n$/),
    ]);
  });
});
