import type { Theatre } from './theatre.ts';

/** One thing that happens, and what was seen of it: lines for the timeline. Throws NotAsTold when it came out otherwise. */
export interface Step {
  readonly title: string;
  readonly happen: (theatre: Theatre) => Promise<readonly string[]>;
}

export interface Scenario {
  /** As it is named on the command line. */
  readonly name: string;
  readonly title: string;
  /** Account file below `worlds/`, or of the examples. */
  readonly world: string;
  /** When the account's clock begins, ISO; a date of its own by default. */
  readonly startAt?: string;
  /** Its steps hold incidents by the dozen: what one of them takes cannot be told from the others. */
  readonly isWholeDay?: true;
  /** It goes over days: what comes every minute comes every hour. */
  readonly ofDays?: true;
  readonly steps: readonly Step[];
}

/** The account does not show what the scenario tells: exit code 1. */
export class NotAsTold extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NotAsTold';
  }
}

export function expectThat(condition: boolean, message: string): void {
  if (!condition) throw new NotAsTold(message);
}
