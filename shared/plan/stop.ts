import type { Budget } from '../actions/contract.ts';

/** What keeps a change from being made now, though the rules want it, and needs no new finding to be over. */
export interface Stop {
  /** `approval`: a person is asked. `unread`: one of the others could not be read, so that nobody knows. */
  readonly kind: 'approval' | 'hold' | 'pause' | 'freeze' | 'budget' | 'breaker' | 'unread';
  /**
   * Which: of a pause its target (`everything`), of a freeze or a breaker the name of the window or the rule, of `unread` what it was, of an
   * approval the hash of what is asked, of a hold the incident.
   */
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
  /** Of an approval: the hashes of its steps; and that nobody answered in time, so that no time ends it any more. */
  readonly steps?: readonly string[];
  readonly late?: true;
  /** Of an approval: one person alone cannot give it. */
  readonly twoPeople?: true;
}

/** What a person is asked among them; undefined where nobody is. */
export const askedIn = (stops: readonly Stop[] | null): Stop | undefined =>
  stops?.find(({ kind }) => kind === 'approval');

/** Several, each once. */
export const eachOnce = (stops: readonly Stop[]): readonly Stop[] => [
  ...new Map(stops.map((stop) => [`${stop.kind}\n${stop.of}\n${stop.undo ?? false}`, stop])).values(),
];

/** Whether all of them end by themselves, or when a person who has set them says so: nobody has to be called. */
export const endsByItself = (stops: readonly Stop[]): boolean =>
  stops.length > 0 &&
  stops.every(({ kind }) => kind === 'hold' || kind === 'pause' || kind === 'freeze' || kind === 'budget');
