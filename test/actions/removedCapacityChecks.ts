import type { RemovedCheck } from '../removedCheck.ts';

/** What is taken for a want of capacity, and whose pull is whose. */
export const capacityChecks: readonly RemovedCheck[] = [
  {
    file: 'shared/account/noPlace.ts',
    text: '  const fresh = found === -1 ? events : events.slice(0, found);',
    replacement: '  const fresh = found === -2 ? [] : events;',
    test: 'test/account/noPlace.test.ts',
    name: 'not so any more',
    why: 'a shortage of last week wakes somebody today',
  },
  {
    file: 'shared/actions/containService/short.ts',
    text: 'if (noPlace === null || missing <= 0) return {};',
    replacement: 'if (noPlace === null) return {};',
    test: 'test/actions/containServiceShort.test.ts',
    name: 'as many are on their way',
    why: 'somebody is woken for tasks that start just now',
  },
  {
    file: 'shared/actions/containService/short.ts',
    text: '!stopping && (primary === null || startedBy === primary)',
    replacement: "!stopping && startedBy !== 'none'",
    test: 'test/actions/containServiceShort.test.ts',
    name: 'earlier deployment',
    why: 'tasks that go away pass for those that are missing',
  },
  {
    file: 'shared/actions/containService/verify.ts',
    text: 'before.breaker?.rollback === true ? {} : shortOf(target, service, live)',
    replacement: 'shortOf(target, service, live)',
    test: 'test/actions/containServiceAgain.test.ts',
    name: 'may yet roll that back',
    why: 'an undo is told as done that the circuit breaker takes back',
  },
  {
    file: 'shared/actions/containService/pulls.ts',
    text: "isUnresolved(task) && deployments.has(task.startedBy ?? '')",
    replacement: "isUnresolved(task) && task.arn !== ''",
    test: 'test/actions/containServiceShort.test.ts',
    name: 'only of that',
    why: 'a pull by whatever starts meanwhile passes for one of the accused tasks',
  },
  {
    file: 'shared/account/inUse.ts',
    text: 'Date.parse(lastPull) >= Date.parse(pullingSince) - clocksApartMs',
    replacement: "lastPull !== ''",
    test: 'test/account/inUse.test.ts',
    name: 'pulls it now',
    why: 'a pull that nobody can explain is taken for that of a task which had not begun to pull',
  },
  {
    file: 'shared/account/ecsTasks.ts',
    text: "  const over = pullEnd(task) !== undefined || task.lastStatus === 'STOPPED';",
    replacement: "  const over = pullEnd(task) !== undefined && task.lastStatus !== '';",
    test: 'test/account/ecsTasks.test.ts',
    name: 'never began',
    why: 'a task that never pulled explains every pull from then on',
  },
];
