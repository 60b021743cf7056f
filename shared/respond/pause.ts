import { resetBreaker } from '../incident/breakers.ts';
import { type EndedPause, endPause, type Pause, type Paused, putPause } from '../incident/pauses.ts';
import type { Effects } from './effects.ts';

/** A pause as a person asks for it. */
export interface PauseRequest extends Pick<Pause, 'target' | 'by' | 'caller' | 'reason'> {
  readonly forMs: number;
}

/**
 * Protocol 8: nothing is changed, anywhere or on one target, until it is over. What is under way stops before its next changing call;
 * what it holds is decided again by the sweep.
 */
export async function pause(
  { table, clock }: Pick<Effects, 'table' | 'clock'>,
  { forMs, ...asked }: PauseRequest,
): Promise<Paused> {
  const now = clock.now();
  const until = new Date(now.getTime() + forMs).toISOString();
  return putPause(table, { ...asked, since: now.toISOString(), until }, now);
}

/** Ends a pause before its time. Undefined: there is none. */
export const resume = (
  { table, clock }: Pick<Effects, 'table' | 'clock'>,
  { target, by }: { readonly target: string | null; readonly by: string },
): Promise<EndedPause | undefined> => endPause(table, target, { by, now: clock.now() });

/** Starts a rule again that its breaker has stopped. Answers how many ineffective containments are forgotten. */
export const resumeRule = (
  { table, clock }: Pick<Effects, 'table' | 'clock'>,
  { rule, by }: { readonly rule: string; readonly by: string },
): Promise<number> => resetBreaker(table, rule, { by, now: clock.now() });
