import { provenBy, type RemovedCheck } from '../removedCheck.ts';

const check = provenBy('test/actions/enableContainerInsights.test.ts', 'shared/actions/');
const raises = 'enableContainerInsights.ts';

/** What keeps a setting of a cluster from being lowered, or believed. */
export const clusterChecks: readonly RemovedCheck[] = [
  check(
    raises,
    'levels.includes(insights) && ',
    '',
    'complete stays',
    'a setting that AWS has added since is replaced by less',
  ),
  check(
    raises,
    'levels.indexOf(insights) < levels.indexOf(level)',
    'insights !== level',
    'enhanced stays where enabled',
    'what a team pays for collects less from one minute to the next',
  ),
  check(
    'targets/clusterTarget.ts',
    " || found.status === 'INACTIVE'",
    '',
    'gone when the cluster is deleted',
    'a cluster that is deleted is asked for its setting until every step has timed out',
  ),
  check(
    raises,
    "now === meant ? ('holds' as const)",
    "true ? ('holds' as const)",
    'pending until it is read so',
    'a setting that AWS did not take is told as fixed',
  ),
];
