import { lossOfSight } from '../../shared/finding/threatFinding/sight.ts';
import type { Matched } from '../../shared/plan/plan.ts';
import { mostSevereFirst } from '../../shared/plan/rank.ts';
import { decideRule } from '../../shared/rules/decide.ts';
import type { RuleSet } from '../../shared/rules/rule.ts';
import { type Known, matchedOf } from './known.ts';

/**
 * Findings of one incident that add nothing to each other: the same rule says the same of the same resource. The four hundred
 * vulnerabilities of one image are two or three groups, and a plan is made from the most severe of each. A threat is always one by
 * itself, for what it says of the cause. `test/cli/replay/grouping.test.ts` holds it against plans from all findings.
 */
export function groupOf({ finding, decision, rule }: Matched, set: RuleSet, now: Date): string {
  const { id, resource, type, threat } = finding;
  if (threat !== undefined || type === lossOfSight) return `threat ${id}`;
  const exempted = set.exemptions.length === 0 ? [] : decideRule(finding, set, now).exempted.map(({ name }) => name);
  return JSON.stringify([resource.kind, resource.id, decision, rule, exempted]);
}

interface Group {
  best: Known;
  readonly members: Set<Known>;
}

/** The first of two, as plans rank them. */
function better(a: Known, b: Known): Known {
  const [first] = mostSevereFirst([matchedOf(a), matchedOf(b)]);
  return first === b.matched ? b : a;
}

/** The groups of an incident's findings. */
export class Groups {
  readonly #groups = new Map<string, Group>();

  get bests(): readonly Matched[] {
    return [...this.#groups.values()].map(({ best }) => matchedOf(best));
  }

  /** Ids of the findings that stand for these groups. */
  idsOf(groups: Iterable<string>): ReadonlySet<string> {
    const ids = new Set<string>();
    for (const group of groups) {
      const best = this.#groups.get(group)?.best;
      if (best !== undefined) ids.add(matchedOf(best).finding.id);
    }
    return ids;
  }

  /** Puts a finding, as it was decided, into its group. Answers whether that changes what a plan is made from. */
  put(known: Known, group: string): boolean {
    const left = known.group !== group && this.#leave(known);
    known.group = group;
    const there = this.#groups.get(group);
    if (there === undefined) {
      this.#groups.set(group, { best: known, members: new Set([known]) });
      return true;
    }
    there.members.add(known);
    const wasBest = there.best === known;
    there.best = wasBest ? bestOf(there.members) : better(there.best, known);
    return left || wasBest || there.best === known;
  }

  /** Takes a finding out of its group. Answers whether that changes what a plan is made from. */
  #leave(known: Known): boolean {
    const there = this.#groups.get(known.group);
    if (there === undefined || !there.members.delete(known)) return false;
    if (there.members.size === 0) this.#groups.delete(known.group);
    else if (there.best === known) there.best = bestOf(there.members);
    else return false;
    return true;
  }

  clear(): void {
    this.#groups.clear();
  }
}

function bestOf(members: ReadonlySet<Known>): Known {
  const [first, ...others] = members;
  if (first === undefined) throw new Error('A group has no member');
  return others.reduce(better, first);
}
