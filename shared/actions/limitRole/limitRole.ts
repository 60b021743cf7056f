import { textAt } from '../changingCall.ts';
import { defineAction } from '../contract.ts';
import { globalRegion, onRole, roleAccountsPermissions, roleUsersPermissions } from '../targets/roleTarget.ts';
import { volatileUse } from '../targets/roleUse.ts';
import { boundaryArn, onBoundary, prefix } from './boundary.ts';
import { lift, limit, verifyLifted, verifyLimited } from './changes.ts';
import { observeLimit } from './observe.ts';
import { planLimit, reversal } from './plan.ts';
import { chosenShape, type Observed, type Params, params } from './types.ts';

/** Bounds what a role may do, whoever has its credentials and whenever they were issued. */
export const limitRole = defineAction<Params, Observed, 'role'>({
  name: 'iam.limit-role',
  summary: 'Limit what a role may do to what a permissions boundary allows, in sessions that are there and in new ones',
  targets: ['role'],
  params,
  example: '- iam.limit-role: { boundary: firebreak-boundary, maxOtherUsers: 0 }',
  permissions: (target, chosen) => {
    // Only where nothing was chosen is it any of them: what was chosen and names none is granted nothing.
    const arn = chosen === undefined ? boundaryArn(target, `${prefix}*`) : chosenShape.parse(chosen).boundary;
    // Of what is set, IAM is asked with the policy that is to be; of what is taken away, with the one that is.
    const condition = { ArnLike: { 'iam:PermissionsBoundary': arn } };
    const calls = onRole(target, 'iam:PutRolePermissionsBoundary', 'iam:DeleteRolePermissionsBoundary');
    return {
      write: calls.map((call) => ({ ...call, condition })),
      read: [
        ...onRole(target, 'iam:GetRole'),
        ...onBoundary(arn, 'iam:GetPolicy', 'iam:GetPolicyVersion'),
        ...roleUsersPermissions(target),
        ...roleAccountsPermissions(target),
      ],
    };
  },
  // Which pods use the role besides what is accused.
  inCluster: { read: [{ verb: 'list', group: '', resource: 'pods' }], write: [] },
  facts: {
    phase: 'role',
    changes: true,
    destroysEvidence: false,
    // What runs on, and what is started anew, is limited as well.
    needsWorkloadGone: false,
    issuesFreshCredentials: false,
    contains: true,
  },
  decisive: ['others', 'hosts', 'letIn', 'protectedBy', 'version', 'limits'],
  restores: ['boundary'],
  volatile: volatileUse,
  reversal,
  limits: [
    'The policy is yours, by name, in the account of the role: what it allows is what whoever has the credentials may still do. A boundary grants nothing: the role may do what its own policies and the boundary both allow.',
    `Its name begins with ${prefix} and has no path: the responder role may set and take away no other, so that it can give a role no wider boundary. Whoever may change such a policy changes what limited roles may do.`,
    'A boundary that allows everything and denies nothing is refused. Whether one that limits something limits what matters nobody but its owner knows.',
    'A role that has another boundary is left to a person: IAM replaces a boundary, and what the old one denied might be allowed then.',
    'Everybody who uses the role is limited, the clean tasks that take the place of the accused ones too, until an undo or a release.',
    'What the policy of a resource grants a session of the role by its ARN, or everybody with a condition on the role, is stopped only by what the boundary denies, not by what it leaves out; what one grants the role is stopped by both (IAM user guide, "Permissions boundaries for IAM entities").',
    'Nobody is put out: a session goes on with what is left to it, and connections that are open (a database, a tunnel) stay. Sessions of other roles that were assumed with it before are limited where those roles are.',
    'Who else uses the role is read from ECS services and tasks, Lambda functions, EC2 instances and, where the role lets pods in, service accounts on EKS, of this account and Region. Whoever else the trust policy lets in counts as one user each.',
    'The role of an EC2 instance (an instance profile’s), also of the one that the credentials were given to, is limited only with hosts: true: what the boundary leaves out, the agents of SSM, ECS and Kubernetes on that host are refused, and ssm.patch-hosts and ecs.contain-service may fail there. Tasks and pods of others on it are not counted as users.',
    'The other tasks of the accused task’s own service are shown, and not counted as other users.',
    'IAM takes some seconds until a boundary is in force everywhere (eventual consistency); that it is shown does not say that it is.',
    'Roles of Firebreak itself, break-glass roles (by name), service-linked roles and those of IAM Identity Center are never changed.',
  ],
  timeoutSeconds: 330,
  observe: observeLimit,
  plan: planLimit,
  changedBy: (target) =>
    ['PutRolePermissionsBoundary', 'DeleteRolePermissionsBoundary'].map((eventName) => ({
      eventName,
      eventSource: 'iam.amazonaws.com',
      region: globalRegion(target),
      isOn: (asked) => textAt(asked, 'roleName') === target.id,
    })),
  intended: (_target, _params, before, chosen) => {
    const { success, data } = chosenShape.safeParse(chosen);
    return { boundary: success ? data.boundary : before.boundary };
  },
  execute: (target, _params, _before, context) => limit(target, context),
  verify: (target, _params, _before, context) => verifyLimited(target, context),
  undo: (target, _params, before, context) => lift(target, before, context),
  verifyUndone: (target, _params, before, context) => verifyLifted(target, before, context),
  // Once it is fixed, whoever uses the role needs what it may do: nothing that was accused comes with it.
  release: {
    plan: async ({ id }, _params, _before, to, { chosen = {} }) =>
      to === null
        ? {
            kind: 'release',
            sentence: `Take the permissions boundary from role ${id}: it may do again what it might before.`,
            chosen,
            runs: [],
            named: false,
          }
        : { kind: 'elsewhere', reason: `role ${id} stays limited: a role is not put on a version. Leave out --to.` },
    intended: (_target, { boundary }) => ({ boundary }),
    execute: (target, _params, before, context) => lift(target, before, context),
    verify: (target, _params, before, context) => verifyLifted(target, before, context),
  },
});
