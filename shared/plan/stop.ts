import type { Budget } from '../actions/contract.ts';

/** What keeps a change from being made now, though the rules want it, and needs no new finding to be over. */
export interface Stop {
  /** `unread`: one of the others could not be read, so that nobody knows. */
  readonly kind: 'pause' | 'freeze' | 'budget' | 'breaker' | 'unread';
  /** Which: of a pause its target (`everything`), of a freeze or a breaker the name of the window or the rule, of `unread` what it was. */
  readonly of: string;
  /** When it ends by itself, ISO; null where a person must end it, or nobody knows. */
  readonly until: string | null;
  /** One sentence for people: what stops it, by whom, until when. */
  readonly why: string;
  /** Of a freeze: the rules that it was asked about. */
  readonly rules?: readonly string[];
  /** Of a budget: those that were spent. */
  readonly budgets?: readonly Budget[];
  /** It stops what a person wants put back. */
  readonly undo?: true;
}

/** Several, each once. */
export const eachOnce = (stops: readonly Stop[]): readonly Stop[] => [
  ...new Map(stops.map((stop) => [`${stop.kind}\n${stop.of}\n${stop.undo ?? false}`, stop])).values(),
];

/** Whether all of them end by themselves, or when a person who has set them says so: nobody has to be called. */
export const endsByItself = (stops: readonly Stop[]): boolean =>
  stops.length > 0 && stops.every(({ kind }) => kind === 'pause' || kind === 'freeze' || kind === 'budget');
