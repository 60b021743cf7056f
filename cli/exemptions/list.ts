import { usesOf } from '../../shared/incident/exemptionUses.ts';
import { readPointer } from '../../shared/incident/rulesets.ts';
import { announcedDays } from '../../shared/rules/lint/exemptionEnds.ts';
import type { Exemption, RuleSet } from '../../shared/rules/rule.ts';
import { at, safe } from '../incidents/lines.ts';
import type { StageConnection } from '../stage.ts';

/** An exemption of the set that decides, and what it was good for. */
export interface ListedExemption extends Pick<Exemption, 'name' | 'owner' | 'reason' | 'expires' | 'when'> {
  readonly state: 'in-force' | 'ends-soon' | 'ended';
  /** Null: all of them. */
  readonly rules: readonly string[] | null;
  readonly actions: readonly string[] | null;
  readonly scope: 'paging' | null;
  /** Of how many incidents it took something out; null when it never did. */
  readonly incidents: number;
  readonly firstUsedAt: string | null;
  readonly lastUsedAt: string | null;
}

export interface ListedExemptions {
  readonly version: 1;
  /** The set that decides; null when there is none. */
  readonly ruleset: { readonly number: number; readonly hash: string } | null;
  readonly exemptions: readonly ListedExemption[];
}

const soonMs = announcedDays * 86_400_000;

function stateOf({ expires }: Exemption, now: Date): ListedExemption['state'] {
  const leftMs = Date.parse(expires) - now.getTime();
  return leftMs <= 0 ? 'ended' : leftMs <= soonMs ? 'ends-soon' : 'in-force';
}

/** The exemptions of the published set, with their uses. The set was written by Firebreak: its shape is taken as given. */
export async function listExemptions({ effects }: Pick<StageConnection, 'effects'>): Promise<ListedExemptions> {
  const { table, bodies, clock } = effects;
  const pointer = await readPointer(table);
  if (pointer === undefined) return { version: 1, ruleset: null, exemptions: [] };
  const { exemptions } = JSON.parse(await bodies.get(pointer.hash)) as Pick<RuleSet, 'exemptions'>;
  const listed: ListedExemption[] = [];
  for (const exemption of exemptions) {
    const uses = await usesOf(table, exemption.name);
    const { name, owner, reason, expires, when, rules = null, actions = null, scope = null } = exemption;
    listed.push({
      ...{ name, owner, reason, expires, when, rules, actions, scope },
      state: stateOf(exemption, clock.now()),
      incidents: uses.length,
      firstUsedAt: uses.map(({ firstAt }) => firstAt).toSorted()[0] ?? null,
      lastUsedAt:
        uses
          .map(({ lastAt }) => lastAt)
          .toSorted()
          .at(-1) ?? null,
    });
  }
  return { version: 1, ruleset: { number: pointer.number, hash: pointer.hash }, exemptions: listed };
}

const words = { 'in-force': 'until', 'ends-soon': 'ENDS', ended: 'ENDED' } as const;

function scopeOf({ rules, actions, scope }: ListedExemption): string {
  const what =
    scope === 'paging' ? 'paging' : actions === null ? 'all' : actions.map((one) => safe(one, 100)).join(', ');
  return rules === null ? what : `${what} of ${rules.map((one) => safe(one, 100)).join(', ')}`;
}

/** Two lines each, by name. */
export const exemptionLines = ({ exemptions }: ListedExemptions): readonly string[] =>
  exemptions.flatMap((one) => {
    const used =
      one.incidents === 0
        ? 'never used'
        : `used in ${one.incidents} ${one.incidents === 1 ? 'incident' : 'incidents'}, last ${at(one.lastUsedAt)}`;
    return [
      `${safe(one.name, 100)}  ${words[one.state]} ${at(one.expires)}  ${scopeOf(one)}  ${used}`,
      `  ${safe(one.owner)}: ${safe(one.reason)}`,
    ];
  });
