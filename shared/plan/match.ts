import type { Finding } from '../finding/finding.ts';
import { considered, decideRule } from '../rules/decide.ts';
import type { Considered, RuleSet } from '../rules/rule.ts';
import type { Matched } from './plan.ts';

/** Why a finding is not even shown to the rules; null when it is. */
function before(finding: Finding): Pick<Matched, 'decision' | 'reason'> | null {
  if (finding.sample) return { decision: 'ignore', reason: 'It is a sample finding: nothing happened.' };
  switch (finding.status) {
    case 'resolved':
      // Archiving an image closes its findings as well, so a closed finding never lifts a containment.
      return {
        decision: 'ignore',
        reason: 'The source closed it: no reason to act, and no proof that anything was fixed.',
      };
    case 'suppressed':
      return { decision: 'ignore', reason: 'The source suppressed it, by a filter that somebody set there.' };
    case 'inconclusive':
      return { decision: 'observe', reason: 'The source could not tell: neither clean nor accused.' };
    case 'open':
      return null;
  }
}

const broughtBack = 'It is contained here: what else was found in this incident decides what becomes of it.';

/** What the rules say about one finding. Pure; `now` only decides which exemptions have expired. */
export function decideFinding(finding: Finding, set: RuleSet, now: Date): Matched {
  const early = before(finding);
  if (early !== null) return { finding, ...early, rule: null };
  const { rule, because, exempted } = decideRule(finding, set, now);
  const taken = exempted.length === 0 ? {} : { exempted };
  if (rule !== null) {
    return { finding, decision: 'rule', reason: `Rule ${rule.name} matches: ${because}`, rule: rule.name, ...taken };
  }
  const whole = exempted.find(({ takes }) => takes === 'finding');
  if (whole === undefined && finding.says !== undefined) {
    // It accuses nobody, so no rule need take it; that what is contained came back is told whatever the rules say.
    return { finding, decision: 'observe', reason: broughtBack, rule: null, ...taken };
  }
  const [first] = exempted;
  const reason =
    first === undefined
      ? 'No rule matches it.'
      : `Exemption ${first.name} of ${first.owner} takes it out${first.rule === null ? '' : ` of rule ${first.rule}, and no other matches`}: ${first.reason}`;
  return { finding, decision: 'ignore', reason, rule: null, ...taken };
}

/** Why each rule that was asked about a finding did or did not take it, for a person; none where it was not shown to the rules. */
export const rulesConsidered = (finding: Finding, set: RuleSet, now: Date): readonly Considered[] =>
  before(finding) === null ? considered(finding, set, now) : [];
