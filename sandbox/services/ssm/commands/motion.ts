import type { JsonObject } from '../../../../shared/platform/json.ts';
import { type Account, slice } from '../../../account.ts';
import { endReboot } from '../nodes/reboot.ts';
import { type ManagedNode, managedNodes } from '../nodes/state.ts';
import { documentNamed } from './documents.ts';
import { tellCommand, tellInvocation } from './events.ts';
import { type Ending, endInvocation, limitOf, statusOf, tooManyErrors } from './outcome.ts';
import { commands, hasEnded, type Invocation, type StoredCommand } from './state.ts';
import { afterReboot, behaviourOf, type Done, millisecondsFor, work, workMilliseconds } from './work.ts';

const STEP = 'ssm.step';
const EXPIRES = 'ssm.expires';

/** What happens to an invocation next. */
type Step = 'deliver' | 'work' | 'up' | 'cancel';

const handled = slice('ssm.motion', (account) => {
  account.clock.on(STEP, (args) => {
    const { command: id, node, step } = args as { command: string; node: string; step: Step };
    const command = commands(account).get(id);
    const invocation = command?.invocations.get(node);
    if (command === undefined || invocation === undefined) return;
    if (step !== 'up' && hasEnded(invocation)) return;
    STEPS[step](account, command, invocation);
    goOn(account, command);
  });
  account.clock.on(EXPIRES, (args) => {
    const command = commands(account).get((args as { command: string }).command);
    if (command !== undefined) expire(account, command);
  });
  return true;
});

const STEPS = { deliver, work: finishWork, up: comeUp, cancel: stop };

/** Begins what a command that was just stored leads to. */
export function begin(account: Account, command: StoredCommand): void {
  handled(account);
  const args: JsonObject = { command: command.id };
  command.expiry = account.clock.after(command.expiresAt - account.clock.now(), EXPIRES, args);
  goOn(account, command);
}

function queue(account: Account, command: StoredCommand, invocation: Invocation, step: Step, delay: number): void {
  account.clock.after(delay, STEP, { command: command.id, node: invocation.nodeId, step });
}

/** Something of it has changed: sends it to whom it may go next, and tells where it stands as a whole. */
function goOn(account: Account, command: StoredCommand): void {
  sendMore(account, command);
  const { status, details } = statusOf(command);
  const isNew = status !== command.status;
  command.status = status;
  command.statusDetails = details;
  if (isNew) tellCommand(account, command);
  if ([...command.invocations.values()].every(hasEnded) && command.expiry !== undefined) {
    account.clock.cancel(command.expiry);
    delete command.expiry;
  }
}

/** "The maximum number of nodes that run it at the same time"; with too many errors, the rest is not sent at all. */
function sendMore(account: Account, command: StoredCommand): void {
  const all = [...command.invocations.values()];
  const waiting = all.filter((each) => !each.isSent && !hasEnded(each));
  if (tooManyErrors(command)) {
    for (const each of waiting) end(account, command, each, 'Terminated');
    return;
  }
  const most = Math.max(1, limitOf(command.maxConcurrency, all.length));
  const running = all.filter((each) => each.isSent && !hasEnded(each)).length;
  for (const each of waiting.slice(0, Math.max(0, most - running))) {
    each.isSent = true;
    queue(account, command, each, 'deliver', millisecondsFor(account, 'deliver'));
  }
}

function end(account: Account, command: StoredCommand, invocation: Invocation, ending: Ending): void {
  endInvocation(invocation, ending, account.clock.now());
  tellInvocation(account, command, invocation);
}

/** How often the service tries again to reach a node that it accepted a command for. */
const TRY_AGAIN = 60_000;

/** Why the node does not get it at all. What is sent to a target was not checked when it was sent. */
function obstacleFor(command: StoredCommand, invocation: Invocation, node: ManagedNode | undefined) {
  if (invocation.refusal !== undefined) return invocation.refusal;
  const { platforms } = documentNamed(command.documentName);
  if (node !== undefined && !platforms.includes(node.platform.type)) return 'InvalidPlatform';
  return node?.ping !== 'Online' && command.targets.length > 0 ? 'Undeliverable' : undefined;
}

