import type { ModifyInstanceAttributeRequest } from '@aws-sdk/client-ec2';
import { AwsError, operation } from '../../account.ts';
import { refuseDryRun } from './dryRun.ts';
import { groupsForInterface } from './groups.ts';
import { hostsNamed } from './instances.ts';
import { onGroup } from './tagging.ts';
import { refuseOthers } from './unsupported.ts';
import { ec2Arn } from './vpc.ts';

/** Puts a host in other security groups: its one interface. */
export const modifyInstanceAttribute = operation<ModifyInstanceAttributeRequest, object>(
  (input, account) => [
    {
      action: 'ec2:ModifyInstanceAttribute',
      resource: ec2Arn(account, `instance/${input.InstanceId ?? ''}`),
    },
    ...(input.Groups ?? []).map((id) => onGroup(account, 'ec2:ModifyInstanceAttribute', id)),
  ],
  (input, { account }) => {
    refuseDryRun(input);
    const { InstanceId, Groups } = input;
    if (InstanceId === undefined) {
      throw new AwsError('MissingParameter', 'The request must contain the parameter instanceId');
    }
    const [host] = hostsNamed(account, [InstanceId]);
    refuseOthers(input, ['InstanceId', 'Groups', 'DryRun']);
    if (Groups === undefined || host === undefined) {
      throw new AwsError('InvalidParameterCombination', 'No attributes specified.');
    }
    host.securityGroups = groupsForInterface(account, Groups);
    return {};
  },
);
