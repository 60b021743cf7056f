import type { Place } from './place.ts';

export type State = 'ok' | 'warning' | 'broken' | 'unknown';

/** What one check says. */
export interface Answer {
  readonly state: State;
  /** What was seen, one sentence or two. */
  readonly seen: string;
  /** What to do about it: one sentence with the command, or the place in the console. Empty where there is nothing to do. */
  readonly todo: string;
}

/** One question about a stage's health. It only reads, and asks AWS through `asked`, so that a refusal names the permission. */
export interface Check {
  /** What `--skip` and `--json` call it. */
  readonly name: string;
  readonly look: (place: Place) => Promise<Answer>;
}

export const ok = (seen: string): Answer => ({ state: 'ok', seen, todo: '' });
export const warning = (seen: string, todo: string): Answer => ({ state: 'warning', seen, todo });
export const broken = (seen: string, todo: string): Answer => ({ state: 'broken', seen, todo });
