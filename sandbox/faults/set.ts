import { type Account, slice } from '../account.ts';
import { type FaultRule, faults } from './faults.ts';
import { type FaultSpec, faultRule } from './spec.ts';

interface SetFault {
  readonly spec: FaultSpec;
  readonly rule: FaultRule;
  hits: number;
}

/** Faults that were set as data, in order. */
const setFaults = slice('faults.set', (): SetFault[] => []);

/** Answers with how many are set now. @throws ZodError */
export function addFaults(account: Account, specs: readonly FaultSpec[]): number {
  for (const spec of specs) {
    const decide = faultRule(spec);
    const entry: SetFault = {
      spec,
      rule: (asked) => {
        const fault = decide(asked);
        if (fault) entry.hits += 1;
        return fault;
      },
      hits: 0,
    };
    setFaults(account).push(entry);
    faults(account).push(entry.rule);
  }
  return setFaults(account).length;
}

/** Each with the number of calls that it hit. */
export const faultsSet = (account: Account): readonly (FaultSpec & { readonly hits: number })[] =>
  setFaults(account).map(({ spec, hits }) => ({ ...spec, hits }));

/** Takes out those that were set as data; answers with how many are left, which is none. */
export function removeFaults(account: Account): number {
  const rules = new Set(setFaults(account).map(({ rule }) => rule));
  const others = faults(account).filter((rule) => !rules.has(rule));
  faults(account).splice(0, faults(account).length, ...others);
  setFaults(account).length = 0;
  return 0;
}
