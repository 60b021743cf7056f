import * as z from 'zod';
import { type ChangingCall, textAt } from '../changingCall.ts';
import { defineAction } from '../contract.ts';
import {
  globalRegion,
  onRole,
  type RoleTarget,
  roleAccountsPermissions,
  roleUsersPermissions,
} from '../targets/roleTarget.ts';
import { volatileUse } from '../targets/roleUse.ts';
import { notYet, revoke, takeAway, verifyRevoked, verifyTakenAway } from './changes.ts';
import { policyName } from './deny.ts';
import { type Observed, observeRole } from './observe.ts';
import { planRevoke, reversal } from './plan.ts';
import { readDeny } from './role.ts';

const params = z.strictObject({ maxOtherUsers: z.number().int().min(0).max(1000).default(0) });
type Params = z.infer<typeof params>;

/** Cuts off the sessions of a role that were issued so far: credentials that were taken out of a workload stop working. */
export const revokeRoleSessions = defineAction<Params, Observed, 'role'>({
  name: 'iam.revoke-role-sessions',
  summary: 'Revoke the sessions of a role that were issued until what is accused had stopped',
  targets: ['role'],
  params,
  example: '- iam.revoke-role-sessions: { maxOtherUsers: 2 }',
  permissions: (target) => ({
    write: onRole(target, 'iam:PutRolePolicy', 'iam:DeleteRolePolicy'),
    read: [
      ...onRole(target, 'iam:GetRole', 'iam:GetRolePolicy', 'iam:ListRolePolicies'),
      ...roleUsersPermissions(target),
      ...roleAccountsPermissions(target),
    ],
  }),
  // Whether what is accused runs on, and would get new credentials.
  inCluster: { read: [{ verb: 'list', group: '', resource: 'pods' }], write: [] },
  facts: {
    phase: 'role',
    changes: true,
    destroysEvidence: false,
    // A task that runs fetches new credentials, and the role is cut off for nothing.
    needsWorkloadGone: true,
    issuesFreshCredentials: false,
    contains: true,
  },
  decisive: ['others', 'letIn', 'protectedBy'],
  restores: ['policy'],
  volatile: [...volatileUse, 'hosts', 'size'],
  reversal,
  limits: [
    'Of a pod that comes in by a web identity token (IRSA), whoever took the token gets new sessions until it expires, by default for a day: the credentials are told as open. Its service account has to be taken out of the trust policy by hand.',
    'Everybody who has a session of the role from before the cut-off is refused, whoever it was given to. An SDK that runs asks for new credentials only shortly before the old ones end, which may take hours: restart what must not wait.',
    'A session that is cut off cannot be given back; undo only takes the policy away, and refuses to before cut-off + 12 hours (a role’s longest session), because what was stolen would work again until it ends.',
    'Who else uses the role is read from ECS services and tasks, Lambda functions, EC2 instances and, where the role lets pods in, service accounts on EKS, of this account and Region. Users in other Regions, and what a schedule or a pipeline would start, are not looked for; whoever else the trust policy lets in counts as one user each.',
    'The other tasks of the accused task’s own service are shown, and not counted as other users.',
    'IAM takes some seconds until a policy is in force everywhere (eventual consistency); that it is shown does not say that it is.',
    'What another role was assumed with stays: sessions that were taken of other roles by a stolen one are cut off where those roles are.',
    'Resources whose own policy names the session itself are denied, too, but presigned URLs and the like that are checked without IAM’s identity policies are not looked at.',
    'What gets new credentials by itself (a task that is not stopped, an instance) has them a moment later: contain that first.',
    'Roles of Firebreak itself, break-glass roles (by name), service-linked roles and those of IAM Identity Center are never changed.',
    'IAM scopes iam:PutRolePolicy to the role, and not to the name or text of the policy: whoever had the responder role without a session policy could write any. Nothing but this action asks for it.',
  ],
  timeoutSeconds: 330,
  observe: observeRole,
  plan: (target, { maxOtherUsers }, observed) => planRevoke(target, maxOtherUsers, observed),
  changedBy: (target) => ['PutRolePolicy', 'DeleteRolePolicy'].map((call) => changing(call, target)),
  intended: () => ({ policy: 'ours' }),
  execute: (target, _params, _before, context) => revoke(target, context),
  verify: (target, _params, _before, context) => verifyRevoked(target, context),
  staysYet: async (target, _before, context) => notYet(target.id, await readDeny(target, context), context.clock.now()),
  undo: (target, _params, before, context) => takeAway(target, before, context),
  verifyUndone: (target, _params, before, context) => verifyTakenAway(target, before, context),
  // What is fixed is the workload: sessions from before do not come back with that.
  release: {
    plan: async ({ id }) => ({
      kind: 'release',
      sentence: `Leave the sessions of role ${id} that were cut off as they are, and let it go: the policy ${policyName} denies newer ones nothing.`,
      chosen: {},
      runs: [],
      named: false,
    }),
    intended: () => ({}),
    execute: async ({ id }) => ({ kind: 'done', did: `role ${id}: left as it is` }),
    verify: async (target, _params, _before, context) => {
      const found = await readDeny(target, context);
      const seen = `role ${target.id} ${found === 'none' ? 'has no' : 'keeps its'} policy ${policyName}`;
      return { state: 'holds', seen, absence: false };
    },
  },
});

const changing = (eventName: string, target: RoleTarget): ChangingCall => ({
  eventName,
  eventSource: 'iam.amazonaws.com',
  region: globalRegion(target),
  isOn: (asked) => textAt(asked, 'roleName') === target.id && textAt(asked, 'policyName') === policyName,
});
