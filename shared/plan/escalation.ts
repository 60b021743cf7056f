import { durationSeconds } from '../rules/duration.ts';
import type { Escalation, Rule, Settings } from '../rules/rule.ts';
import type { Escalates } from './plan.ts';

/** Of several rules the one that waits the shortest, and of each how often; a rule that is silent says what the settings say. */
export function escalationOf(
  rules: readonly Pick<Rule, 'escalate'>[],
  { escalate }: Pick<Settings, 'escalate'>,
): Escalates | undefined {
  const said = rules.length === 0 ? [escalate] : rules.map((rule) => rule.escalate ?? escalate);
  const all = said.filter((one) => one !== undefined);
  if (all.length === 0) return undefined;
  return { afterSeconds: Math.min(...all.map(secondsOf)), times: Math.max(...all.map(({ times }) => times)) };
}

/** The schema lets in nothing else. */
const secondsOf = ({ after }: Escalation): number => durationSeconds(after) ?? 0;

/** As soon, and as often, as the most careful of all rules that it tells for. */
export function strictest(all: readonly (Escalates | null)[]): Escalates | null {
  const some = all.filter((one) => one !== null);
  if (some.length === 0) return null;
  return {
    afterSeconds: Math.min(...some.map(({ afterSeconds }) => afterSeconds)),
    times: Math.max(...some.map(({ times }) => times)),
  };
}
