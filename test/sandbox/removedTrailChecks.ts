import { provenBy } from '../removedCheck.ts';

const check = provenBy('test/sandbox/services/cloudtrail/lookupEvents.test.ts', 'sandbox/services/cloudtrail/');

/** The sandbox's CloudTrail: where it tells sooner, more or more often than AWS, a name would be known here that is not there. */
export const trailChecks = [
  check(
    'lookupEvents.ts',
    ' && at <= now - shownAfterMs',
    '',
    'shows a call five minutes after it was made',
    'Whoever changed something would be known at once, which AWS never tells.',
  ),
  check('lookupEvents.ts', 'at > now - keptMs', 'at > 0', 'keeps 90 days', 'What was done a year ago would be found.'),
  check(
    'keep.ts',
    '  events.splice(0, first < 0 ? events.length : first);\n',
    '',
    'keeps 90 days, and no more in memory',
    'The memory of an account that runs for months would grow without end.',
  ),
  check(
    'lookupEvents.ts',
    "  if (lookedUpAt.length >= perSecond) throw new AwsError('ThrottlingException', 'Rate exceeded');\n",
    '',
    'a third look-up within a second',
    'What asks too often for AWS would be answered here.',
  ),
  check(
    'keep.ts',
    '...(error === undefined ? {} : { errorCode: error.code, errorMessage: error.message }),',
    '',
    'and what was refused, with its error',
    'What AWS refused would look like done.',
  ),
  check(
    'keep.ts',
    'readOnly.test(ended.operation)',
    "readOnly.test('')",
    'keeps no reads',
    'The history would be full of our own reads, which nobody asked for.',
  ),
  check(
    'keep.ts',
    'text.length > mostShown ? null : JSON.parse(text)',
    'JSON.parse(text)',
    'nothing of a document that is too large',
    'A manifest of megabytes would be kept with each push.',
  ),
];
