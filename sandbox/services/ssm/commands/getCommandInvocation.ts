import type { GetCommandInvocationRequest, GetCommandInvocationResult } from '@aws-sdk/client-ssm';
import { type Account, AwsError, operation } from '../../../account.ts';
import { checkNodeId } from '../limits.ts';
import { type StepResult, stepsOf } from './describe.ts';
import { documentNamed } from './documents.ts';
import { checkCommandId } from './find.ts';
import { shownErrors, shownOutput } from './output.ts';
import { commands, type Invocation, type StoredCommand } from './state.ts';

interface Found {
  readonly command: StoredCommand;
  readonly invocation: Invocation;
}

/** Right after SendCommand it is not there yet. Throws AwsError InvocationDoesNotExist, to which AWS gives no message. */
function find(account: Account, input: GetCommandInvocationRequest): Found {
  const command = commands(account).get(checkCommandId(input.CommandId));
  const invocation = command?.invocations.get(checkNodeId('instanceId', input.InstanceId));
  if (command !== undefined && invocation !== undefined && invocation.visibleAt <= account.clock.now()) {
    return { command, invocation };
  }
  throw new AwsError('InvocationDoesNotExist', '');
}

/** The step that is asked for. Throws AwsError InvalidPluginName, also where a document of several is asked for none. */
function stepNamed({ command, invocation }: Found, name: string | undefined): StepResult | undefined {
  const { steps } = documentNamed(command.documentName);
  const step = name === undefined ? steps[0]?.name : name;
  const isKnown = steps.some((each) => each.name === step);
  if (!isKnown || (name === undefined && steps.length > 1)) throw new AwsError('InvalidPluginName', '');
  return stepsOf(command, invocation).find((each) => each.name === step);
}

const iso = (at: number | undefined): string => (at === undefined ? '' : new Date(at).toISOString());

/** The status of one step on one node. What it wrote is there once it has ended. IAM does not scope it. */
export const getCommandInvocation = operation<GetCommandInvocationRequest, GetCommandInvocationResult>(
  () => [{ action: 'ssm:GetCommandInvocation', resource: '*' }],
  (input, { account }) => {
    const found = find(account, input);
    const { command, invocation } = found;
    const step = stepNamed(found, input.PluginName);
    const { startedAt, endedAt } = step ?? {};
    const elapsed = startedAt === undefined ? undefined : ((endedAt ?? account.clock.now()) - startedAt) / 1000;
    return {
      CommandId: command.id,
      InstanceId: invocation.nodeId,
      Comment: command.comment,
      DocumentName: command.documentName,
      DocumentVersion: command.documentVersion,
      PluginName: step?.name ?? input.PluginName ?? '',
      ResponseCode: step?.responseCode ?? -1,
      ExecutionStartDateTime: iso(startedAt),
      ExecutionElapsedTime: elapsed === undefined ? '' : `PT${elapsed}S`,
      ExecutionEndDateTime: iso(endedAt),
      Status: step?.status ?? invocation.status,
      StatusDetails: step?.statusDetails ?? invocation.statusDetails,
      StandardOutputContent: shownOutput(step?.stdout ?? ''),
      StandardOutputUrl: '',
      StandardErrorContent: shownErrors(step?.stderr ?? ''),
      StandardErrorUrl: '',
      CloudWatchOutputConfig: { CloudWatchLogGroupName: '', CloudWatchOutputEnabled: false },
    };
  },
);
