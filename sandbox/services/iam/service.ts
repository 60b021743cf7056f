import type { Service } from '../../account.ts';
import { deleteRolePermissionsBoundary } from './deleteRolePermissionsBoundary.ts';
import { deleteRolePolicy } from './deleteRolePolicy.ts';
import { getAccessKeyLastUsed } from './getAccessKeyLastUsed.ts';
import { getInstanceProfile } from './getInstanceProfile.ts';
import { getPolicy } from './getPolicy.ts';
import { getPolicyVersion } from './getPolicyVersion.ts';
import { getRole } from './getRole.ts';
import { getRolePolicy } from './getRolePolicy.ts';
import { getUser } from './getUser.ts';
import { listAccessKeys } from './listAccessKeys.ts';
import { listAttachedRolePolicies } from './listAttachedRolePolicies.ts';
import { listInstanceProfilesForRole } from './listInstanceProfilesForRole.ts';
import { listRolePolicies } from './listRolePolicies.ts';
import { listRoles } from './listRoles.ts';
import { listUsers } from './listUsers.ts';
import { putRolePermissionsBoundary } from './putRolePermissionsBoundary.ts';
import { putRolePolicy } from './putRolePolicy.ts';
import { simulatePrincipalPolicy } from './simulatePrincipalPolicy.ts';
import { updateAccessKey } from './updateAccessKey.ts';

/** The users of the account file, and the roles that the template and the account file made, with what they may do: `iam/` decides by the same documents. */
export const iamService: Service = {
  name: 'iam',
  protocol: 'query',
  target: 'https://iam.amazonaws.com/doc/2010-05-08/',
  operations: {
    DeleteRolePermissionsBoundary: deleteRolePermissionsBoundary,
    DeleteRolePolicy: deleteRolePolicy,
    GetAccessKeyLastUsed: getAccessKeyLastUsed,
    GetInstanceProfile: getInstanceProfile,
    GetPolicy: getPolicy,
    GetPolicyVersion: getPolicyVersion,
    GetRole: getRole,
    GetRolePolicy: getRolePolicy,
    GetUser: getUser,
    ListAccessKeys: listAccessKeys,
    ListAttachedRolePolicies: listAttachedRolePolicies,
    ListInstanceProfilesForRole: listInstanceProfilesForRole,
    ListRolePolicies: listRolePolicies,
    ListRoles: listRoles,
    ListUsers: listUsers,
    PutRolePermissionsBoundary: putRolePermissionsBoundary,
    PutRolePolicy: putRolePolicy,
    SimulatePrincipalPolicy: simulatePrincipalPolicy,
    UpdateAccessKey: updateAccessKey,
  },
};
