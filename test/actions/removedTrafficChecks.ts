import { provenBy, type RemovedCheck } from '../removedCheck.ts';

const removed = provenBy('test/actions/removeFromTraffic.test.ts', 'shared/actions/removeFromTraffic/');
const told = provenBy('test/report/outcome.test.ts', 'shared/report/');
const said = provenBy('test/report/todo.test.ts', 'shared/report/');

/** What a removal from traffic rests on: one target that is the task's own, never the last that answers, and never told as contained. */
export const trafficChecks: readonly RemovedCheck[] = [
  removed(
    'plan.ts',
    'if (others === 0) {',
    'if (others < 0) {',
    'leaves the last healthy target to a person',
    'Nobody answers the requests of a service any more.',
  ),
  removed(
    'observe.ts',
    '![...its, ...accused].some(',
    '!its.some(',
    'counts no target whose task is accused, too',
    'The targets that are left are taken out, one after the other, because each counts on the others.',
  ),
  removed(
    'observe.ts',
    "TargetHealth?.State === 'healthy').length",
    "TargetHealth?.State !== 'unknown').length",
    'leaves the last healthy target to a person',
    'A target that answers nobody counts as one that does.',
  ),
  removed(
    'changes.ts',
    'return chosenIn(context).filter(({ name }) => Object.hasOwn(addresses, name));',
    'return addresses === undefined ? [] : chosenIn(context);',
    'leaves an address alone that is not the task’s any more',
    'Another task that has been given the address is taken out of traffic, or put into it.',
  ),
  removed(
    'observe.ts',
    "    if (context.before !== undefined && state !== 'running') throw new TargetGone(`${id} does not run any more`);\n",
    '',
    'registers none of a task that is being stopped',
    'An undo sends requests to a task that is being stopped.',
  ),
  removed(
    'reads.ts',
    "State !== 'draining' && !(State === 'unused' && Reason === 'Target.NotRegistered');",
    "State !== 'draining' && State !== 'unused';",
    'takes a target for registered whose group or zone is not in use',
    'It is told as taken out, and gets requests once its zone is in use again.',
  ),
  removed(
    'changes.ts',
    '  if (back.length > 0) {',
    '  if (back.length < 0) {',
    'reads back as',
    'It is told that it gets no requests though it was registered again.',
  ),
  removed(
    'permissions.ts',
    'if (arn.startsWith(start) && /^',
    'if (arn.length > 0 || /^',
    'refuse what is no target group of the account',
    'A session may take anything out of every target group of the account.',
  ),
  removed(
    'plan.ts',
    'remains: `${outgoing}${also}`,',
    'remains: outgoing,',
    'says beside what it does by what else the task is reached',
    'Whoever reads it believes that nobody reaches the task any more.',
  ),
  told(
    'outcome.ts',
    "  if (leavesAtWork(plan)) return 'not-contained';\n",
    '',
    'is not contained where somebody is at work',
    'An intruder goes on in a task that gets no requests, and nobody is woken.',
  ),
  said(
    'todo.ts',
    'const back = situation.decided ? changedBackLines(came) : [];',
    'const back: readonly string[] = [];',
    'of what only went along says that nothing stops it',
    'Nobody is told that somebody has put it back by hand.',
  ),
];
