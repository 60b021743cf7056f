import { provenBy, type RemovedCheck } from '../removedCheck.ts';

const own = provenBy('test/actions/limitRole.test.ts', 'shared/actions/limitRole/');
const hosted = provenBy('test/actions/limitRole.test.ts', 'shared/actions/targets/');
const stack = provenBy('test/tools/responderPolicy.test.ts', 'tools/');
const iam = provenBy('test/sandbox/services/iam/permissionsBoundary.test.ts', 'sandbox/');

/** What keeps a role from being given a wider boundary than it has, from being told as limited while it is not, and others from being limited with it. */
export const limitRoleChecks: readonly RemovedCheck[] = [
  own(
    'plan.ts',
    'if (spared !== null) return hold(spared);',
    '',
    'is held for a person with more users',
    'services that nobody accuses may do nothing any more',
  ),
  own(
    'plan.ts',
    'if (hosts.length > 0 && !given.hosts) {',
    'if (hosts.length > 1 && !given.hosts) {',
    'the role of the host that the credentials',
    'SSM and ECS no longer reach a host, and what is done there next fails',
  ),
  hosted(
    'roleUse.ts',
    'hosts: [...users.instances].sort()',
    'hosts: users.instances.filter((id) => id !== target.session).sort()',
    'the host that the credentials were given to',
    'the agents of the very host whose credentials were used elsewhere are cut off unseen',
  ),
  own(
    'plan.ts',
    'if (!limits) {',
    'if (version === "") {',
    'a policy that limits nothing',
    'a role is told as limited that may do all that it might before',
  ),
  own(
    'plan.ts',
    'if (boundary !== null) {',
    'if (boundary === "") {',
    'another boundary',
    'a narrower boundary gives way to a wider one',
  ),
  own(
    'changes.ts',
    'if (has !== null)\n    throw',
    'if (has === "")\n    throw',
    'somebody has set meanwhile',
    'a narrower boundary that came meanwhile gives way to a wider one',
  ),
  own(
    'changes.ts',
    'if (has !== ours)',
    'if (has === "")',
    'of somebody else is left',
    'an undo takes away the boundary that a person has set',
  ),
  own(
    'changes.ts',
    'if (has === before.boundary) {',
    'if (has === "") {',
    'one that was there before',
    'an undo takes away the boundary that the role had before',
  ),
  own(
    'changes.ts',
    "return policy?.limits === 'something'",
    'return policy?.limits !== undefined',
    'read back, where the role has',
    'a boundary that somebody has opened passes for one that holds',
  ),
  own(
    'boundary.ts',
    "if (!read.success) return 'nothing';",
    "if (!read.success) return 'something';",
    'limits nothing where it allows what nobody can read',
    'a role is told as limited by what nobody could read',
  ),
  own(
    'boundary.ts',
    'Action.some(isAll)',
    'Action.every(isAll)',
    'among other things',
    'a policy that lets everything through passes for a boundary',
  ),
  own(
    'boundary.ts',
    'new RegExp(`^${prefix}[\\\\w+=,.@-]*$`)',
    'new RegExp(`^`)',
    'is named by a rule without',
    'a rule names AdministratorAccess, or a pattern of policies',
  ),
  own(
    'limitRole.ts',
    'chosenShape.parse(chosen).boundary',
    'chosenShape.safeParse(chosen).data?.boundary ?? boundaryArn(target, `${prefix}*`)',
    'only one that a step may set',
    'a plan that lost which boundary it chose may set any of them',
  ),
  own(
    'limitRole.ts',
    'calls.map((call) => ({ ...call, condition }))',
    'calls',
    'may set or take away',
    'a step may give its role any boundary, or take away that of somebody else',
  ),
  stack(
    'responderPolicy.ts',
    "value.startsWith('arn:') ? inStack(value) : value",
    'value',
    'names the account of the stack',
    'the responder role may set a boundary of no account, and so limits nobody',
  ),
  iam(
    'iam/authorise.ts',
    "if (bounded !== 'allow') return implicitly('permissions boundary', asked.action);",
    '',
    'limits a session that is there',
    'nobody sees whether a boundary would limit a role',
  ),
  iam(
    'iam/authorise.ts',
    "bounded === 'deny'",
    "bounded === 'allow'",
    'but by what that denies',
    'what a boundary denies is allowed here',
  ),
  iam(
    'services/iam/putRolePermissionsBoundary.ts',
    "context: { 'iam:PermissionsBoundary': input.PermissionsBoundary ?? '' },",
    '',
    'is asked for as a condition',
    'nobody sees whether the responder role may set the boundary that it is to set',
  ),
  iam(
    'services/iam/deleteRolePermissionsBoundary.ts',
    "boundary === undefined ? {} : { context: { 'iam:PermissionsBoundary': boundary } }",
    '{}',
    'is asked for as a condition',
    'nobody sees whether the responder role may take away what it has set',
  ),
];
