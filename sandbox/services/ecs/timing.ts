import type { Account } from '../../account.ts';

/** How long what AWS does not time takes here, in seconds: from the first to the second, by the account's seed. */
const SECONDS = {
  /** Until the scheduler looks at a service that has changed. */
  look: [1, 5],
  /** Until lists show a task that was started, or that is being stopped. */
  list: [0, 4],
  /** A network interface is attached. */
  provision: [2, 8],
  /** The agent takes a task over. */
  accept: [1, 3],
  pull: [2, 15],
  /** A container is created and started. */
  start: [1, 3],
  /** A target group finds a new target healthy. */
  targetHealth: [5, 20],
  /** A target group lets go of a target (AWS's default waits five minutes). */
  drain: [5, 20],
  /** A container ends after SIGTERM; at 30 it is killed. */
  terminate: [1, 33],
  /** A network interface is detached. */
  deprovision: [2, 8],
} as const;

/** Milliseconds. */
export function secondsFor(account: Account, what: keyof typeof SECONDS): number {
  const [least, most] = SECONDS[what];
  return Math.round((least + account.random.next() * (most - least)) * 1000);
}

/** The `stopTimeout` that containers have unless they say otherwise: milliseconds from SIGTERM to SIGKILL. */
export const STOP_TIMEOUT = 30_000;

/** "Stopped tasks currently appear in the returned results for at least one hour." */
export const STOPPED_VISIBLE = 3_600_000;
