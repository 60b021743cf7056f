import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Compared, Difference } from '../../conformance/compare.ts';
import { judge, readKnown } from '../../conformance/known.ts';
import { alone, exitCode, json, type Report, text } from '../../conformance/report.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const difference: Difference = { service: 'sqs', operation: 'SendMessage', step: 'sends', at: 'Id', ours: 1, moto: 2 };
const step = (operation: string, equal: boolean) => ({ operation, step: 'sends', equal });
const compared: Compared = {
  service: 'sqs',
  steps: [step('SendMessage', false), step('SendMessage', true), step('PurgeQueue', true)],
  differences: [difference],
  lacking: [{ side: 'moto', operation: 'GetQueueUrl', says: 'not implemented' }],
};
const known = (at: string) =>
  readKnown(
    JSON.stringify([
      {
        service: 'sqs',
        operation: 'SendMessage',
        at,
        ours: 1,
        moto: 2,
        verdict: 'moto',
        because: 'So it is.',
        source: 'SDK: X',
      },
    ]),
  );
const report = (at: string): Report => ({ compared: [compared], answers: [], ...judge([compared], known(at)) });

describe('the report', () => {
  it('counts operations that were compared, equal and different, and gives the reason', () => {
    const all = report('Id');
    expect(exitCode(all)).toBe(0);
    expect(text(all)).toMatch(/^sqs +2 +1 +1 +3 +2$/m);
    expect(text(all)).toContain("AWS's documentation supports moto");
    expect(text(all)).toContain('sqs SendMessage, sends: Id\n    ours 1, moto 2\n    So it is. [SDK: X]');
    expect(text(all)).toContain('because moto has it not: sqs GetQueueUrl');
    expect(JSON.parse(json(all))).toMatchObject({
      moto: true,
      figures: [{ service: 'sqs', compared: 2, equal: 1, different: 1 }, { service: 'all' }],
      explained: [{ at: 'Id', known: { verdict: 'moto' } }],
      unexplained: [],
      stale: [],
    });
  });

  it('fails for a difference without an entry, and for an entry without its difference', () => {
    const all = report('Other');
    expect([exitCode({ ...all, stale: [] }), exitCode({ ...all, unexplained: [] })]).toEqual([1, 1]);
    expect(text(all)).toContain('NO ENTRY sqs SendMessage, sends: Id: ours 1, moto 2');
    expect(text(all)).toMatch(/^STALE +sqs SendMessage, any step, Other/m);
  });

  it('fails when the sandbox itself fails, with or without moto', () => {
    const value = { $error: 'InternalFailure', $status: 500 };
    const failed = alone([
      { service: 'sqs', answers: [{ step: 'sends', operation: 'SendMessage', kind: 'refused', value }] },
    ]);
    expect(exitCode(failed)).toBe(1);
    expect(text(failed)).toContain('FAILED   the sandbox itself: sqs SendMessage, sends');
  });

  it('says that there is no moto_server, having asked the sandbox, and that is no failure', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'conformance', 'main.ts'), 'sts'], {
      encoding: 'utf8',
      env: { PATH: '/nowhere' },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('There is no moto_server on PATH: nothing was compared.');
    expect(stdout).toMatch(/The sandbox was asked \d\d times, of sts\./);
  });

  it('does not know a service that has no script', () => {
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'conformance', 'main.ts'), 'glacier'], {
      encoding: 'utf8',
    });
    expect(status).toBe(2);
    expect(stderr).toContain('there is no script for glacier');
  });
});
