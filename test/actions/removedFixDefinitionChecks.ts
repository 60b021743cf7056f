import { provenBy, type RemovedCheck } from '../removedCheck.ts';

const folder = 'shared/actions/fixTaskDefinition/';
const planned = provenBy('test/actions/fixTaskDefinition.test.ts', folder);
const now = provenBy('test/actions/fixTaskDefinitionNow.test.ts', folder);
const inTargets = provenBy('test/actions/fixTaskDefinitionNow.test.ts', 'shared/actions/targets/');

const movedOn = provenBy('test/actions/fixTaskDefinitionObserve.test.ts', 'shared/actions/targets/');
const found = provenBy('test/respond/accusedServices.test.ts', 'shared/');
const assembled = provenBy('test/plan/assembleUnsure.test.ts', 'shared/plan/');
const whole = provenBy('test/account/wholeDefinition.test.ts', 'shared/account/');
const seen = provenBy('test/actions/fixTaskDefinitionObserve.test.ts', folder);

/** What a fix of a task definition rests on: only what was found is changed, and what does not come up is put back. */
export const fixDefinitionChecks: readonly RemovedCheck[] = [
  planned(
    'plan.ts',
    "  if (scheduling === 'DAEMON') return 'it is a daemon: each host is without it while its task is replaced';\n",
    '',
    'waits for a person: a daemon',
    'Every host loses its agent for a while, all over a cluster.',
  ),
  planned(
    'plan.ts',
    "  if (deploying) return 'somebody is deploying it: that ends first';\n",
    '',
    'waits for a person: somebody is deploying',
    'A deployment of somebody else is replaced by a copy of what it was to replace.',
  ),
  planned(
    'plan.ts',
    "  if (desired === 0) return 'it wants no tasks, so that nobody could see whether the copy comes up';\n",
    '',
    'waits for a person: wants no tasks',
    'A copy that never started counts as come up, and fails when it is needed.',
  ),
  planned(
    'plan.ts',
    "return against.length === 0 ? null : against.join('; ');",
    'return null;',
    'waits for a person: would lose a',
    'What is registered is not what ran.',
  ),
  planned(
    'plan.ts',
    "return user === undefined ? 'it runs as root, and the rule names no user instead (user)' : null;",
    'return null;',
    'names no user and no group of logs by itself',
    'A person is not told that it goes on as root.',
  ),
  planned(
    'plan.ts',
    "return canLog ? routing : 'it has no execution role, which may write a log for it';",
    'return routing;',
    'names no user and no group of logs by itself',
    'No task of the copy can start.',
  ),
  planned(
    'types.ts',
    "    .refine((user) => !isRoot(user), 'must be another user than root')\n",
    '',
    'take no',
    'A rule that mends root with root says that it is fixed.',
  ),
  planned(
    'hardening.ts',
    "asks('user') && user !== undefined && isRoot(one.user) ? user : one.user",
    "asks('user') && user !== undefined ? user : one.user",
    'leaves whom a container runs as that is not root',
    'A sidecar that has a user of its own gets another, and cannot read its files.',
  ),
  planned(
    'hardening.ts',
    "privileged: asks('privileged') ? false : one.privileged,",
    'privileged: false,',
    'differs in what is asked for alone',
    'What nobody has found is taken from an application.',
  ),
  planned(
    'hardening.ts',
    '  restOf(was, was, named) === restOf(now, was, named);',
    '  was.family === now.family;',
    'is told from another definition',
    'What somebody has deployed is taken for ours, and an undo takes it back.',
  ),
  inTargets(
    'deployedService.ts',
    ' && others === 0 && healthy >= service.desired;\n',
    ' && healthy >= service.desired;\n',
    'is on its way while a task of another revision runs still',
    'It is told as fixed while privileged tasks run.',
  ),
  inTargets(
    'deployedService.ts',
    "service.rollout === 'COMPLETED' && others === 0",
    'others === 0',
    'is on its way while its deployment is not over',
    'It is told as fixed, and goes back a minute later.',
  ),
  now(
    'readNow.ts',
    "(await isCopy(taskDefinition)) ? null : 'that is no copy that Firebreak registered'",
    '(await isCopy(taskDefinition)) ? null : null',
    'is not fixed by a revision of the family that has the flaw',
    'It is told as fixed because a revision was registered, whatever it says.',
  ),
  inTargets(
    'deployedService.ts',
    '!settled && failed >= failuresOf(service.desired)',
    'failed > service.desired * 9',
    'is not fixed where three of its tasks did not come up',
    'A copy that never comes up takes capacity for twenty minutes.',
  ),
  now(
    'changes.ts',
    "    await refuseMoved(back, before.version, context);\n    return pointBack(target, back, context, 'back');",
    "    return pointBack(target, back, context, 'back');",
    'is not put back onto what would start something else',
    'Putting back starts an image that never ran.',
  ),
  inTargets(
    'deployedService.ts',
    "  if (is === 'elsewhere') return done(leftAs.elsewhere);\n",
    '',
    'what somebody has deployed stays',
    'What somebody deployed to mend it is taken back.',
  ),
  now(
    'changes.ts',
    "  if (typeof copy === 'string') {",
    "  if (copy !== 'no copy') {",
    'is not asked for where it could not be registered',
    'A service is pointed at nothing.',
  ),
  inTargets(
    'deployedService.ts',
    '  return closes === undefined ? { ...verified, goesOn: true } : { ...verified, closes };',
    "  return closes === '' ? { ...verified, state: 'pending' } : verified;",
    'one that is not is put back',
    'An undo is offered of what was put back, and the next finding is told as somebody who changed it.',
  ),
  inTargets(
    'definitionCopy.ts',
    "const isActive = one !== undefined && one.status !== 'INACTIVE';",
    'const isActive = one !== undefined;',
    'is not taken where it was deregistered',
    'A service is pointed at a revision that nothing can start.',
  ),
  inTargets(
    'definitionCopy.ts',
    'for (let at = 0; at < among; at += 1) {',
    'for (let at = 0; at < 1; at += 1) {',
    'though another revision came after it',
    'With each crash one more copy is registered.',
  ),
  whole(
    'wholeDefinition.ts',
    'return Object.hasOwn(kept, name) ? lostIn(value, kept[name], its) : [its];',
    'return Object.hasOwn(kept, name) ? lostIn(value, kept[name], its) : [];',
    'says which members the SDK has dropped',
    'A copy loses what AWS has added since, without a word.',
  ),
  found(
    'account/definitionServices.ts',
    "if (service.status === 'INACTIVE' || !runs) continue;",
    'if (!runs) continue;',
    'leads to the services that run it',
    'A service that was deleted is held in the morning for ever.',
  ),
  found(
    'account/definitionServices.ts',
    "taskDefinitionArn === definition && !group.startsWith('service:')",
    "!group.startsWith('service:')",
    'what runs the revision and is no service is told',
    'Tasks of other revisions are told as those that are wrong.',
  ),
  found(
    'respond/accusedServices.ts',
    '(isToBe ? unsure : unread).add(text)',
    'unread.add(text)',
    'a place that could not be read is told',
    'What could not be read is a line in the morning, and nobody knows that it is not fixed.',
  ),
  assembled(
    'assemble.ts',
    "  if (doubt !== undefined && !open.some(contains)) return { decision: 'hold', reason: doubt };\n",
    '',
    'is held where nothing to be fixed was found',
    'Nothing to do, it says, of what could not be read.',
  ),
  assembled(
    'assemble.ts',
    '[...wantedBy(proposals), ...unsure]',
    'wantedBy(proposals)',
    'is told as wanted beside what is fixed',
    'All is told as fixed, though one cluster could not be read.',
  ),
  found(
    'plan/cause.ts',
    'const isOne = accused.get(id)?.fixTargets !== undefined && rule !== null;',
    "const isOne = resource.kind === 'ecs-task-definition' && rule !== null;",
    'where no rule asks for a fix of services',
    'What a rule only tells of is changed along with what another enforces.',
  ),
  found(
    'respond/accusedServices.ts',
    '    if (throttled !== undefined && !lastTry) throw',
    '    if (throttled === undefined && !lastTry) throw',
    'what AWS throttles is read again',
    'Services that were not seen for a second are left as they are.',
  ),
  seen(
    'observe.ts',
    "deploying: service.rollout === 'IN_PROGRESS' && !ours,",
    'deploying: false,',
    'a deployment of somebody else is seen',
    'A deployment of somebody else is replaced by a copy of what it was to replace.',
  ),
  seen(
    'observe.ts',
    "service.rollout === 'FAILED' && !ours",
    "service.rollout === 'FAILED' && ours",
    'a deployment that has failed speaks against',
    'There is nothing that comes up to go back to.',
  ),
  movedOn(
    'againstDeploying.ts',
    '    ...(moved === undefined\n      ? []',
    "    ...(moved !== ''\n      ? []",
    'an image that a deployment would replace',
    'A fix of configuration deploys an image that nobody has deployed.',
  ),
  now(
    'changes.ts',
    'if (canonicalJson(to) === canonicalJson(before.hardening))',
    'if (canonicalJson(to) === "")',
    'is not the revision itself',
    'A service is put back onto what was wrong with it, and that is called a fix.',
  ),
];
