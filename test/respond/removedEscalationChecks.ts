import { provenBy, type RemovedCheck, type RemovedEntry } from '../removedCheck.ts';

const goOn = 'test/respond/escalate.test.ts';
const acknowledge = 'test/respond/acknowledge.test.ts';
const whoHasIt = 'test/respond/whoHasIt.test.ts';
const of =
  (test: string) =>
  (entry: RemovedEntry): RemovedCheck =>
    provenBy(test, 'shared/')(...entry);

const onTime: readonly RemovedEntry[] = [
  [
    'respond/escalate.ts',
    'if (head?.page == null || !isOverdue(head.page, now)) return { head };',
    'if (head?.page == null || head.page.next === null) return { head };',
    'goes on when its time is over',
    'the second is called before the first could answer',
  ],
  [
    'respond/escalate.ts',
    '    if (sent === undefined) return { head };\n',
    "    if (sent === undefined) return { head: await writeGoneOn(table, head, page, { ...head.outbox[0], id: 'x', at: now.toISOString() } as Message) };\n",
    'not repeated before it is out',
    'a page that never went out is said to be unanswered',
  ],
  [
    'respond/send.ts',
    ' || isJustWritten(message, mine, effects.clock.now())',
    '',
    'sent once by all who come upon it',
    'each of many runs sends the same page, until nobody reads any',
  ],
  [
    'respond/send.ts',
    ' && now.getTime() - Date.parse(at) < justMs',
    '',
    'sent by a later sweep',
    'what was written and not sent is sent by nobody',
  ],
  [
    'respond/waitsUntil.ts',
    'page?.run === run ? page.next : null',
    'page?.next ?? null',
    'by none that has nothing to tell',
    'every run of an incident waits for the same moment',
  ],
  [
    'respond/sweep.ts',
    ' && (page?.next ?? null) === null',
    '',
    'keeps its incident open',
    'nobody is called any more because it was quiet for an hour',
  ],
  [
    'respond/sweep.ts',
    'return until !== null && until > effects.clock.now().toISOString() ? until : null;',
    'return until;',
    'not repeated before it is out',
    'a run waits for what is over, again and again, as fast as it can',
  ],
  [
    'incident/openPage.ts',
    'const isLast = escalates === null || level + 1 >= escalates.times;',
    'const isLast = escalates === null;',
    'as often as it may',
    'people are woken without an end',
  ],
];

const bySomebody: readonly RemovedEntry[] = [
  [
    'respond/escalate.ts',
    '    if (await finishAcknowledged({ table, stage }, head, page)) return { head: await readHead(table, incident) };\n',
    '',
    'recorded and went no further',
    'somebody else is woken though a person has it in hand',
  ],
  [
    'incident/openPage.ts',
    "${level} ${next ?? 'rests'}",
    '${level}${next?.slice(99) ?? ""}',
    'just before the page goes on',
    'the second is woken although the first has just said that they have it',
  ],
  [
    'incident/openPage.ts',
    '  next: null,\n  acknowledged: { by, at },',
    '  acknowledged: { by, at },',
    'is what an undo is, too',
    'it goes on although somebody has it',
  ],
  [
    'incident/ends.ts',
    '...(ending.page === undefined ? {} : pageSet(ending.page)),',
    '...pageSet(ending.page === undefined ? head.page : ending.page),',
    'while a report is written',
    'that somebody has it is lost because a run ends at that moment',
  ],
  [
    'respond/acknowledge.ts',
    '  while (page != null && page.id === first.id && page.at === first.at) {',
    '  for (const _once of [0]) {\n    if (page == null) return false;',
    'meets the page going on',
    'an acknowledgement is lost because the page has just gone on',
  ],
  [
    'respond/acknowledge.ts',
    ' || head.page.at > who.at',
    '',
    'is of one page',
    'an answer that is given again silences the next page',
  ],
  [
    'respond/acknowledge.ts',
    'page.acknowledged ?? (await whoHasThatOf(table, page))',
    'await whoHasThatOf(table, page)',
    'by a decision is who has it',
    'two people are told that they have it',
  ],
  [
    'respond/answer.ts',
    '  await acknowledgedBy(effects, incident, recorded);\n',
    '',
    'and an answer',
    'the second is woken while the first has decided',
  ],
  [
    'respond/hold.ts',
    "  if (answer.kind === 'held') await acknowledgedBy(effects, incident, decided);\n",
    '',
    'is what a hold is',
    'the second is woken while the first holds it',
  ],
  [
    'respond/contain.ts',
    '  await acknowledgedBy(effects, incident, { by, reason, at });\n',
    '',
    'and containing it again',
    'the second is woken while the first has it contained',
  ],
  [
    'respond/undo.ts',
    '  await acknowledgedBy(effects, incident, { by, reason, at: at.toISOString() });\n',
    '',
    'is what an undo is, too',
    'the second is woken while the first puts it back',
  ],
];

const inHands: readonly RemovedEntry[] = [
  [
    'incident/openPage.ts',
    'const unanswered = before?.acknowledged === undefined ? before : null;',
    'const unanswered: OpenPage | null = null as OpenPage | null;',
    'goes where that one had come to',
    'whoever keeps it changing keeps the next person from being called',
  ],
  [
    'respond/whoHasIt.ts',
    "if (outcome === 'not-contained' || breached !== null) return undefined;",
    '',
    'is for whoever can be had',
    'what did not come out as decided is left to whoever has gone to sleep again',
  ],
  [
    'respond/whoHasIt.ts',
    "approved?.findLast(({ how }) => how === 'person')",
    'approved?.at(-1)',
    'nobody answered',
    'what was done without an answer is said to be in somebody’s hands',
  ],
  [
    'respond/whoHasIt.ts',
    '<= sameMomentMs',
    '<= Number.MAX_VALUE',
    'long after',
    'another state is said to be in the hands of whoever had the one before',
  ],
  [
    'respond/whoHasIt.ts',
    "const isOver = message === undefined ? outcome === 'ignored' : !upAgain;",
    'const isOver = false;',
    'a notice ends it',
    'the second is called about what is over',
  ],
  [
    'respond/whoHasIt.ts',
    "const isOver = message === undefined ? outcome === 'ignored' : !upAgain;",
    'const isOver = true;',
    'nothing new leaves it',
    'a second finding keeps the page from going on',
  ],
  [
    'respond/whoHasIt.ts',
    ' || asks !== undefined',
    '',
    'does not wait where it asks',
    'a question is told when its time is over',
  ],
  [
    'respond/whoHasIt.ts',
    ' || head.page !== null || decidedBy',
    ' || decidedBy',
    'does not wait where it ends a page',
    'those who were woken hear in the morning that it was over at night',
  ],
  [
    'respond/whoHasIt.ts',
    "head.outbox.filter((one) => one.outcome === 'acknowledged')",
    '[] as Message[]',
    'somebody had the one before it',
    'who had the page before is taken for who has this one',
  ],
];

/** A page goes on until somebody has it, and then to nobody. */
export const escalationChecks: readonly RemovedCheck[] = [
  ...onTime.map(of(goOn)),
  ...bySomebody.map(of(acknowledge)),
  ...inHands.map(of(whoHasIt)),
];
