import type { RemovedCheck } from '../removedCheck.ts';

const file = 'shared/actions/requireImdsv2.ts';
const test = 'test/actions/requireImdsv2.test.ts';
const check = (text: string, replacement: string, why: string): RemovedCheck => ({
  file,
  text,
  replacement,
  test,
  why,
});

/** What keeps a host's programs from losing their credentials. */
export const imdsv2Checks: readonly RemovedCheck[] = [
  check('  if (count === 0) return null;', '  return null;', 'what asks without a token loses its credentials'),
  check(
    'LaunchTime === undefined || LaunchTime.getTime() > from',
    'LaunchTime?.getTime() === -1',
    'a host of an hour is taken for one that needs nothing',
  ),
  check(
    'if (Datapoints.length < hours * leastKnown)',
    'if (Datapoints.length < 0)',
    'figures that nobody has are taken for none',
  ),
  check('    return whyOf(failure);', '    return 0;', 'figures that may not be read are taken for none'),
  check('  if (operator !== null)', '  if (operator === "")', 'a host that a service of AWS manages is changed'),
  check('now === meant && applied', 'now === meant', 'what is not in force yet passes for done'),
  check(
    "if (State?.Name !== 'running')",
    "if (State?.Name === 'unheard-of')",
    'a host that is stopped is changed by figures of when it ran',
  ),
];
