import { commandFor } from './command.ts';
import { firstOf, plain } from './text.ts';

/** A turn that does not pass on: what was begun in it has not been read back as done. */
export interface KeptTurn {
  /** Key of what the targets share. */
  readonly turn: string;
  /** Keys of the targets that are not known to be back. */
  readonly targets: readonly string[];
  /** How many incidents wait for it. */
  readonly waiting: number;
}

/** A target's key in words: `cluster prod`, `instance i-0a1b`, `registry 123456789012`. */
export function keyText(key: string): string {
  const [kind = '', _account, _region, ...id] = key.split('/');
  const name = id.join('/');
  // Of no kind of its own: its name says what it is.
  return kind === 'other' ? name : `${kind.replace(/^ec[rs]-/, '').replaceAll('-', ' ')} ${name}`;
}

const mostTargets = 3;

/** What else stands still because of this incident, and what lets it go on. */
export const keptLines = (kept: readonly KeptTurn[], incident: string, stage: string): readonly string[] =>
  kept.map(({ turn, targets, waiting }) => {
    const those = firstOf(targets.map(keyText), mostTargets, 200).join(', ');
    const who = waiting === 0 ? 'none waits yet' : waiting === 1 ? 'one incident waits' : `${waiting} incidents wait`;
    return `Until ${those} is known to be back, nothing else of ${plain(keyText(turn), 300)} is changed in its turn (${who}). Once it is seen to, this lets the next go on: ${commandFor('undo', incident, stage)}`;
  });
