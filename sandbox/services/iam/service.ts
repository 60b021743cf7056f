import type { Service } from '../../account.ts';
import { getRole } from './getRole.ts';
import { getRolePolicy } from './getRolePolicy.ts';
import { getUser } from './getUser.ts';
import { listAttachedRolePolicies } from './listAttachedRolePolicies.ts';
import { listRolePolicies } from './listRolePolicies.ts';
import { listRoles } from './listRoles.ts';
import { listUsers } from './listUsers.ts';

/** Reads the roles that the template made, with what they may do: `iam/` decides by the same documents. */
export const iamService: Service = {
  name: 'iam',
  protocol: 'query',
  target: 'https://iam.amazonaws.com/doc/2010-05-08/',
  operations: {
    GetRole: getRole,
    GetRolePolicy: getRolePolicy,
    GetUser: getUser,
    ListAttachedRolePolicies: listAttachedRolePolicies,
    ListRolePolicies: listRolePolicies,
    ListRoles: listRoles,
    ListUsers: listUsers,
  },
};
