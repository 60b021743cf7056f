import type { Parameters } from '../../../shared/platform/parameters.ts';
import { UsageError } from '../../usage.ts';
import type { Candidate, NoCandidate } from './candidate.ts';

export interface SwitchEffects {
  readonly parameters: Pick<Parameters, 'put' | 'remove'>;
  /** The same rule again, as it is now. */
  readonly again: () => Promise<Candidate | NoCandidate>;
  /** What a version of a parameter says; undefined where there is none any more. */
  readonly versionText: (parameter: string, version: number) => Promise<string | undefined>;
}

export type Switched =
  | { readonly kind: 'written'; readonly version: number }
  | NoCandidate
  /** Somebody else wrote it since it was shown: theirs stands. */
  | { readonly kind: 'edited'; readonly version: number };

/**
 * Writes what was shown, if the parameter still says what was shown and the set would compile. Parameter Store has no conditional write: what
 * was written between the look and the write is seen by the version that the write gets, and is put back. Throws UsageError where it cannot be, and what AWS answers.
 */
export async function switchMode(
  { parameters, again, versionText }: SwitchEffects,
  shown: Candidate,
): Promise<Switched> {
  const now = await again();
  if (now.kind !== 'candidate') return now;
  if (now.version !== shown.version || now.text !== shown.text) return { kind: 'edited', version: now.version };
  const { parameter, next } = shown;
  const version = await parameters.put(parameter, next);
  if (version === shown.version + 1) return { kind: 'written', version };
  // Versions begin anew where it was deleted.
  if (version === 1) {
    await parameters.remove(parameter);
    return { kind: 'nothing', reason: `${parameter} was deleted meanwhile, and stays so.` };
  }
  const theirs = await versionText(parameter, version - 1);
  if (theirs === undefined)
    throw new UsageError(
      `${parameter} was edited at the same moment, and what was written there cannot be read: write it again.`,
    );
  return { kind: 'edited', version: await parameters.put(parameter, theirs) };
}
