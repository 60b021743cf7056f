import type { RemovedCheck } from '../removedCheck.ts';

const file = 'shared/respond/concern.ts';
const test = 'test/respond/concern.test.ts';

/** What keeps Firebreak from chasing its own tail, and from opening an incident for each push of a team. */
export const concernChecks: readonly RemovedCheck[] = [
  {
    file,
    text: '  if (partOf(intended, says) === says.value) {',
    replacement: "  if (says.value === '') {",
    test,
    name: 'is our own doing where it says what is intended',
    why: 'our own archiving starts a run of its own: it chases its tail',
  },
  {
    file,
    text: '  if (undoingBy !== undefined) return',
    replacement: "  if (undoingBy === '') return",
    test,
    name: 'is our own doing while it is being put back',
    why: 'the restore of our own undo is taken for somebody’s, and held against the person who asked for it',
  },
  {
    file,
    text: '  const before = Date.parse(observedAt) + secondMs <= Date.parse(startedAt);',
    replacement: '  const before = false;',
    test,
    name: 'is from before',
    why: 'a late event of an earlier undo is taken for a restore of what is contained now',
  },
  {
    file,
    text: 'Date.parse(observedAt) + secondMs <= Date.parse(startedAt)',
    replacement: 'Date.parse(observedAt) <= Date.parse(startedAt)',
    test,
    name: 'is from before',
    why: 'a push in the second in which the containment began is taken for one before it, because events give whole seconds',
  },
  {
    file,
    text: '  return nobody(standing[0]?.ours ?? nothingStands(records, resource.id));',
    replacement: "  return { kind: 'incidents', incidents: [incidentKey(finding)] };",
    test,
    name: 'concerns nobody where nothing of ours stands',
    why: 'each push of each team opens an incident and starts a run',
  },
  {
    file,
    text: '  const met = await meetingOf(table, key);',
    replacement: '  const met = undefined as TargetRecord | undefined;',
    test,
    name: 'is found by the target on which it was changed',
    why: 'a platform of an archived index is pushed out of the archive, and nobody hears of it',
  },
  {
    file,
    text: 'record.changes\n      .filter(({ intended }) => partOf(intended, says) !== undefined)\n',
    replacement: 'record.changes\n',
    test,
    name: 'where the change there is of other images',
    why: 'a push of an image that nothing was done to wakes the incident of its neighbour',
  },
  {
    file,
    text: 'Object.hasOwn(value, part)',
    replacement: 'part in value',
    test,
    name: 'that every object has',
    why: 'a part that is named as a member of every object is taken for one that was changed',
  },
  {
    file,
    text: 'record.owner?.incident ?? record.interested[0] ?? change.startedBy.incident',
    replacement: 'change.startedBy.incident',
    test,
    name: 'goes to the incident that owns what it is against',
    why: 'an incident that has left the target to another hears of the push, and the other does not',
  },
  {
    file: 'shared/respond/intake.ts',
    text: "    if (concern.kind === 'nobody') unconcerned.push(concern.reason);\n    else",
    replacement: "    if (concern.kind === 'nobody') continue;\n    else",
    test: 'test/respond/intake.test.ts',
    name: 'that concerns nobody is ignored with that reason',
    why: 'an event that concerns nobody is recorded without saying why',
  },
  {
    file: 'shared/plan/match.ts',
    text: 'if (whole === undefined && finding.says !== undefined) {',
    replacement: "if (whole === undefined && finding.type === '') {",
    test: 'test/plan/match.test.ts',
    name: 'is told whatever the rules say',
    why: 'a contained image is out of the archive and nobody hears of it, because no rule wants it contained any more',
  },
  {
    file: 'shared/report/todo.ts',
    text: 'return situation.decided && heldUntil === null ? changedBackLines(came) : heldLines(came);',
    replacement: 'return heldLines(came);',
    test: 'test/report/todo.test.ts',
    name: 'of what a person has changed back by hand',
    why: 'whoever is told of a restore does not hear how to have it contained again',
  },
];
