import type { SendCommandRequest, SendCommandResult } from '@aws-sdk/client-ssm';
import { type Account, AwsError, type Call, operation } from '../../../account.ts';
import { authorise } from '../../../iam/authorise.ts';
import { managedNodes, nodeArn, notValid } from '../nodes/state.ts';
import { checkSend } from './checkSend.ts';
import { describedCommand } from './describe.ts';
import { type CommandDocument, checkParameters, documentArn, documentNamed, executionSecondsOf } from './documents.ts';
import { begin } from './motion.ts';
import { commands, type Invocation, type StoredCommand } from './state.ts';
import { targeted } from './targets.ts';
import { millisecondsFor } from './work.ts';

const SEND = 'ssm:SendCommand';
/** "The default for Timeout (seconds) is 3600 seconds" (understanding command timeout values). */
const USUAL_TIMEOUT = 3600;

/** One node that is not managed, does not answer or runs another system fails the whole call. */
function checkNodes(account: Account, document: CommandDocument, ids: readonly string[]): void {
  const unfit = ids.filter((id) => managedNodes(account).get(id)?.ping !== 'Online');
  if (unfit.length > 0) throw notValid(account, unfit);
  const foreign = ids.find((id) => {
    const platform = managedNodes(account).get(id)?.platform.type;
    return platform !== undefined && !document.platforms.includes(platform);
  });
  if (foreign !== undefined) {
    throw new AwsError(
      'UnsupportedPlatformType',
      `The document ${document.name} does not support the platform of ${foreign}.`,
    );
  }
}

/** A target that the caller may not send to is told so by its invocation, not by the call. */
function refusalFor({ account, principal }: Call, id: string): 'AccessDenied' | undefined {
  try {
    authorise(account, principal, [{ action: SEND, resource: nodeArn(account, id) }]);
    return undefined;
  } catch (error) {
    if (error instanceof AwsError) return 'AccessDenied';
    throw error;
  }
}

function invocationOf(call: Call, id: string, isTarget: boolean): Invocation {
  const now = call.account.clock.now();
  const refusal = isTarget ? refusalFor(call, id) : undefined;
  return {
    nodeId: id,
    requestedAt: now,
    visibleAt: now + millisecondsFor(call.account, 'visible'),
    ...(refusal === undefined ? {} : { refusal }),
    status: 'Pending',
    statusDetails: 'Pending',
    isSent: false,
    stdout: '',
    stderr: '',
  };
}

function store(call: Call, input: SendCommandRequest, document: CommandDocument): StoredCommand {
  const { account } = call;
  const { InstanceIds: ids = [], Targets: targets = [] } = input;
  const isTarget = targets.length > 0;
  const nodes = isTarget ? targeted(account, targets).map(({ id }) => id) : ids;
  const executionSeconds = executionSecondsOf(document, input.Parameters ?? {});
  const now = account.clock.now();
  const command: StoredCommand = {
    id: account.random.uuid(),
    documentName: document.name,
    documentVersion: input.DocumentVersion ?? '$DEFAULT',
    comment: input.Comment ?? '',
    parameters: structuredClone(input.Parameters ?? {}),
    instanceIds: ids,
    targets,
    maxConcurrency: input.MaxConcurrency ?? '50',
    maxErrors: input.MaxErrors ?? '0',
    outputS3: { OutputS3BucketName: input.OutputS3BucketName, OutputS3KeyPrefix: input.OutputS3KeyPrefix },
    requestedAt: now,
    expiresAt: now + ((input.TimeoutSeconds ?? USUAL_TIMEOUT) + executionSeconds) * 1000,
    executionSeconds,
    invocations: new Map(nodes.map((id) => [id, invocationOf(call, id, isTarget)])),
    status: 'Pending',
    statusDetails: 'Pending',
    isCancelled: false,
  };
  commands(account).set(command.id, command);
  return command;
}

/**
 * IAM is asked about the document and about every node that is named; about targets, which are found out later, one by one. What
 * the answer shows is the command as it was taken: how it went is read.
 */
export const sendCommand = operation<SendCommandRequest, SendCommandResult>(
  (input, account) => [
    { action: SEND, resource: documentArn(account, input.DocumentName ?? '') },
    ...(input.InstanceIds ?? []).map((id) => ({ action: SEND, resource: nodeArn(account, id) })),
  ],
  (input, call) => {
    checkSend(input);
    const document = documentNamed(input.DocumentName ?? '', input.DocumentVersion);
    checkParameters(document, input.Parameters ?? {});
    checkNodes(call.account, document, input.InstanceIds ?? []);
    const command = store(call, input, document);
    const Command = describedCommand(command);
    begin(call.account, command);
    return { Command };
  },
);
