import type { Account } from '../../../account.ts';
import { putServiceEvent } from '../../eventbridge/bus.ts';
import { nodeArn } from '../nodes/state.ts';
import type { Invocation, StoredCommand } from './state.ts';

/** Statuses that are told, as events spell them: the API writes `Cancelled`. */
const TOLD: Readonly<Record<string, string>> = {
  InProgress: 'InProgress',
  Success: 'Success',
  TimedOut: 'TimedOut',
  Cancelled: 'Canceled',
  Failed: 'Failed',
};

const iso = (at: number): string => new Date(at).toISOString();

/** Emits `EC2 Command Status-change Notification` (Systems Manager user guide, EventBridge event samples). */
export function tellCommand(account: Account, command: StoredCommand): void {
  const status = TOLD[command.status];
  if (status === undefined) return;
  putServiceEvent(account, {
    source: 'aws.ssm',
    detailType: 'EC2 Command Status-change Notification',
    resources: [...command.invocations.keys()].map((id) => nodeArn(account, id)),
    detail: {
      'command-id': command.id,
      'document-name': command.documentName,
      'expire-after': iso(command.expiresAt),
      parameters: command.parameters,
      'requested-date-time': iso(command.requestedAt),
      status,
    },
  });
}

/** Emits `EC2 Command Invocation Status-change Notification` (the same samples). */
export function tellInvocation(account: Account, command: StoredCommand, invocation: Invocation): void {
  const status = TOLD[invocation.status];
  if (status === undefined) return;
  putServiceEvent(account, {
    source: 'aws.ssm',
    detailType: 'EC2 Command Invocation Status-change Notification',
    resources: [nodeArn(account, invocation.nodeId)],
    detail: {
      'command-id': command.id,
      'document-name': command.documentName,
      'instance-id': invocation.nodeId,
      'requested-date-time': iso(invocation.requestedAt),
      status,
    },
  });
}