function deliver(account: Account, command: StoredCommand, invocation: Invocation): void {
  const node = managedNodes(account).get(invocation.nodeId);
  const obstacle = obstacleFor(command, invocation, node);
  if (obstacle !== undefined) end(account, command, invocation, obstacle);
  else if (node?.ping === 'Online') start(account, command, invocation, node);
  else {
    invocation.status = 'Delayed';
    invocation.statusDetails = 'Delayed';
    queue(account, command, invocation, 'deliver', TRY_AGAIN);
  }
}

function start(account: Account, command: StoredCommand, invocation: Invocation, node: ManagedNode): void {
  invocation.status = 'InProgress';
  invocation.statusDetails = 'InProgress';
  invocation.platform = node.platform.type;
  invocation.startedAt = account.clock.now();
  if (behaviourOf(node, command)?.answers !== false) {
    const takes = Math.min(workMilliseconds(account, node, command), command.executionSeconds * 1000);
    queue(account, command, invocation, 'work', takes);
  }
  tellInvocation(account, command, invocation);
}

function finishWork(account: Account, command: StoredCommand, invocation: Invocation): void {
  const node = managedNodes(account).get(invocation.nodeId);
  const now = account.clock.now();
  if (node?.rebootEndsAt !== undefined) {
    queue(account, command, invocation, 'work', node.rebootEndsAt - now + 1);
  } else if (node?.ping === 'Online') {
    const isLate = now - (invocation.startedAt ?? now) >= command.executionSeconds * 1000;
    if (isLate) end(account, command, invocation, 'ExecutionTimedOut');
    else conclude(account, command, invocation, work(account, node, command, invocation));
  }
  // Nothing is heard of another any more: it expires.
}

function conclude(account: Account, command: StoredCommand, invocation: Invocation, done: Done): void {
  if ('rebootMilliseconds' in done) {
    queue(account, command, invocation, 'up', done.rebootMilliseconds);
    return;
  }
  Object.assign(invocation, done);
  end(account, command, invocation, done.exitCode === 0 ? 'Success' : 'Failed');
}

/** The node comes up again whatever became of the command. */
function comeUp(account: Account, command: StoredCommand, invocation: Invocation): void {
  const node = managedNodes(account).get(invocation.nodeId);
  if (node?.rebootEndsAt === undefined) return;
  endReboot(account, node);
  if (!hasEnded(invocation)) conclude(account, command, invocation, afterReboot(account, node, command, invocation));
}

function stop(account: Account, command: StoredCommand, invocation: Invocation): void {
  end(account, command, invocation, 'Cancelled');
}

/** Takes it back where it has not begun, and asks the agent to stop it where it has: it may be done before it hears. */
export function cancel(account: Account, command: StoredCommand, nodeIds: readonly string[]): void {
  for (const id of nodeIds) {
    const invocation = command.invocations.get(id);
    if (invocation === undefined || hasEnded(invocation)) continue;
    if (invocation.startedAt === undefined) end(account, command, invocation, 'Cancelled');
    else if (invocation.status !== 'Cancelling') {
      invocation.status = 'Cancelling';
      invocation.statusDetails = 'Cancelling';
      queue(account, command, invocation, 'cancel', millisecondsFor(account, 'cancel'));
    }
  }
  goOn(account, command);
}

/** "It changes status to DeliveryTimedOut for all invocations that have the status InProgress, Pending or Delayed." */
function expire(account: Account, command: StoredCommand): void {
  delete command.expiry;
  const open = [...command.invocations.values()].filter((each) => !hasEnded(each));
  for (const each of open) end(account, command, each, 'DeliveryTimedOut');
  goOn(account, command);
}
