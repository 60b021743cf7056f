import type { RemovedCheck } from '../removedCheck.ts';

/** What a message says is still open. */
export const openChecks: readonly RemovedCheck[] = [
  {
    file: 'shared/report/body.ts',
    text: 'const isSo = wasDone.has(step.key) || ok.includes(step);',
    replacement: "const isSo = step.key !== '';",
    test: 'test/report/asks.test.ts',
    name: 'nothing is told as if it were so',
    why: 'a page says of what failed that it is in force',
  },
  {
    file: 'shared/report/body.ts',
    text: 'const isStopped = stops.length > 0 && stops.every((step) => ok.includes(step));',
    replacement: 'const isStopped = stops.length > 0;',
    test: 'test/report/asks.test.ts',
    name: 'goes on only where nothing has stopped it',
    why: 'nobody is told that what is accused goes on',
  },
  {
    file: 'shared/report/outcome.ts',
    text: "isMeant && resultOf(step, receipts) !== 'ok'",
    replacement: 'isMeant && receipts.length < 0',
    test: 'test/report/asks.test.ts',
    name: 'its role is open',
    why: 'a role that could not be cut off is told nowhere as open',
  },
];
