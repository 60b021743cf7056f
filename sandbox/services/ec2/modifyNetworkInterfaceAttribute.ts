import type { ModifyNetworkInterfaceAttributeRequest } from '@aws-sdk/client-ec2';
import { AwsError, operation } from '../../account.ts';
import { refuseDryRun } from './dryRun.ts';
import { groupsForInterface } from './groups.ts';
import { interfaceArn, interfacesNamed } from './interfaces.ts';
import { onGroup } from './tagging.ts';
import { refuseOthers } from './unsupported.ts';

/**
 * Puts the interface of a host in other security groups. Those of tasks are ECS's own, and "can't be detached or modified by your
 * account" (ECS Developer Guide, task networking). That the code is AuthFailure is from reports of such calls, not from AWS's
 * documentation.
 */
export const modifyNetworkInterfaceAttribute = operation<ModifyNetworkInterfaceAttributeRequest, object>(
  (input, account) => [
    {
      action: 'ec2:ModifyNetworkInterfaceAttribute',
      resource: interfaceArn(account, input.NetworkInterfaceId ?? ''),
    },
    ...(input.Groups ?? []).map((id) => onGroup(account, 'ec2:ModifyNetworkInterfaceAttribute', id)),
  ],
  (input, { account }) => {
    refuseDryRun(input);
    const { NetworkInterfaceId, Groups } = input;
    if (NetworkInterfaceId === undefined) {
      throw new AwsError('MissingParameter', 'The request must contain the parameter networkInterfaceId');
    }
    const [{ host } = {}] = interfacesNamed(account, [NetworkInterfaceId]);
    if (host === undefined) {
      throw new AwsError('AuthFailure', 'You do not have permission to access the specified resource.');
    }
    refuseOthers(input, ['NetworkInterfaceId', 'Groups', 'DryRun']);
    if (Groups === undefined) throw new AwsError('InvalidParameterCombination', 'No attributes specified.');
    host.securityGroups = groupsForInterface(account, Groups);
    return {};
  },
);
