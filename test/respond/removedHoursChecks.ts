import type { RemovedCheck } from '../removedCheck.ts';

const respond = 'test/respond/workingHours.test.ts';
const check = (
  file: string,
  test: string,
  text: string,
  replacement: string,
  name: string,
  why: string,
): RemovedCheck => ({
  file: `shared/${file}`,
  text,
  replacement,
  test,
  name,
  why,
});

/** What can wait does, what cannot does not, and nothing is told late that is not so any more. */
export const hoursChecks: readonly RemovedCheck[] = [
  check(
    'respond/send.ts',
    respond,
    "(message.notBefore ?? '') > now || ",
    '',
    'waits until somebody is at work',
    'a notice is sent at night',
  ),
  check(
    'respond/whoHasIt.ts',
    respond,
    "tier !== 'notice' || isWaitedFor",
    'isWaitedFor',
    'waits for nobody',
    'a page waits for the morning',
  ),
  check(
    'respond/whoHasIt.ts',
    respond,
    'return decided ?? held',
    'return held',
    'that answers a person',
    'whoever undoes at night is not told what became of it',
  ),
  check(
    'respond/whoHasIt.ts',
    respond,
    'return [...waitingIn(head.outbox, now), ...ofPage];',
    'return ofPage;',
    'is told by the one that comes after',
    'in the morning they hear of what is not so any more',
  ),
  check(
    'rules/workingHours.ts',
    'test/rules/workingHours.test.ts',
    'windowsAround(hours, nowMs, 8)',
    'windowsAround(hours, nowMs)',
    'on a weekend',
    'what waits over a weekend is sent at once',
  ),
  check(
    'plan/team.ts',
    'test/plan/team.test.ts',
    'const byTarget = isSettled ? undefined : teams',
    'const byTarget = teams',
    'a tag beats',
    'a team is told of what another says that it owns',
  ),
  check(
    'actions/evidenceCapture/observe.ts',
    'test/actions/evidencePlan.test.ts',
    'if (service !== null) return {',
    'if (service !== null && (own?.owner ?? null) === null) return {',
    'whatever is tagged onto the task',
    'whoever is inside a task says whose page it is',
  ),
  check(
    'incident/earlier.ts',
    'test/incident/earlier.test.ts',
    ' && activity > containedAt',
    '',
    'after it was contained',
    'what was seen before the containment is said to show that it did not hold',
  ),
];
