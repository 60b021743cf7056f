import type { RemovedCheck } from '../removedCheck.ts';

const check = (file: string, text: string, replacement: string, name: string, why: string): RemovedCheck => ({
  file: `shared/${file}`,
  text,
  replacement,
  test: 'test/respond/goOn.test.ts',
  name,
  why,
});

/** A page goes on until somebody has it, and then to nobody. */
export const escalationChecks: readonly RemovedCheck[] = [
  check(
    'respond/goOn.ts',
    'if (head?.page == null || !isOverdue(head.page, now)) return { head };',
    'if (head?.page == null || head.page.next === null) return { head };',
    'goes on when its time is over',
    'the second is called before the first could answer',
  ),
  check(
    'respond/goOn.ts',
    '    if (await finishAcknowledged({ table, stage }, head, page)) return { head: await readHead(table, incident) };\n',
    '',
    'recorded and went no further',
    'somebody else is woken though a person has it in hand',
  ),
  check(
    'respond/goOn.ts',
    '    if (sent === undefined) return { head };\n',
    "    if (sent === undefined) return { head: await writeGoneOn(table, head, page, { ...head.outbox[0], id: 'x', at: now.toISOString() } as Message) };\n",
    'not repeated before it is out',
    'a page that never went out is said to be unanswered',
  ),
  check(
    'incident/openPage.ts',
    'const isLast = escalates === null || level + 1 >= escalates.times;',
    'const isLast = escalates === null;',
    'as often as it may',
    'people are woken without an end',
  ),
  check(
    'incident/openPage.ts',
    "${level} ${next ?? 'rests'}",
    '${level}${next?.slice(99) ?? ""}',
    'just before the page goes on',
    'the second is woken although the first has just said that they have it',
  ),
  check(
    'incident/openPage.ts',
    'next: null, acknowledged: { by, at }',
    'acknowledged: { by, at }',
    'is what an undo is, too',
    'it goes on although somebody has it',
  ),
  check(
    'respond/acknowledge.ts',
    '  while (page != null && page.id === first.id) {',
    '  for (const _once of [0]) {\n    if (page == null) return false;',
    'meets the page going on',
    'an acknowledgement is lost because the page has just gone on',
  ),
  check(
    'respond/answer.ts',
    '  await acknowledgedBy(effects, incident, recorded);\n',
    '',
    'and an answer',
    'the second is woken while the first has decided',
  ),
  check(
    'respond/hold.ts',
    "  if (answer.kind === 'held') await acknowledgedBy(effects, incident, decided);\n",
    '',
    'is what a hold is',
    'the second is woken while the first holds it',
  ),
  check(
    'respond/contain.ts',
    '  await acknowledgedBy(effects, incident, { by, at });\n',
    '',
    'and containing it again',
    'the second is woken while the first has it contained',
  ),
  check(
    'respond/undo.ts',
    '  await acknowledgedBy(effects, incident, { by, at: at.toISOString() });\n',
    '',
    'is what an undo is, too',
    'the second is woken while the first puts it back',
  ),
  check(
    'respond/report.ts',
    'return message === undefined || upAgain ? page : null;',
    'return page;',
    'when what comes next wakes nobody',
    'the second is called about what is over',
  ),
  check(
    'respond/report.ts',
    'return message === undefined || upAgain ? page : null;',
    'return upAgain ? page : null;',
    'not while nothing new is told',
    'a second finding keeps the page from going on',
  ),
  check(
    'respond/sweep.ts',
    '  const until = head?.run === run ? waitsUntil(head) : null;',
    '  const until = head === undefined ? null : waitsUntil(head);',
    'no other run',
    'every run of an incident that is over waits for the same',
  ),
  check(
    'respond/sweep.ts',
    'return until !== null && until > effects.clock.now().toISOString() ? until : null;',
    'return until;',
    'not repeated before it is out',
    'a run waits for what is over, again and again, as fast as it can',
  ),
];
