import type { CommandInvocationStatus, CommandStatus } from '@aws-sdk/client-ssm';
import { hasEnded, type Invocation, type StoredCommand } from './state.ts';

/** How an invocation ends, in the finer words; `Status` has fewer. */
const STATUS = {
  Success: 'Success',
  Failed: 'Failed',
  ExecutionTimedOut: 'TimedOut',
  DeliveryTimedOut: 'TimedOut',
  Undeliverable: 'Failed',
  InvalidPlatform: 'Failed',
  AccessDenied: 'Failed',
  Cancelled: 'Cancelled',
  Terminated: 'Cancelled',
} as const satisfies Record<string, CommandInvocationStatus>;

export type Ending = keyof typeof STATUS;

export function endInvocation(invocation: Invocation, ending: Ending, now: number): void {
  invocation.status = STATUS[ending];
  invocation.statusDetails = ending;
  invocation.endedAt = now;
}

/** A number, or a percentage of the targets: of errors rounded down, as 10% of 50 allow five. */
export function limitOf(text: string, targets: number): number {
  return text.endsWith('%') ? Math.floor((Number(text.slice(0, -1)) * targets) / 100) : Number(text);
}

const all = ({ invocations }: StoredCommand): readonly Invocation[] => [...invocations.values()];

const withDetails = (command: StoredCommand, ...details: readonly Ending[]): number =>
  all(command).filter((each) => hasEnded(each) && details.some((one) => one === each.statusDetails)).length;

/** Failures and time-outs of execution: what MaxErrors counts, and no trouble with delivery. */
export const errorsOf = (command: StoredCommand): number => withDetails(command, 'Failed', 'ExecutionTimedOut');

export const tooManyErrors = (command: StoredCommand): boolean =>
  errorsOf(command) > limitOf(command.maxErrors, command.invocations.size);

export const timedOutOf = (command: StoredCommand): number => withDetails(command, 'DeliveryTimedOut');

export const completedOf = (command: StoredCommand): number => all(command).filter(hasEnded).length;

interface Verdict {
  readonly status: CommandStatus;
  readonly details: string;
}

/** Once every invocation has ended: "Understanding command statuses" of the user guide, where it decides. */
function verdict(command: StoredCommand): Verdict {
  const total = command.invocations.size;
  if (total === 0) return { status: 'Success', details: 'NoInstancesInTag' };
  const cancelled = withDetails(command, 'Cancelled');
  if (cancelled === total || (command.isCancelled && cancelled > 0))
    return { status: 'Cancelled', details: 'Cancelled' };
  if (tooManyErrors(command)) {
    return withDetails(command, 'Failed') === 0
      ? { status: 'TimedOut', details: 'ExecutionTimedOut' }
      : { status: 'Failed', details: 'Failed' };
  }
  if (timedOutOf(command) > limitOf(command.maxErrors, total))
    return { status: 'TimedOut', details: 'DeliveryTimedOut' };
  const succeeded = withDetails(command, 'Success');
  if (succeeded === total) return { status: 'Success', details: 'Success' };
  if (withDetails(command, 'Undeliverable', 'InvalidPlatform', 'AccessDenied') === total) {
    return { status: 'Failed', details: 'Failed' };
  }
  return succeeded > 0 && errorsOf(command) === 0 && timedOutOf(command) === 0
    ? { status: 'Success', details: 'Success' }
    : { status: 'Success', details: 'Incomplete' };
}

/** What the command as a whole is now. */
export function statusOf(command: StoredCommand): Verdict {
  if (all(command).every(hasEnded)) return verdict(command);
  if (command.isCancelled) return { status: 'Cancelling', details: 'Cancelling' };
  return all(command).every(({ status }) => status === 'Pending')
    ? { status: 'Pending', details: 'Pending' }
    : { status: 'InProgress', details: 'InProgress' };
}
