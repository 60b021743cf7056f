import type { RemovedCheck } from '../removedCheck.ts';

const check = (file: string, text: string, replacement: string, name: string, why: string): RemovedCheck => ({
  file: `shared/${file}`,
  text,
  replacement,
  test: 'test/respond/answer.test.ts',
  name,
  why,
});

/** What keeps an answer to what was asked, and lets it be heard. */
export const answerChecks: readonly RemovedCheck[] = [
  check(
    'respond/answer.ts',
    'if (before === undefined && asked?.of !== plan) {',
    'if (asked === undefined) {',
    'to what is asked now',
    'what was approved is whatever is asked by then',
  ),
  check(
    'respond/answer.ts',
    'if (recorded.kind !== kind || recorded.only !== only) return',
    "if (recorded.kind === 'reject' && recorded.only !== only) return",
    'is given once',
    'whoever is told that it is rejected has been overruled before',
  ),
  check(
    'incident/decisions.ts',
    'const since = later(openedAt, decisions.findLast(letsGo)?.at ?? openedAt);',
    'const since = openedAt;',
    'from before an undo',
    'what was approved before it was undone is done again without asking',
  ),
  check(
    'incident/decisions.ts',
    'decisions.filter(isAnswer).filter(({ at }) => at >= since)',
    'decisions.filter(isAnswer)',
    'asked again from the beginning',
    'an answer to an incident that is closed decides the next one',
  ),
  check(
    'incident/ends.ts',
    '    stops: null,\n    ...pageSet(null),',
    '    ...pageSet(null),',
    'keep the incident open for ever',
    'an incident that is closed can still be answered',
  ),
  check(
    'respond/freed.ts',
    'return !inTime || (await answerTo(table, incident, of)) !== undefined;',
    'return !inTime;',
    'is found by the sweep',
    'an answer whose command died is never heard of',
  ),
  check(
    'respond/freed.ts',
    'late === true || until === null',
    'until === null',
    'waited for by nobody once it is over',
    'what nobody answered is decided again every five minutes',
  ),
  check(
    'respond/sweep.ts',
    '(stops ?? []).every(({ late }) => late === true)',
    'stops === null',
    'keep the incident open for ever',
    'an incident that nobody answers is never closed',
  ),
  {
    file: 'shared/report/tier.ts',
    text: 'if (upAgain || rejected || nothingNew)',
    replacement: 'if (upAgain || nothingNew)',
    test: 'test/report/tier.test.ts',
    name: 'said no to',
    why: 'whoever has just said no is woken to be told so',
  },
  {
    file: 'shared/report/asks.ts',
    text: 'firstOf(asks.least, most, longest)',
    replacement: 'asks.least',
    test: 'test/report/asks.test.ts',
    name: 'as text',
    why: 'what an attacker named writes a line of ours, with a command of theirs',
  },
  {
    file: 'shared/report/asks.ts',
    text: 'by ${plain(by, 200)}, ${plain(at, 40)}: ${plain(reason, longest)}`\n    : ',
    replacement: 'by ${by}, ${at}: ${reason}`\n    : ',
    test: 'test/report/asks.test.ts',
    name: 'who gave it',
    why: 'who approves writes lines of ours',
  },
];
