import type { RemovedCheck } from '../removedCheck.ts';

/** Each of the ways in which an edit may do harm is seen. */
export const dangerChecks: readonly RemovedCheck[] = [
  [
    '[...ofPattern(was, rule), ...ofLimits(was, rule), ...ofApproval(was, rule)]',
    '[...ofLimits(was, rule), ...ofApproval(was, rule)]',
    'a rule that takes much more is live unseen',
  ],
  [
    '[...ofPattern(was, rule), ...ofLimits(was, rule), ...ofApproval(was, rule)]',
    'ofPattern(was, rule)',
    'an approval is taken out unseen',
  ],
  ['return [...acts, ...ofPage(was, rule)];', 'return acts;', 'the worst findings wake nobody any more, unseen'],
  ['...ofLimits(was, rule), ', '', 'a limit is taken out unseen'],
  ['  ...ofSettings(before, after),\n', '', 'what was protected is protected no more, unseen'],
  [
    '  ...after.exemptions.flatMap((exemption) => ofExemption(before, exemption)),\n',
    '',
    'an exemption takes out everything, unseen',
  ],
].map(([text = '', replacement = '', why = '']) => ({
  file: 'shared/plan/dangers.ts',
  text,
  replacement,
  test: 'test/plan/dangers.test.ts',
  why,
}));
