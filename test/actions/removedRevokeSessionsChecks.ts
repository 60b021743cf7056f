import { provenBy, type RemovedCheck } from '../removedCheck.ts';

const folder = 'shared/actions/';
const planned = provenBy('test/actions/revokeRoleSessionsPlan.test.ts', `${folder}revokeRoleSessions/`);
const users = provenBy('test/actions/revokeRoleSessionsUsers.test.ts', `${folder}revokeRoleSessions/`);
const spared = provenBy('test/actions/revokeRoleSessionsPlan.test.ts', `${folder}targets/`);
const use = provenBy('test/actions/revokeRoleSessionsUsers.test.ts', `${folder}targets/`);
const done = provenBy('test/actions/revokeRoleSessions.test.ts', `${folder}revokeRoleSessions/`);
const target = provenBy('test/actions/revokeRoleSessions.test.ts', `${folder}targets/`);

const roles = provenBy('test/respond/accusedRoles.test.ts', 'shared/respond/');
const back = provenBy('test/respond/planUndo.test.ts', 'shared/respond/');
const sandbox = provenBy('test/sandbox/services/iam/rolePolicies.test.ts', 'sandbox/iam/');

/** What keeps a role from being cut off that must not be, or only in our belief, and an undo from giving back what was stolen. */
export const revokeSessionsChecks: readonly RemovedCheck[] = [
  spared(
    'roleSpared.ts',
    'if (never !== null)',
    'if (id === never)',
    'never touches',
    'a rule locks out whoever has to mend it',
  ),
  planned(
    'plan.ts',
    "if (policy === 'other')",
    "if (policy === 'ours')",
    'a policy of somebody else',
    'what somebody else has written is overwritten',
  ),
  spared(
    'roleSpared.ts',
    'if (unread.length > 0)',
    'if (unread.length > 99)',
    'users that cannot be told',
    'a service that could not be read loses its credentials',
  ),
  spared(
    'roleSpared.ts',
    'others.length > maxOtherUsers',
    'maxOtherUsers > others.length',
    'more users than the rule allows',
    'services that nobody accuses are refused everything',
  ),
  planned(
    'plan.ts',
    'if (runOn.length > 0)',
    'if (runOn.length > 99)',
    'an accused task that runs on',
    'the intruder gets new credentials at once, and the role is told as dealt with',
  ),
  planned(
    'plan.ts',
    'if (size > mostCharacters)',
    'if (size < 0)',
    'a role that is full',
    'a step is begun that IAM refuses',
  ),
  use(
    'roleUse.ts',
    'if (passing !== undefined)',
    'if (passing === null)',
    'only throttled is asked again',
    'a person is asked because AWS was busy',
  ),
  users(
    'role.ts',
    "denyIn(await policyText(readsWith(context.aws), target.id, policyName)) ?? 'other'",
    "denyIn(await policyText(readsWith(context.aws), target.id, policyName)) ?? 'none'",
    'tells our policy from one',
    'what somebody else has written is overwritten',
  ),
  use(
    'roleTrust.ts',
    'webIdentities === null && !looked.test(one)',
    'one === null',
    'whoever else may assume it',
    'people and accounts that use the role are counted as nobody',
  ),
  done(
    'cutOff.ts',
    'if (first !== undefined) {',
    "if (first === '') {",
    'is not made while an accused task runs',
    'the intruder gets new credentials at once, and the role is told as dealt with',
  ),
  done(
    'cutOff.ts',
    'secondAfter(byCall ? now : new Date(last))',
    'secondAfter(new Date(last))',
    'by a call',
    'whoever has assumed the role with what was stolen keeps that',
  ),
  done(
    'cutOff.ts',
    'if (last === null || unknown)',
    'if (last === null)',
    'it shows one of two',
    'what a task got that ECS shows no more is not cut off',
  ),
  done(
    'changes.ts',
    'later(String(cutOff), standing?.cutOff)',
    'String(cutOff)',
    'that stands and is later is kept',
    'sessions that another incident has cut off work again',
  ),
  done(
    'changes.ts',
    "if (found === 'other') throw new ActionFailed(notOurs(id));\n  const standing",
    'const standing',
    'never overwrites',
    'what somebody else has written meanwhile is overwritten',
  ),
  done(
    'changes.ts',
    'if (mark !== markOf(accusation)) return false;',
    '',
    'written for other tasks',
    'credentials of a task that was accused later pass for cut off',
  ),
  done(
    'changes.ts',
    'return last === null || Date.parse(last) < at;',
    'return true;',
    'stopped after the cut-off',
    'what a task got before it stopped passes for cut off',
  ),
  done(
    'changes.ts',
    'const ofStep = begunAt !== undefined && Date.parse(begunAt) < at;',
    'const ofStep = true;',
    'only what this step has written holds',
    'credentials that are stolen later pass for cut off',
  ),
  done(
    'changes.ts',
    'if (wait !== null) throw new ActionFailed(wait);',
    '',
    'stays until nobody is left',
    'an undo makes stolen credentials work again',
  ),
  done(
    'changes.ts',
    "if (before.policy === 'ours')",
    "if (before.policy === 'other')",
    'what was there before',
    'what stood before is taken away',
  ),
  target(
    'roleTarget.ts',
    'roleName.test(id) && ',
    '',
    'are none for *',
    'a `*` in an event widens the policy to every role',
  ),
  target(
    'roleTarget.ts',
    'owner === account && ',
    '',
    'are none for cart',
    'the policy of a step reaches a role of another account',
  ),
  roles(
    'accusedRoles.ts',
    "[typeof role === 'string' ? unknownRole : role.arn]",
    "typeof role === 'string' ? [] : [role.arn]",
    'cannot be read is unknown',
    'nobody is woken for credentials of a role that could not be read',
  ),
  provenBy('test/actions/revokeRoleSessions.test.ts', 'shared/actions/revokeRoleSessions/')(
    'cutOff.ts',
    'new Set([...accused, ...left])',
    'new Set(accused)',
    'that the plan has stopped',
    'what a second task with the same image got before it stopped is not cut off',
  ),
  roles(
    'accusedRoles.ts',
    "if (failure.kind === 'failed') return `${failure.why}.`;",
    "if (failure.kind !== 'failed') return null;",
    'outlive it',
    'nobody is woken for credentials that outlive the host or function that they were taken of',
  ),
  provenBy('test/respond/accusedRoles.test.ts', 'shared/account/')(
    'credentialHolder.ts',
    "|| instance.State?.Name === 'terminated'",
    '',
    'outlive it',
    'a host that was terminated passes for one without a role',
  ),
  roles(
    'accusedRoles.ts',
    "return kind === 'function' || asked",
    'return asked',
    'whatever its rule asks for',
    'the credentials of a function with somebody in it are forgotten',
  ),
  back(
    'staysYet.ts',
    '`Reading ${target.id}`, lastTry)',
    '`Reading ${target.id}`)',
    'on the last try',
    'whoever undoes is told that Firebreak could not finish, because a read was throttled',
  ),
  back(
    'planUndo.ts',
    'notDone: [...plan.notDone, ...notDone].filter',
    'notDone: notDone.filter',
    'what cannot be put back at all',
    'whoever undoes is not told of what never comes back',
  ),
  roles(
    'accusedRoles.ts',
    'facts.contains && targets',
    "facts.phase === 'role' && targets",
    'its rule cuts it off',
    'nobody is woken for credentials that were taken of a host, once it is cut off',
  ),
  sandbox(
    'context.ts',
    "principal.kind === 'role' && principal.issuedAt !== undefined",
    "principal.kind === 'role' && principal.issuedAt === 0",
    'a session from before the cut-off',
    'a session that was revoked goes on to work here, and nobody sees whether a revocation would hold',
  ),
  sandbox(
    'roles.ts',
    'role.still !== undefined && account.clock.now() < role.still.until ? role.still.role : role',
    'role',
    'a session from before the cut-off',
    'a change of a role is in force at once, as it never is on AWS',
  ),
  {
    file: 'shared/actions/targets/roleSpared.ts',
    text: '  if (!letIn) {',
    replacement: '  if (letIn === undefined) {',
    test: 'test/actions/revokeRoleSessionsPods.test.ts',
    name: 'is cut off by nobody',
    why: 'whoever deploys a pod decides whose role is cut off',
  },
];
