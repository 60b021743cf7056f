import type { Complaint } from '../document.ts';
import { compiledOf } from '../patterns.ts';
import type { PagedOutcome, Rule } from '../rule.ts';

/** Whether a kind of finding pages whatever a rule says, by its type or how that begins. */
export type AlwaysPages = (type: string) => boolean;

/** The types that a pattern names in each of its alternatives, or how they begin; null where it names none. */
function typesOf({ when }: Pick<Rule, 'when'>): readonly string[] | null {
  const types: string[] = [];
  for (const branch of compiledOf(when).branches) {
    const field = branch.find(({ steps }) => steps.join('.') === 'type');
    if (field === undefined) return null;
    for (const condition of field.conditions) {
      if (condition.kind === 'absent') return null;
      const { means } = condition;
      if (means.by === 'exactly' && typeof means.value === 'string') types.push(means.value);
      else if (means.by === 'prefix') types.push(means.text);
      else return null;
    }
  }
  return types;
}

/** Tiers that have no effect: what the rule takes pages always. A failed containment has a sentence of its own. */
export function quietThreat(rule: Rule, alwaysPages: AlwaysPages | undefined): readonly Complaint[] {
  const types = typesOf(rule);
  if (alwaysPages === undefined || types === null || !types.every(alwaysPages)) return [];
  const lower = (Object.keys(rule.page) as PagedOutcome[]).filter(
    (outcome) => outcome !== 'not-contained' && rule.page[outcome] !== 'page',
  );
  return lower.map((outcome) => ({
    code: 'quiet-threat',
    path: `page.${outcome}`,
    message: `has no effect: a finding of this kind pages, whatever a rule says`,
    suggestion: 'leave it out',
  }));
}
