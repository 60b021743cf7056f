import type { RemovedCheck } from '../removedCheck.ts';

/** What keeps a difference from AWS from going unseen, and moto from staying behind. */
export const conformanceChecks: readonly RemovedCheck[] = [
  {
    file: 'conformance/report.ts',
    text: 'report.unexplained.length + report.stale.length + failures(report).length',
    replacement: 'report.stale.length + failures(report).length',
    test: 'test/conformance/report.test.ts',
    why: 'a difference without an entry does not fail',
  },
  {
    file: 'conformance/known.ts',
    text: 'same(one.ours, ours) &&',
    replacement: '',
    test: 'test/conformance/known.test.ts',
    why: 'an entry explains another answer than the one that it was written for',
  },
  {
    file: 'conformance/known.ts',
    text: 'wasAsked(one) && !used.has(one)',
    replacement: 'wasAsked(one) && used.size > 99',
    test: 'test/conformance/known.test.ts',
    why: 'an entry outlives its difference',
  },
  {
    file: 'conformance/moto.ts',
    text: 'for (const signal of SIGNALS) process.once(signal, interrupted);',
    replacement: '',
    test: 'test/conformance/moto.test.ts',
    why: 'moto stays when the command is interrupted',
  },
  {
    file: 'conformance/normalise.ts',
    text: 'labels.get(id) ??',
    replacement: '',
    test: 'test/conformance/normalise.test.ts',
    why: 'an id is as good as any other',
  },
];
