import type { Budget, Healthy, Target } from '../actions/contract.ts';
import { sha256Hex } from '../platform/hash.ts';
import type { RuleLimits } from '../rules/rule.ts';
import { keyOfCluster, keyOfService } from './targetNames.ts';

/** What one rule limits, or, without a name, the settings for the whole account. */
export interface Limited {
  readonly rule: string | null;
  readonly limits: RuleLimits;
}

const shortHash = (text: string): string => sha256Hex(text).slice(0, 16);

const nameIn = (key: string): string => key.split('/').slice(3).join('/');

/**
 * The budgets that a change of a target counts in: of every rule that asks for it its own, so that the lowest decides. What belongs to no
 * cluster or service counts in none of theirs. Pure.
 * @param turn key of what the target shares with others, where its action says so: of a host, its cluster
 */
export function budgetsOf(limited: readonly Limited[], target: Target, turn: string | undefined): readonly Budget[] {
  const cluster = keyOfCluster(target, turn);
  const service = keyOfService(target);
  return limited.flatMap(({ rule, limits }): readonly Budget[] => {
    const whose = rule === null ? 'the whole account' : `rule ${rule}`;
    const scope = rule === null ? 'account' : `rule:${rule}`;
    const { perHour, perCluster, perService } = limits;
    return [
      ...(perHour === undefined ? [] : [{ scope, atMost: perHour, says: `${whose}: ${perHour} an hour` }]),
      ...within(scope, whose, 'cluster', perCluster, cluster),
      ...within(scope, whose, 'service', perService, service),
    ];
  });
}

const within = (
  scope: string,
  whose: string,
  what: 'cluster' | 'service',
  atMost: number | undefined,
  key: string | undefined,
): readonly Budget[] =>
  atMost === undefined || key === undefined
    ? []
    : [
        {
          scope: `${scope}:${what}:${shortHash(key)}`,
          atMost,
          says: `${whose}: ${atMost} an hour in ${what} ${nameIn(key)}`,
        },
      ];

/** Of several rules, the one that leaves most: of all it is the lowest limit. Undefined: none says. */
export const leastHealthyOf = (limited: readonly Limited[]): number | undefined =>
  limited.flatMap(({ limits }) => limits.minHealthyPercent ?? []).toSorted((a, b) => b - a)[0];

/** Why a step would leave too little; undefined where it does not, or says nothing about it. */
export function leavesTooLittle(left: Healthy | undefined, leastPercent: number | undefined): string | undefined {
  if (left === undefined || leastPercent === undefined) return undefined;
  const least = Math.ceil((left.of * leastPercent) / 100);
  if (left.count >= least) return undefined;
  return `it would leave ${left.count} of ${left.of} healthy, less than the ${leastPercent}% of limits.minHealthyPercent`;
}
