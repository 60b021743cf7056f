import type { AssumeRoleRequest, AssumeRoleResponse } from '@aws-sdk/client-sts';
import { operation } from '../../account.ts';
import { credentialsFor } from '../../iam/credentials.ts';
import { denied, implicitly } from '../../iam/denied.ts';
import { nameOf } from '../../iam/principals.ts';
import { roleWithArn } from '../../iam/roles.ts';
import { checkTrust } from '../../iam/trust.ts';
import { checkAssumeRole, durationOf, MAX_POLICY_CHARACTERS } from './limits.ts';

const ACTION = 'sts:AssumeRole';

/**
 * A role's session. The caller's own policies and the role's trust policy must both allow it. AWS would let a caller of the
 * same account in whom the trust policy names by ARN, without a policy of its own; across accounts it asks for both, and so
 * do we, so that what works here works there.
 */
export const assumeRole = operation<AssumeRoleRequest, AssumeRoleResponse>(
  (input) => {
    // Before IAM is asked: AWS tells what is wrong with the call to whoever makes it.
    checkAssumeRole(input);
    return [{ action: ACTION, resource: input.RoleArn ?? '' }];
  },
  (input, { account, principal }) => {
    const role = roleWithArn(account, input.RoleArn ?? '');
    // AWS does not tell whether a role exists.
    if (!role)
      throw denied(
        nameOf(principal),
        { action: ACTION, resource: input.RoleArn ?? '' },
        implicitly('role trust', ACTION),
      );
    const sessionName = input.RoleSessionName ?? '';
    checkTrust(account, role, principal, {
      'sts:RoleSessionName': sessionName,
      ...(input.ExternalId === undefined ? {} : { 'sts:ExternalId': input.ExternalId }),
    });
    const policies = input.Policy === undefined ? [] : [input.Policy];
    const issued = credentialsFor(account, role.name, sessionName, policies, durationOf(input, role, principal));
    return {
      Credentials: {
        AccessKeyId: issued.accessKeyId,
        SecretAccessKey: issued.secretAccessKey,
        SessionToken: issued.sessionToken,
        Expiration: new Date(issued.expiration),
      },
      AssumedRoleUser: {
        AssumedRoleId: `${role.id}:${sessionName}`,
        Arn: `arn:aws:sts::${account.id}:assumed-role/${role.name}/${sessionName}`,
      },
      // AWS packs policies by a method of its own, which is not published; the share of characters stands in for it.
      ...(input.Policy === undefined
        ? {}
        : { PackedPolicySize: Math.ceil((100 * input.Policy.length) / MAX_POLICY_CHARACTERS) }),
    };
  },
);
