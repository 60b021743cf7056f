import type {
  CommandInvocationStatus,
  CommandStatus,
  PlatformType,
  SendCommandRequest,
  Target,
} from '@aws-sdk/client-ssm';
import { slice } from '../../../account.ts';

/** A command on one node. Times are milliseconds since the epoch. */
export interface Invocation {
  readonly nodeId: string;
  readonly requestedAt: number;
  /** GetCommandInvocation and ListCommandInvocations do not know it before. */
  readonly visibleAt: number;
  /** Why it will not be delivered, found when the command was sent to a target. */
  readonly refusal?: 'AccessDenied';
  status: CommandInvocationStatus;
  statusDetails: string;
  /** It counts against MaxConcurrency from then until it has ended. */
  isSent: boolean;
  /** Once the node has taken it. */
  platform?: PlatformType;
  startedAt?: number;
  endedAt?: number;
  /** Once it has run: what it wrote is whole here, and cut where it is shown. */
  exitCode?: number;
  stdout: string;
  stderr: string;
}

export interface StoredCommand {
  readonly id: string;
  readonly documentName: string;
  readonly documentVersion: string;
  readonly comment: string;
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  readonly instanceIds: readonly string[];
  readonly targets: readonly Target[];
  readonly maxConcurrency: string;
  readonly maxErrors: string;
  readonly outputS3: Pick<SendCommandRequest, 'OutputS3BucketName' | 'OutputS3KeyPrefix'>;
  readonly requestedAt: number;
  /** What is not done by then was not delivered. */
  readonly expiresAt: number;
  /** A node has so long for it once it began. */
  readonly executionSeconds: number;
  /** By the node's id, in the order in which it is sent. */
  readonly invocations: Map<string, Invocation>;
  status: CommandStatus;
  statusDetails: string;
  /** As a whole, not on some of its nodes. */
  isCancelled: boolean;
  /** Number of the clock event at `expiresAt`; absent once the command has ended. */
  expiry?: number;
}

/** By id, oldest first. */
export const commands = slice('ssm.commands', () => new Map<string, StoredCommand>());

export const hasEnded = ({ endedAt }: Pick<Invocation, 'endedAt'>): boolean => endedAt !== undefined;
