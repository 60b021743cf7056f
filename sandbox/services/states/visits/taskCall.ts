import type { Json } from '../../../../shared/platform/json.ts';
import type { Resource } from '../definition/resources.ts';
import type { TaskState } from '../definition/types.ts';
import type { Fiber } from '../engine/fiber.ts';
import { Inbox } from '../engine/inbox.ts';
import { startTimer } from '../engine/timer.ts';
import type { Visit } from '../engine/visit.ts';
import { RuntimeFailure, StateFailure } from '../failure.ts';
import type { TaskCall } from '../ports.ts';
import { statesOf } from '../store.ts';
import type { Limits, TaskEvents } from './taskEvents.ts';
import { closeToken } from './taskToken.ts';

/** How a task ended. */
export type TaskEnd =
  | { readonly kind: 'result'; readonly value: Json }
  | { readonly kind: 'failed'; readonly failure: StateFailure }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'heartbeat' };

type Signal =
  | TaskEnd
  | { readonly kind: 'start' }
  | { readonly kind: 'beat' }
  | { readonly kind: 'answered'; readonly value: Json }
  | { readonly kind: 'fault'; readonly error: unknown };

/**
 * Makes the call of a Task and waits for its end: the call's result, or for `.waitForTaskToken` the token's answer. A token
 * may be answered while the call is still running: that ends the task then and there, whatever the call does later.
 */
export function* callTask(
  visit: Visit<TaskState>,
  resource: Resource,
  args: Json,
  limits: Limits,
  events: TaskEvents,
): Fiber<TaskEnd> {
  const { account } = visit;
  const inbox = new Inbox<Signal>();
  const after = (seconds: number | undefined, signal: Signal): (() => void) =>
    seconds === undefined ? () => {} : startTimer(account, seconds * 1000, () => inbox.put(signal));

  // The call is made in a turn of its own: whoever woke this execution does not wait for it.
  const stopStart = after(0, { kind: 'start' });
  const stopTimeout = after(limits.timeoutSeconds, { kind: 'timeout' });
  let stopHeartbeat = after(limits.heartbeatSeconds, { kind: 'heartbeat' });
  try {
    for (;;) {
      const signal = yield* inbox.take();
      switch (signal.kind) {
        case 'start':
          events.started();
          if (visit.token !== undefined) openToken(visit, visit.token, inbox);
          startCall(visit, resource, args, inbox);
          break;
        case 'beat':
          stopHeartbeat();
          stopHeartbeat = after(limits.heartbeatSeconds, { kind: 'heartbeat' });
          break;
        case 'answered':
          if (!resource.waitsForToken) return { kind: 'result', value: signal.value };
          events.submitted(signal.value);
          break;
        case 'fault':
          throw signal.error;
        default:
          return signal;
      }
    }
  } finally {
    stopStart();
    stopTimeout();
    stopHeartbeat();
  }
}

function openToken(visit: Visit, token: string, inbox: Inbox<Signal>): void {
  // The first answer counts, also while the execution has not yet got round to it.
  const answer = (end: TaskEnd): void => {
    closeToken(visit.account, token);
    inbox.put(end);
  };
  statesOf(visit.account).tokens.set(token, {
    succeed: (value) => answer({ kind: 'result', value }),
    fail: (error, cause) => answer({ kind: 'failed', failure: new StateFailure(error, cause) }),
    heartbeat: () => inbox.put({ kind: 'beat' }),
  });
}

function startCall(visit: Visit<TaskState>, resource: Resource, args: Json, inbox: Inbox<Signal>): void {
  const { account, execution } = visit;
  const integration = statesOf(account).integrations[resource.integration];
  if (!integration) {
    const failure = new RuntimeFailure(`nothing in this account carries out ${resource.integration}`);
    inbox.put({ kind: 'failed', failure });
    return;
  }
  const principal = rolePrincipal(account.id, execution.machine.roleName, execution.name);
  const call = { account, principal, executionArn: execution.arn, resource: resource.arn };
  integration(args, call).then(
    (value) => inbox.put({ kind: 'answered', value }),
    (error: unknown) =>
      inbox.put(error instanceof StateFailure ? { kind: 'failed', failure: error } : { kind: 'fault', error }),
  );
}

/** The session is named after the execution, so that the account's trail tells who called. */
const rolePrincipal = (accountId: string, roleName: string, executionName: string): TaskCall['principal'] => ({
  kind: 'role',
  roleName,
  arn: `arn:aws:sts::${accountId}:assumed-role/${roleName}/${executionName.slice(0, 64)}`,
  sessionPolicies: [],
});
