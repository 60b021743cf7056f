import type { Command, CommandInvocation, CommandPlugin, CommandPluginStatus, PlatformType } from '@aws-sdk/client-ssm';
import { documentNamed } from './documents.ts';
import { completedOf, errorsOf, timedOutOf } from './outcome.ts';
import { shownTogether } from './output.ts';
import type { Invocation, StoredCommand } from './state.ts';

/** What AWS answers where nothing of the kind was asked for. */
const NOTHING_ASKED = {
  ServiceRole: '',
  NotificationConfig: { NotificationArn: '', NotificationEvents: [], NotificationType: '' as never },
  CloudWatchOutputConfig: { CloudWatchLogGroupName: '', CloudWatchOutputEnabled: false },
};

export function describedCommand(command: StoredCommand): Command {
  return {
    CommandId: command.id,
    DocumentName: command.documentName,
    DocumentVersion: command.documentVersion,
    Comment: command.comment,
    ExpiresAfter: new Date(command.expiresAt),
    Parameters: Object.fromEntries(Object.entries(command.parameters).map(([name, values]) => [name, [...values]])),
    InstanceIds: [...command.instanceIds],
    Targets: [...command.targets],
    RequestedDateTime: new Date(command.requestedAt),
    Status: command.status,
    StatusDetails: command.statusDetails,
    OutputS3BucketName: command.outputS3.OutputS3BucketName ?? '',
    OutputS3KeyPrefix: command.outputS3.OutputS3KeyPrefix ?? '',
    MaxConcurrency: command.maxConcurrency,
    MaxErrors: command.maxErrors,
    TargetCount: command.invocations.size,
    CompletedCount: completedOf(command),
    ErrorCount: errorsOf(command),
    DeliveryTimedOutCount: timedOutOf(command),
    ...NOTHING_ASKED,
  };
}

/** One step of the document on one node. */
export interface StepResult {
  readonly name: string;
  readonly status: CommandPluginStatus;
  readonly statusDetails: string;
  /** -1: it has not run. */
  readonly responseCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly startedAt?: number;
  readonly endedAt?: number;
}

const skipped = (name: string, platform: PlatformType): string =>
  `Step execution skipped due to unsatisfied preconditions: '"StringEquals": [platformType, ${platform}]'. Step name: ${name}`;

/** The steps that the node has taken: a step of another platform is skipped, which counts as a success. */
export function stepsOf(command: StoredCommand, invocation: Invocation): readonly StepResult[] {
  const { platform, startedAt, endedAt } = invocation;
  if (platform === undefined || startedAt === undefined) return [];
  return documentNamed(command.documentName).steps.map(({ name, platform: wanted }): StepResult => {
    if (wanted !== undefined && wanted !== platform) {
      const result = { name, status: 'Success', statusDetails: 'Success', responseCode: 0 } as const;
      return { ...result, stdout: skipped(name, wanted), stderr: '', startedAt, endedAt: startedAt };
    }
    return {
      name,
      status: pluginStatus(invocation),
      statusDetails: invocation.statusDetails,
      responseCode: invocation.exitCode ?? -1,
      stdout: invocation.stdout,
      stderr: invocation.stderr,
      startedAt,
      ...(endedAt === undefined ? {} : { endedAt }),
    };
  });
}

/** A step has fewer words than its invocation. */
function pluginStatus({ status }: Invocation): CommandPluginStatus {
  return status === 'Delayed' ? 'Pending' : status === 'Cancelling' ? 'InProgress' : status;
}

function plugin({ outputS3 }: StoredCommand, step: StepResult): CommandPlugin {
  return {
    Name: step.name,
    Status: step.status,
    StatusDetails: step.statusDetails,
    ResponseCode: step.responseCode,
    ...(step.startedAt === undefined ? {} : { ResponseStartDateTime: new Date(step.startedAt) }),
    ...(step.endedAt === undefined ? {} : { ResponseFinishDateTime: new Date(step.endedAt) }),
    Output: shownTogether(step.stdout, step.stderr),
    StandardOutputUrl: '',
    StandardErrorUrl: '',
    OutputS3BucketName: outputS3.OutputS3BucketName ?? '',
    OutputS3KeyPrefix: outputS3.OutputS3KeyPrefix ?? '',
  };
}

/** @param details whether its steps and what they wrote are among it */
export function describedInvocation(
  command: StoredCommand,
  invocation: Invocation,
  details: boolean,
): CommandInvocation {
  return {
    CommandId: command.id,
    InstanceId: invocation.nodeId,
    InstanceName: '',
    Comment: command.comment,
    DocumentName: command.documentName,
    DocumentVersion: command.documentVersion,
    RequestedDateTime: new Date(invocation.requestedAt),
    Status: invocation.status,
    StatusDetails: invocation.statusDetails,
    StandardOutputUrl: '',
    StandardErrorUrl: '',
    CommandPlugins: details ? stepsOf(command, invocation).map((step) => plugin(command, step)) : [],
    ...NOTHING_ASKED,
  };
}
