import type { Step } from '../actions/contract.ts';
import { noteIneffective, stoppedAfter } from '../incident/breakers.ts';
import type { Head, Receipt, StoredPlan } from '../incident/items.ts';
import { incidentHash } from '../incident/keys.ts';
import type { Effects } from './effects.ts';
import { breakerOf, breakerText } from './stops.ts';

const contains = ({ facts, direction }: Step): boolean => facts.contains && facts.changes && direction === 'do';

/** It was done, and what was read back does not show it. What AWS refused was not done, and what has no place yet is. */
function didNotHold({ key }: Step, receipts: readonly Receipt[]): boolean {
  const receipt = receipts.find((one) => one.key === key);
  const done = receipt?.state === 'done' || receipt?.state === 'waiting';
  const read = receipt?.verified?.state;
  return done && receipt.short === undefined && (read === 'broken' || read === 'pending');
}

/** A containment that did not hold, by the rule that asked for it. */
interface Ineffective {
  readonly rule: string;
  /** The same for a repeat: the run whose containment did not show, or the containment that activity went on after. */
  readonly what: string;
}

function ineffectiveOf(
  head: Head,
  { plan, breached }: StoredPlan,
  receipts: readonly Receipt[],
): readonly Ineffective[] {
  const of = (steps: readonly Step[], what: string): readonly Ineffective[] => {
    const rules = new Set(steps.filter(contains).flatMap(({ by = [] }) => by));
    return [...rules].map((rule) => ({ rule, what: `${incidentHash(head.incident)}/${what}` }));
  };
  const broken = plan.steps.filter((step) => didNotHold(step, receipts));
  return [...of(broken, head.run), ...(breached === null ? [] : of([...plan.steps, ...plan.proposed], breached))];
}

/**
 * Notes what did not hold against the rules that asked for it, each once. Answers for each rule that is stopped by it, or was before, the
 * sentence that people are told.
 */
export async function noteWhatDidNotHold(
  { table, clock }: Pick<Effects, 'table' | 'clock'>,
  head: Head,
  stored: StoredPlan,
  receipts: readonly Receipt[],
): Promise<readonly StoppedRule[]> {
  const ineffective = ineffectiveOf(head, stored, receipts);
  const now = clock.now();
  for (const { rule, what } of ineffective) await noteIneffective(table, rule, what, now.toISOString());
  const breaker = breakerOf(stored.settings);
  const stopped: StoppedRule[] = [];
  for (const rule of [...new Set(ineffective.map((one) => one.rule))].sort()) {
    const count = await stoppedAfter(table, rule, breaker, now);
    if (count !== undefined) stopped.push({ rule, why: breakerText(rule, count, breaker) });
  }
  return stopped;
}

/** A rule that does nothing until a person starts it again. */
export interface StoppedRule {
  readonly rule: string;
  readonly why: string;
}
