import { closest } from './closest.ts';
import type { Complaint } from './document.ts';
import type { Freeze } from './rule.ts';

/** Rules that a freeze names and that are not there: it would stop nothing, and look as if it did. */
export const unknownFrozen = (freezes: readonly Freeze[], known: readonly string[]): readonly Complaint[] =>
  freezes.flatMap(({ rules = [] }, at) =>
    rules.flatMap((rule, n) =>
      known.includes(rule)
        ? []
        : [
            {
              code: 'unknown-rule' as const,
              path: `freezes[${at}].rules[${n}]`,
              message: `there is no rule "${rule}"`,
              suggestion: known.length === 0 ? 'remove it' : closest(rule, known),
            },
          ],
    ),
  );
