import type { RemovedCheck } from '../removedCheck.ts';

const check =
  (test: string) =>
  (file: string, text: string, replacement: string, name: string, why: string): RemovedCheck => ({
    ...{ file, text, replacement, test, name, why },
  });

const hold = check('test/respond/hold.test.ts');
const undo = check('test/respond/holdAndUndo.test.ts');
const contain = check('test/respond/contain.test.ts');
const active = check('test/respond/stillActive.test.ts');
const shown = check('test/cli/incidents.test.ts');

/** What keeps a person's hold held to, and lets nothing but a person's decision end it before its time. */
export const holdChecks: readonly RemovedCheck[] = [
  hold(
    'shared/respond/mayChange.ts',
    '  (await heldNow(effects, hand, lastTry)) ??\n',
    '',
    'that comes after the plan',
    'what was planned before somebody held the incident is done all the same',
  ),
  undo(
    'shared/respond/mayChange.ts',
    "if (stored.direction === 'undo') return undefined;",
    'if (stored.round < 0) return undefined;',
    'it goes on while the incident is held',
    'a hold keeps people from putting back what went wrong',
  ),
  hold(
    'shared/respond/mayChange.ts',
    "closed(effects, 'a hold', lastTry, () => readHead(effects.table, head.incident))",
    'head',
    'between two of its calls',
    'a step of many calls makes them all though somebody holds the incident',
  ),
  hold(
    'shared/respond/stops.ts',
    'if (held !== undefined) return held;',
    'if (held === null) return held;',
    'takes evidence all the same',
    'what is held owns its targets, and frees in the plan what it does not free',
  ),
  hold(
    'shared/respond/freed.ts',
    'return until === null || until <= now.toISOString();',
    'return until === null;',
    'is over at its end',
    'what a person held is never decided again',
  ),
  hold(
    'shared/respond/freed.ts',
    'until === null || until <= now',
    'until === null || until.slice(0, 10) <= now',
    'is over at its end',
    'a hold is over before its end',
  ),
  undo(
    'shared/respond/sweep.ts',
    '[heldUntil, hold?.until].some',
    '[heldUntil].some',
    'keeps for as long as it lasts what was undone',
    'an incident that a person holds is closed, and its hold is forgotten',
  ),
  hold(
    'shared/incident/ends.ts',
    'lastFindingAt, heldAt: heldAt(head) };\n  const earlier',
    'lastFindingAt };\n  const earlier',
    'came while it was being closed',
    'a hold is lost over the end of its incident',
  ),
  hold(
    'shared/incident/ends.ts',
    '{ ...expect, ...stands, heldAt: heldAt(head) }',
    '{ ...expect, ...stands }',
    'where an undo ends at the same time',
    'a hold is lost over the end of an undo',
  ),
  hold(
    'shared/incident/holds.ts',
    "state === 'running' && direction === 'do' ? { seq: 1 } : {}",
    '{}',
    'that comes after the plan',
    'what a hold stopped in the middle is told as failed, and not as held',
  ),
  hold(
    'shared/respond/report.ts',
    'news && !held &&',
    'news &&',
    'in the middle is told at the end alone',
    'whoever holds an incident in the middle wakes everybody twice',
  ),
  undo(
    'shared/incident/holds.ts',
    "if (held === undefined || (heldUntil ?? '') >= held.until) return undefined;",
    'if (held === undefined) return undefined;',
    'ends before the time after the undo',
    'people are woken by the end of a hold that changes nothing',
  ),
  undo(
    'shared/incident/holds.ts',
    "outcome === 'undone' ? undefined : stopOfHold(head, now)",
    'stopOfHold(head, now)',
    'at whose end nothing was found since',
    'a false alarm is contained again because a hold ends',
  ),
  hold(
    'shared/incident/decisions.ts',
    "decision.kind === 'approve' || decision.kind === 'reject'",
    "decision.kind !== 'undo'",
    'is no answer to anything',
    'a hold is taken for an answer to what an incident asks',
  ),
  hold(
    'shared/respond/hold.ts',
    'if (forMs > mostHoldDays * dayMs) return',
    'if (forMs < 0) return',
    'for longer than it may be',
    'an incident is held for ever, and forgotten',
  ),
  hold(
    'shared/respond/hold.ts',
    "if (head.state !== 'closed') return undefined;",
    "if (head.run !== '') return undefined;",
    'where there is nothing to hold',
    'somebody believes that a closed incident is held, and the next finding contains',
  ),
  hold(
    'shared/respond/hold.ts',
    'if (isSame(earlier, request, now)) return earlier;',
    'if (earlier.by === by && until === undefined) return earlier;',
    'made good by its repeat',
    'a command that is given again has decided twice',
  ),
  contain(
    'shared/incident/decisions.ts',
    'last === undefined ? 0 :',
    'last !== null ? 0 :',
    'a clock a little ahead',
    'who contains is told that it is done, and the hold that was just before it stands',
  ),
  contain(
    'shared/respond/contain.ts',
    'if (isUndoing(head))\n',
    "if (head.run === '')\n",
    'is refused where there is nothing',
    'what is being undone is let go again before it is back',
  ),
  contain(
    'shared/respond/contain.ts',
    '(record) => undoHeldTo(record, now)?.incident === incident,',
    '(record) => undoHeldTo(record, now) !== undefined,',
    'for the undo of another',
    'containing one incident ends what a person decided about another',
  ),
  contain(
    'shared/respond/contain.ts',
    'undone?.incident !== incident || undone.at > at',
    'undone?.incident !== incident',
    'another undo has put back meanwhile',
    'what was put back after somebody had decided to contain is contained',
  ),
  contain(
    'shared/respond/contain.ts',
    '  if (isNothing(ended) && !(before !== undefined && isCutOff(head, before))) {',
    '  if (isNothing(ended)) {',
    'where nothing but targets was held',
    'a decision to contain that was cut off is never carried out',
  ),
  contain(
    'shared/respond/contain.ts',
    "runAt < at && (restedAt ?? '') < at",
    "runAt < at && restedAt !== ''",
    'while the run that it held is under way',
    'the same command opens a second run',
  ),
  contain(
    'shared/incident/holds.ts',
    'hold !== null && hold.at <= frees.at ?',
    'hold !== null ?',
    'with a hold at the same time',
    'who decides first ends what is decided later',
  ),
  contain(
    'shared/incident/raise.ts',
    'news.frees === undefined ? {} : heldAs(head)',
    '{}',
    'with a hold at the same time',
    'a hold that comes in the same moment is lost, though its command said that it holds',
  ),
  contain(
    'shared/incident/holds.ts',
    'heldUntil === frees.heldUntil ? { heldUntil: null } : {}',
    '{ heldUntil: null }',
    'an undo since then is held to',
    'what was undone after somebody had decided to contain is contained',
  ),
  active(
    'shared/respond/stillActive.ts',
    'containedAt !== null && lastFindingAt > containedAt',
    'containedAt !== null && lastFindingAt >= containedAt',
    'after the containment, and not before it',
    'every undo warns of activity, and nobody reads it any more',
  ),
  active(
    'shared/respond/stillActive.ts',
    "finding.status === 'open'",
    "finding.status !== 'suppressed'",
    'nothing of what was closed',
    'a finding that is closed counts as active',
  ),
  {
    file: 'shared/report/todo.ts',
    text: '...stopLines(situation.stops, stage), show] };\n    }\n    case',
    replacement: 'show] };\n    }\n    case',
    test: 'test/report/stops.test.ts',
    name: 'beside what failed',
    why: 'whoever is woken for what is held in the middle is not told how to end that',
  },
  {
    file: 'shared/report/compose.ts',
    text: 'heldUntil === null || lasts(input.heldUntil) ? {}',
    replacement: 'heldUntil === null || lasts(heldUntil) ? {}',
    test: 'test/report/situation.test.ts',
    name: 'of an undo of another incident',
    why: 'people are told to contain an incident of which nothing is held',
  },
  shown(
    'cli/incidents/page.ts',
    '`held by ${safe(by, 100)} until ${at(until)}, decided ${at(since)}: ${safe(reason)}`',
    '`held by ${by} until ${at(until)}, decided ${at(since)}: ${reason}`',
    'written by nobody who holds it',
    'who holds an incident writes lines of ours',
  ),
  {
    file: 'cli/confirm.ts',
    text: 'return yes === true || json === true || !terminal || confirmed(',
    replacement: 'return !terminal || yes === true || json === true || true || confirmed(',
    test: 'test/cli/confirm.test.ts',
    name: 'unless somebody who sits there says no',
    why: 'whoever says no to a warning is not heard',
  },
];
