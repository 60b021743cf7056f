import { provenBy, type RemovedCheck } from '../removedCheck.ts';

const check = provenBy('test/actions/stopInvocations.test.ts', 'shared/actions/');
const stops = 'stopInvocations.ts';
const target = 'targets/functionTarget.ts';

/** What keeps a function from being stopped that must not be, or only in our belief. */
export const functionTargetChecks: readonly RemovedCheck[] = [
  check(
    stops,
    '  if (isOurs(name))\n',
    "  if (name === '')\n",
    'about ours',
    'a finding about a function of Firebreak has it switch itself off',
  ),
  check(
    stops,
    'if (reserved === 0)',
    'if (reserved === -1)',
    'stopped already',
    'what somebody has stopped is taken for our doing, and let go by an undo',
  ),
  check(
    stops,
    "now === meant ? 'holds'",
    "true ? 'holds'",
    'pending until it is read back',
    'a function that can still be invoked is told as contained',
  ),
  check(
    stops,
    'if (to !== null) {',
    "if (to === '') {",
    'a release onto a named version',
    'somebody who names a version believes that the function runs it',
  ),
  check(
    target,
    'itsRegion === region && ',
    '',
    'gives no permission on another Region',
    'the policy of a step reaches a function in another Region',
  ),
  check(
    target,
    'itsAccount === account',
    'true',
    'gives no permission on another account',
    'the policy of a step reaches a function of another account',
  ),
  check(
    target,
    '([A-Za-z0-9_-]{1,64})$/',
    '(.{1,64})$/',
    'gives no permission on *',
    'a `*` in an event widens the policy to every function',
  ),
  check(
    target,
    'return unlessItPasses(own, `',
    'return ((it: Ownership, _doing: string) => it)(own, `',
    'asked again where AWS throttles its tags',
    'somebody is woken because AWS asked us to slow down',
  ),
  {
    file: 'shared/account/owner.ts',
    text: 'foundBy: why, protectedBy: why, mayPass',
    replacement: 'foundBy: why, protectedBy: null, mayPass',
    test: 'test/actions/stopInvocations.test.ts',
    name: 'protected where its tags cannot be read',
    why: 'a protected function is stopped because its tags could not be read',
  },
];
