import { describe, expect, it } from 'vitest';
import type { Grant } from '../../../sandbox/iam/grants.ts';
import type { CallLog, Use } from '../../../tools/leastPrivilege/callLog.ts';
import type { Exception } from '../../../tools/leastPrivilege/exceptions.ts';
import { keyOf } from '../../../tools/leastPrivilege/granted.ts';
import { linesOf } from '../../../tools/leastPrivilege/print.ts';
import { isClean, reportOn } from '../../../tools/leastPrivilege/report.ts';

const task = 'arn:aws:ecs:REGION:ACCOUNT:task/prod/1';
const grant = (action: string, resource: string | null = 'arn:aws:ecs:REGION:ACCOUNT:task/*'): Grant => ({
  policy: 'role Responder, policy actions',
  statement: 'Tasks',
  principal: null,
  action,
  resource,
});
const stop = grant('ecs:StopTask');
const use = (more: Partial<Use> = {}): Use => ({ calls: 1, alone: 1, resources: new Set([task]), ...more });
const log = (uses: readonly (readonly [Grant, Use])[], denials: CallLog['denials'] = []): CallLog => ({
  uses: new Map(uses.map(([of, used]) => [keyOf(of), used])),
  denials,
});
const denial = {
  caller: 'Responder',
  action: 'ecs:RunTask',
  resource: task,
  why: 'because no session policy allows it',
};

const found = (grants: readonly Grant[], calls: CallLog, exceptions: readonly Exception[] = []) => {
  const { findings } = reportOn(grants, calls, exceptions);
  return findings.map(({ kind, action }) => `${kind} ${action}`);
};

describe('the report', () => {
  it('is empty where everything granted was used, alone, and nothing was denied', () => {
    const report = reportOn([stop], log([[stop, use()]]), []);
    expect(report).toMatchObject({ findings: [], excepted: [], idle: [] });
    expect(report.policies).toEqual([{ policy: stop.policy, statements: 1, grants: 1, used: 1 }]);
    expect(isClean(report)).toBe(true);
  });

  it.each([
    ['a grant that no call needed', [stop, grant('ecs:RunTask')], log([[stop, use()]]), 'unused ecs:RunTask'],
    [
      'the same action on another resource',
      [stop, grant('ecs:StopTask', 'arn:aws:ecs:REGION:ACCOUNT:x/*')],
      log([[stop, use()]]),
      'unused ecs:StopTask',
    ],
    [
      'a grant whose calls another allowed, too',
      [stop],
      log([[stop, use({ calls: 3, alone: 0 })]]),
      'redundant ecs:StopTask',
    ],
    [
      'a pattern that is wider than its use',
      [grant('ecs:StopTask', '*')],
      log([[grant('ecs:StopTask', '*'), use()]]),
      'wide ecs:StopTask',
    ],
    ['a call that was denied', [stop], log([[stop, use()]], [denial, denial]), 'denied ecs:RunTask'],
  ] as const)('names %s', (_what, grants, calls, finding) => {
    expect(found(grants, calls)).toEqual([finding]);
    expect(isClean(reportOn(grants, calls, []))).toBe(false);
  });

  it('counts a denial once, with how often', () => {
    expect(reportOn([], log([], [denial, denial]), []).findings[0]?.text).toContain('2 times');
  });

  it('says nothing of the resource of a trust policy, which has none', () => {
    const trust = grant('sts:AssumeRole', null);
    expect(found([trust], log([[trust, use()]]))).toEqual([]);
  });
});

describe('an exception', () => {
  const why = 'it is right';
  const unused = log([]);

  it.each<[string, Exception]>([
    ['all of its kind', { kind: 'unused', why }],
    ['its statement', { kind: 'unused', statement: 'Tasks', why }],
    ['its policy and action', { kind: 'unused', policy: stop.policy, action: 'ecs:StopTask', why }],
  ])('takes out what it names: %s', (_what, exception) => {
    const report = reportOn([stop], unused, [exception]);
    expect(report).toMatchObject({ findings: [], excepted: [{ action: 'ecs:StopTask' }], idle: [] });
    expect(isClean(report)).toBe(true);
  });

  it.each<[string, Exception]>([
    ['another kind', { kind: 'wide', why }],
    ['another statement', { kind: 'unused', statement: 'Task', why }],
    ['another action', { kind: 'unused', statement: 'Tasks', action: 'ecs:RunTask', why }],
  ])('takes out nothing else, and fails once nothing needs it: %s', (_what, exception) => {
    const report = reportOn([stop], unused, [exception]);
    expect(report).toMatchObject({ findings: [{ kind: 'unused' }], idle: [exception] });
    const mended = reportOn([stop], log([[stop, use()]]), [exception]);
    expect(mended.findings).toEqual([]);
    expect(isClean(mended)).toBe(false);
  });
});

describe('what is printed', () => {
  it('counts for each policy, and lists what is to be mended by what is wrong with it', () => {
    const report = reportOn([stop, grant('ecs:RunTask')], log([[stop, use()]], [denial]), [
      { kind: 'wide', why: 'once' },
    ]);
    const lines = linesOf({ report, failed: ['demo unused-image: no message'] });
    expect(lines).toEqual([
      'role Responder, policy actions  1 statement, 2 grants, 1 used',
      'granted and never used:',
      '  role Responder, policy actions: Tasks: ecs:RunTask on arn:aws:ecs:REGION:ACCOUNT:task/*',
      'used but denied:',
      `  Responder: ecs:RunTask on ${task}, once, because no session policy allows it`,
      'no longer needed: the exception {"kind":"wide"}, once',
      'not as it should: demo unused-image: no message',
      '4 things to mend.',
    ]);
  });

  it('says so when there is nothing', () => {
    const lines = linesOf({ report: reportOn([stop], log([[stop, use()]]), []), failed: [] });
    expect(lines.at(-1)).toBe('Every grant was used and nothing was denied; 0 findings excepted, with a reason.');
  });
});
