import type { RemovedCheck } from '../removedCheck.ts';

/** What keeps a page true that says how to undo. */
export const howToUndoChecks: readonly RemovedCheck[] = [
  {
    file: 'shared/report/todo.ts',
    text: 'const needed = came.plan.neededBy ?? [];',
    replacement: 'const needed: readonly string[] = [];',
    test: 'test/report/composeUndo.test.ts',
    name: 'of what another incident needs',
    why: 'a page says that an undo is held, and not which one to ask for first',
  },
  {
    file: 'shared/report/todo.ts',
    text: "outcome === 'undone' || putsBack(came)",
    replacement: 'true',
    test: 'test/report/composeUndo.test.ts',
    name: 'of what another incident needs',
    why: 'what was not put back is said to be left alone by others',
  },
  {
    file: 'shared/report/howToUndo.ts',
    text: 'own.some((step) => isSame(one, step))',
    replacement: '(touched.length >= 0)',
    test: 'test/report/standing.test.ts',
    name: 'is promised though what was done beside it cannot be undone',
    why: 'a page says of a rollback that can be undone that it cannot',
  },
  {
    file: 'shared/report/howToUndo.ts',
    text: '.filter(isBeside)',
    replacement: '.slice(touched.length)',
    test: 'test/report/standing.test.ts',
    name: 'which is said of that alone',
    why: 'an undo is promised, and nobody says that the task which was stopped last is gone',
  },
  {
    file: 'shared/report/howToUndo.ts',
    text: "...(can ? [commandFor('undo', incident, stage)] : [])",
    replacement: "commandFor('undo', incident, stage)",
    test: 'test/report/compose.test.ts',
    name: 'offers no command that would not work',
    why: 'an undo is offered that there is not',
  },
];
