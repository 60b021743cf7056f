import { canonicalJson } from '../platform/json.ts';
import type { Exemption, RuleSet } from '../rules/rule.ts';
import { takesAnything } from '../rules/widened.ts';
import { takesWorst } from './worstIn.ts';

/** Whether one took out all that the other does: of the same pattern, no fewer rules and no fewer actions. */
function tookAsMuch(one: Exemption, other: Exemption): boolean {
  if (one.scope !== other.scope || canonicalJson(one.when) !== canonicalJson(other.when)) return false;
  const covers = (all: readonly string[] | undefined, some: readonly string[] | undefined): boolean =>
    all === undefined || (some?.every((name) => all.includes(name)) ?? false);
  return covers(one.rules, other.rules) && covers(one.actions, other.actions);
}

function ofExemption(standing: readonly Exemption[], exemption: Exemption): readonly string[] {
  const { name, when, scope, rules, actions } = exemption;
  if (standing.some((one) => tookAsMuch(one, exemption))) return [];
  const whole = rules === undefined && actions === undefined && scope === undefined;
  if (takesAnything(when)) return [`exemption ${name} takes out whatever there is`];
  if (!takesWorst(when)) return [];
  if (scope === 'paging') return [`exemption ${name} lets nobody be woken by the worst findings`];
  return whole
    ? [`exemption ${name} takes out findings of the worst class: nothing is done about them, and nobody is told`]
    : [];
}

/** What exemptions take out that none took out which was in force. Pure. */
export function ofExemptions(before: RuleSet, after: RuleSet, now: Date): readonly string[] {
  const inForce = ({ expires }: Exemption): boolean => Date.parse(expires) > now.getTime();
  const standing = before.exemptions.filter(inForce);
  return after.exemptions.filter(inForce).flatMap((exemption) => ofExemption(standing, exemption));
}
