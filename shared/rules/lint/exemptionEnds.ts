import { closest } from '../closest.ts';
import type { Complaint } from '../document.ts';
import type { Exemption } from '../rule.ts';

/** The end of an exemption is announced so long before. */
export const announcedDays = 7;

const dayMs = 86_400_000;

interface Around {
  /** Names of all rules of the set. */
  readonly rules: readonly string[];
  /** The settings' `longestExemptionDays`; undefined where the settings cannot be read. */
  readonly longestDays: number | undefined;
  readonly now: Date | undefined;
}

function unknownRules({ rules = [] }: Exemption, known: readonly string[]): readonly Complaint[] {
  return rules.flatMap((name, at) =>
    known.includes(name)
      ? []
      : [
          {
            code: 'unknown-rule',
            path: `rules[${at}]`,
            message: `there is no rule "${name}"`,
            suggestion: known.length === 0 ? '' : closest(name, known),
          },
        ],
  );
}

/**
 * The longest is counted from the moment at which the file is looked at, not from when it was written, which it does not say: time that passes only
 * brings the end nearer, so that what was published stays good.
 */
function endOf({ expires }: Exemption, now: Date, longestDays: number | undefined): readonly Complaint[] {
  const leftMs = Date.parse(expires) - now.getTime();
  if (longestDays !== undefined && leftMs > longestDays * dayMs) {
    const latest = new Date(now.getTime() + longestDays * dayMs).toISOString().slice(0, 10);
    const message = `lies more than ${longestDays} days ahead, the most that the settings allow (longestExemptionDays)`;
    return [{ code: 'too-long', path: 'expires', message: `"expires" ${message}`, suggestion: `at most ${latest}` }];
  }
  const warning = { level: 'warning', path: 'expires', suggestion: 'extend it, or delete it' } as const;
  if (leftMs <= 0) return [{ ...warning, code: 'expired', message: `it ended ${expires}: it exempts nothing` }];
  if (leftMs > announcedDays * dayMs) return [];
  return [{ ...warning, code: 'expires-soon', message: `it ends ${expires}, within ${announcedDays} days` }];
}

/** What is wrong with an exemption beside the rest of its set, or will be soon. */
export const lintEnd = (exemption: Exemption, { rules, longestDays, now }: Around): readonly Complaint[] => [
  ...unknownRules(exemption, rules),
  ...(now === undefined ? [] : endOf(exemption, now, longestDays)),
];
