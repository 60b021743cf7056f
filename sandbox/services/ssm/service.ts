import type { Service } from '../../account.ts';
import { describeAssociation } from './associations/describeAssociation.ts';
import { describeAssociationExecutions } from './associations/describeAssociationExecutions.ts';
import { describeAssociationExecutionTargets } from './associations/describeAssociationExecutionTargets.ts';
import { describeInstanceAssociationsStatus } from './associations/describeInstanceAssociationsStatus.ts';
import { listAssociations } from './associations/listAssociations.ts';
import { startAssociationsOnce } from './associations/startAssociationsOnce.ts';
import { cancelCommand } from './commands/cancelCommand.ts';
import { getCommandInvocation } from './commands/getCommandInvocation.ts';
import { listCommandInvocations } from './commands/listCommandInvocations.ts';
import { listCommands } from './commands/listCommands.ts';
import { sendCommand } from './commands/sendCommand.ts';
import { deleteParameter } from './deleteParameter.ts';
import { describeParameters } from './describeParameters.ts';
import { getParameter } from './getParameter.ts';
import { getParameters } from './getParameters.ts';
import { getParametersByPath } from './getParametersByPath.ts';
import { labelParameterVersion } from './labelParameterVersion.ts';
import { describeInstanceInformation } from './nodes/describeInstanceInformation.ts';
import { describeInstancePatches } from './patches/describeInstancePatches.ts';
import { describeInstancePatchStates } from './patches/describeInstancePatchStates.ts';
import { listComplianceItems } from './patches/listComplianceItems.ts';
import { listResourceComplianceSummaries } from './patches/listResourceComplianceSummaries.ts';
import { putParameter } from './putParameter.ts';
import { counted } from './rates.ts';

/** Parameter Store: hierarchy, versions, labels, change events. Managed nodes, Run Command, associations of State Manager, and what patching reports. */
export const ssmService: Service = {
  name: 'ssm',
  protocol: 'json-1.1',
  target: 'AmazonSSM',
  operations: counted({
    CancelCommand: cancelCommand,
    DeleteParameter: deleteParameter,
    DescribeAssociation: describeAssociation,
    DescribeAssociationExecutions: describeAssociationExecutions,
    DescribeAssociationExecutionTargets: describeAssociationExecutionTargets,
    DescribeInstanceAssociationsStatus: describeInstanceAssociationsStatus,
    DescribeInstanceInformation: describeInstanceInformation,
    DescribeInstancePatches: describeInstancePatches,
    DescribeInstancePatchStates: describeInstancePatchStates,
    DescribeParameters: describeParameters,
    GetCommandInvocation: getCommandInvocation,
    GetParameter: getParameter,
    GetParameters: getParameters,
    GetParametersByPath: getParametersByPath,
    LabelParameterVersion: labelParameterVersion,
    ListAssociations: listAssociations,
    ListCommandInvocations: listCommandInvocations,
    ListCommands: listCommands,
    ListComplianceItems: listComplianceItems,
    ListResourceComplianceSummaries: listResourceComplianceSummaries,
    PutParameter: putParameter,
    SendCommand: sendCommand,
    StartAssociationsOnce: startAssociationsOnce,
  }),
};
