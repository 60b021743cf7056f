import { provenBy, type RemovedCheck } from '../removedCheck.ts';

const pods = provenBy('test/actions/revokeRoleSessionsPods.test.ts', 'shared/actions/revokeRoleSessions/');
const use = provenBy('test/actions/revokeRoleSessionsPods.test.ts', 'shared/actions/targets/');
const accounts = provenBy('test/actions/revokeRoleSessionsPods.test.ts', 'shared/account/');
const roles = provenBy('test/respond/accusedPods.test.ts', 'shared/respond/');
const read = provenBy('test/respond/accusedPods.test.ts', 'shared/actions/targets/');

/** What keeps the role of a pod from being told as dealt with while it is not, and those who share it from losing it. */
export const podRoleChecks: readonly RemovedCheck[] = [
  use(
    'roleTrust.ts',
    'named.every((one) => one !== null)',
    'named.some((one) => one !== null)',
    'who is not looked for',
    'service accounts that a pattern lets in are counted as nobody',
  ),
  use(
    'rolePods.ts',
    'all.map(accountKey).filter((key) => !own.has(key))',
    'all.map(accountKey).filter((key) => key === "")',
    'is each service account',
    'workloads that nobody accuses are refused everything',
  ),
  use(
    'rolePods.ts',
    '!accused && !leaves && (controller',
    'accused && !leaves && (controller',
    'under the same service account',
    'another workload of the same service account is refused everything',
  ),
  use(
    'rolePods.ts',
    'name === pod : true',
    'name === pod : false',
    'may be any under',
    'a pod that runs on gets new credentials, and the role is told as dealt with',
  ),
  use(
    'roleUse.ts',
    'accused && !leaves).map',
    "accused && name === '').map",
    'under the same service account',
    'the intruder gets new credentials at once, and the role is told as dealt with',
  ),
  pods(
    'cutOff.ts',
    'if (isAccused || leaves)',
    "if (name === '')",
    'is not made while',
    'the intruder gets new credentials at once, and the role is told as dealt with',
  ),
  pods(
    'cutOff.ts',
    ' || (accusation.pods ?? []).length > 0',
    '',
    'is now: nobody knows',
    'what a pod got after a task had stopped is not cut off',
  ),
  pods(
    'changes.ts',
    'if (running.length > 0 || (pods.length > 0 && !ofStep)) return false;',
    '',
    'read back, of a pod',
    'a pod that runs on passes for cut off',
  ),
  pods(
    'deny.ts',
    '...pods.map(podText).sort()',
    '',
    'holds once it is gone',
    'credentials of a pod that was accused later pass for cut off',
  ),
  pods(
    'plan.ts',
    '...(observed.byToken.length === 0 ? {} : { reopens: true }),',
    '',
    'taken token opens anew',
    'nobody is woken for a token that gives new sessions',
  ),
  accounts(
    'serviceAccounts.ts',
    '[roleArn, targetRoleArn].some(',
    '[roleArn].some(',
    'is each service account',
    'pods that have it as their target role are refused everything',
  ),
  roles(
    'accusedPods.ts',
    'roles.add(unknownRole);',
    '',
    'is unknown beside',
    'nobody is woken for credentials of a role that could not be read',
  ),
  roles(
    'accusedRoles.ts',
    "arn.split(':')[4] === account ? roleOfArn(arn) : null",
    'roleOfArn(arn)',
    'of another account',
    'a role of the same name in this account is cut off instead',
  ),
  read(
    'podRoles.ts',
    '[association?.roleArn, association?.targetRoleArn]',
    '[association?.roleArn]',
    'the target role of each',
    'the role whose credentials the pod really had is forgotten',
  ),
  provenBy('test/plan/assembleThreat.test.ts', 'shared/plan/')(
    'assemble.ts',
    'reopens !== true &&',
    'true &&',
    'what it cuts off',
    'nobody is woken for a token that gives new sessions',
  ),
];
