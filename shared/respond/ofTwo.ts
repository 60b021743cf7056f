import { putFirstApproval } from '../incident/decisions.ts';
import type { PersonAnswer } from '../incident/items.ts';
import { acknowledgedBy } from './acknowledge.ts';
import type { Effects } from './effects.ts';

export type OfTwo =
  /** Both have approved: what is to be recorded. */
  | { readonly kind: 'both'; readonly answer: PersonAnswer }
  /** The first has, and another must. `mine`: it is this very person's. */
  | { readonly kind: 'first'; readonly answer: PersonAnswer; readonly mine: boolean }
  | { readonly kind: 'nothing'; readonly reason: string };

/** Who AWS or the identity provider says that it was: what somebody typed is no second person. */
const isSame = (one: PersonAnswer, other: PersonAnswer): boolean =>
  one.caller === other.caller || one.by.toLowerCase() === other.by.toLowerCase();

/**
 * An approval that one person alone cannot give. The first is recorded by itself, and counts for nothing until another person says the same.
 * Whoever is known to nobody (the holder of a link, a command without an identity) is no person here.
 */
export async function ofTwo(
  effects: Pick<Effects, 'table' | 'stage'>,
  incident: string,
  answer: PersonAnswer,
): Promise<OfTwo> {
  if (answer.caller === undefined)
    return {
      kind: 'nothing',
      reason:
        'Two people must approve this, and who you are is not known: use the command with your own AWS credentials, or sign in to the console.',
    };
  const first = await putFirstApproval(effects.table, incident, answer);
  await acknowledgedBy(effects, incident, first);
  const mine = isSame(first, answer);
  if (mine || first.only !== answer.only) return { kind: 'first', answer: first, mine };
  const reason = `${first.reason}; and ${answer.reason}`.slice(0, 1000);
  return {
    kind: 'both',
    answer: { ...answer, by: `${first.by} and ${answer.by}`, caller: `${first.caller} and ${answer.caller}`, reason },
  };
}
