import { provenBy, type RemovedCheck } from '../removedCheck.ts';

const folder = 'shared/actions/updatePlatformVersion/';
const planned = provenBy('test/actions/updatePlatformVersion.test.ts', folder);
const now = provenBy('test/actions/updatePlatformVersionNow.test.ts', folder);

/** What an update of a platform version rests on: nothing goes back in version, and nothing is deployed over somebody's head. */
export const platformVersionChecks: readonly RemovedCheck[] = [
  planned(
    'plan.ts',
    '  if (isOlder(latest, version)) {',
    "  if (latest === '') {",
    'waits for a person where LATEST may be older',
    'A service is taken back to an older kernel, and that is called an update.',
  ),
  planned(
    'plan.ts',
    "  if (deploying) return 'somebody is deploying it: that ends first';\n",
    '',
    'waits for a person where somebody is deploying it',
    'A deployment of somebody else is replaced in the middle.',
  ),
  planned(
    'plan.ts',
    "return against.length === 0 ? null : against.join('; ');",
    'return null;',
    'waits for a person where something speaks against',
    'A fix of configuration deploys an image that nobody has deployed.',
  ),
  planned(
    'plan.ts',
    '  if (isRetired(version, platformFamily)) {',
    "  if (platformFamily === '') {",
    'promises no way back to what AWS has retired',
    'Somebody approves what can be undone, and it cannot.',
  ),
  planned(
    'plan.ts',
    "  if (launch !== 'FARGATE') return",
    "  if (launch === '') return",
    'is nothing where it is on hosts',
    'A person is asked about what ECS refuses.',
  ),
  planned(
    'plan.ts',
    '(version !== LATEST || runsOn.some((one) => isOlder(one, latest)))',
    "(version !== '')",
    'is nothing where its tasks are new already',
    'Every finding replaces all tasks of a service once more, for nothing.',
  ),
  now(
    'changes.ts',
    '  if (before.version !== from) {',
    "  if (from === '') {",
    'is nothing where somebody has pinned it to another version',
    'What somebody has pinned since the plan was shown is changed all the same.',
  ),
  now(
    'changes.ts',
    '(await primaryNow(target, context)) !== before.primary',
    "(await primaryNow(target, context)) === ''",
    'is a new deployment where it has LATEST, and not twice',
    'With each crash all tasks are replaced once more.',
  ),
  now(
    'changes.ts',
    '  await refuseMoved(service.taskDefinition, service.digests, context);\n',
    '',
    'that would start another image says so',
    'Putting back starts an image that never ran.',
  ),
  now(
    'readNow.ts',
    'isOwn: ({ startedBy }, { primary }) => startedBy === primary,',
    'isOwn: () => true,',
    'a task of the deployment before runs still',
    'It is told as done while tasks run on the old version.',
  ),
  now(
    'readNow.ts',
    "  if (verified.state !== 'holds' || !isOld) return verified;",
    '  if (verified.state !== "holds" || isOld) return verified;',
    'its tasks run on an older version than LATEST is said to be',
    'A setting is taken for what runs.',
  ),
  now(
    'readNow.ts',
    'if (version !== LATEST) return `its platform version is ${version} by now`;',
    '',
    'somebody has pinned it to another',
    'What somebody has pinned meanwhile is told as done, and taken back.',
  ),
  now(
    'readNow.ts',
    'primary === before.primary ||',
    '',
    'it went back, and shows LATEST',
    'What a circuit breaker has taken back is told as done.',
  ),
  now(
    'readNow.ts',
    "taskDefinition !== before.definition && rollout !== 'COMPLETED'",
    "taskDefinition === '' && rollout !== 'COMPLETED'",
    'what its team deploys by then stays',
    'A deployment of its team is replaced by one on another version.',
  ),
  now(
    'observe.ts',
    "deploying: service.rollout === 'IN_PROGRESS' && !ours,",
    'deploying: false,',
    'is a deployment of somebody else',
    'A deployment of somebody else is replaced in the middle.',
  ),
  now(
    'observe.ts',
    "service.rollout === 'FAILED' && !ours",
    "service.rollout === 'FAILED' && ours",
    'is what speaks against a deployment',
    'There is nothing that comes up to go back to.',
  ),
];
