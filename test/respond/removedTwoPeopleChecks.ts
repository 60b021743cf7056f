import { provenBy, type RemovedCheck } from '../removedCheck.ts';

const check = provenBy('test/respond/twoPeople.test.ts', 'shared/');

/** What keeps one person from approving alone what two must. */
export const twoPeopleChecks: readonly RemovedCheck[] = [
  check(
    'respond/answer.ts',
    'asked?.twoPeople === true;',
    'asked?.twoPeople === undefined;',
    'when the second says so',
    'one person approves what two must',
  ),
  check(
    'respond/ofTwo.ts',
    'one.caller === other.caller ||',
    '',
    'by one person twice',
    'one person approves under two names',
  ),
  check(
    'respond/ofTwo.ts',
    '|| one.by.toLowerCase() === other.by.toLowerCase()',
    '',
    'by one person twice',
    'one person approves with two sessions',
  ),
  check(
    'respond/ofTwo.ts',
    'if (answer.caller === undefined)',
    "if (answer.by === '')",
    'known to nobody',
    'a link, or a typed name, is a second person',
  ),
  check(
    'respond/ofTwo.ts',
    'if (mine || first.only !== answer.only)',
    'if (mine)',
    'as far as both say',
    'all of it is done, of which one has approved the least',
  ),
  check(
    'incident/decisions.ts',
    'decision.first !== true && ',
    '',
    'when the second says so',
    'the first approval counts as the answer with the next finding',
  ),
  check(
    'plan/approval.ts',
    "{ ...strictest(reason.terms), onTimeout: 'hold' }",
    'strictest(reason.terms)',
    'when the time is over',
    'what two people must approve is done because nobody answers',
  ),
  check(
    'plan/asks.ts',
    'steps, ...Object.keys(two)]',
    'steps]',
    'another question',
    'an answer of one person to the question before is taken for two',
  ),
  check(
    'plan/approval.ts',
    "twoPeople.includes('always') ||",
    'twoPeople.length > 0 ||',
    'for what is protected alone',
    'what one person may approve waits for two',
  ),
];
