import { expect, it } from 'vitest';
import type { Vulnerability } from '../../shared/finding/finding.ts';
import { findingLine } from '../../shared/report/body.ts';
import { finding } from '../plan/fakes.ts';

const known = { id: 'CVE-2026-1', score: 9.8, epss: 0.9, exploitAvailable: true, fixAvailable: 'yes' } as const;
const line = (vulnerability: Vulnerability): string =>
  findingLine({ finding: finding({ vulnerability }), rule: 'a', reason: '', decision: 'rule' });

it('the line of a vulnerability says when it was seen exploited, and else whether an exploit is known', () => {
  expect(line({ ...known, exploited: { at: '2026-11-18T06:00:00.000Z' } })).toContain(
    ', seen exploited on 2026-11-18; ',
  );
  expect(line({ ...known, exploited: { at: '2026-11-18T06:00:00.000Z' } })).not.toContain('is known');
  expect(line(known)).toContain(', an exploit is known; ');
  expect(line({ ...known, exploitAvailable: false })).not.toContain('exploit');
});
