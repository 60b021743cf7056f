import type { ModifyInstanceAttributeRequest } from '@aws-sdk/client-ec2';
import { AwsError, operation } from '../../account.ts';
import { refuseDryRun } from './dryRun.ts';
import { groupsForInterface } from './groups.ts';
import { hostsNamed } from './instances.ts';
import { refuseOthers } from './unsupported.ts';
import { ec2Arn, groupArn } from './vpc.ts';

/** Puts a host in other security groups: its one interface. */
export const modifyInstanceAttribute = operation<ModifyInstanceAttributeRequest, object>(
  (input, account) =>
    [
      ec2Arn(account, `instance/${input.InstanceId ?? ''}`),
      ...(input.Groups ?? []).map((id) => groupArn(account, id)),
    ].map((resource) => ({ action: 'ec2:ModifyInstanceAttribute', resource })),
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
