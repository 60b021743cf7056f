import type { ModifyNetworkInterfaceAttributeRequest } from '@aws-sdk/client-ec2';
import { type Account, AwsError, operation } from '../../account.ts';
import { refuseDryRun } from './dryRun.ts';
import { interfaceArn, interfacesNamed } from './interfaces.ts';

const groupArn = (account: Account, id: string): string =>
  `arn:aws:ec2:${account.region}:${account.id}:security-group/${id}`;

/**
 * Refused for every interface that there is: those of tasks are ECS's own, and "can't be detached or modified by your account"
 * (ECS Developer Guide, task networking). That the code is AuthFailure is from reports of such calls, not from AWS's documentation.
 */
export const modifyNetworkInterfaceAttribute = operation<ModifyNetworkInterfaceAttributeRequest, never>(
  (input, account) =>
    [
      interfaceArn(account, input.NetworkInterfaceId ?? ''),
      ...(input.Groups ?? []).map((id) => groupArn(account, id)),
    ].map((resource) => ({ action: 'ec2:ModifyNetworkInterfaceAttribute', resource })),
  (input, { account }) => {
    refuseDryRun(input);
    if (input.NetworkInterfaceId === undefined) {
      throw new AwsError('MissingParameter', 'The request must contain the parameter networkInterfaceId');
    }
    interfacesNamed(account, [input.NetworkInterfaceId]);
    throw new AwsError('AuthFailure', 'You do not have permission to access the specified resource.');
  },
);
