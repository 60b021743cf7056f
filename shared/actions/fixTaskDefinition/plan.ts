import { shortArn } from '../../account/sightings.ts';
import type { Planned, UndoPromise } from '../contract.ts';
import type { ServiceTarget } from '../targets/serviceTarget.ts';
import { type Fix, inWords, mended, sameHardening } from './hardening.ts';
import type { Chosen, Observed, Params } from './types.ts';

export const reversal: UndoPromise = {
  possible: true,
  sentence:
    'Undo points the service at the revision that it ran before, and starts its tasks anew; the copy stays registered, and costs nothing.',
};

/** Why a fix is left to a person; null where it can be done. */
function notOurs(fix: Fix, { networkMode, canLog }: Observed, { user, logGroup }: Params): string | null {
  switch (fix) {
    case 'user':
      return user === undefined ? 'it runs as root, and the rule names no user instead (user)' : null;
    case 'logs':
      if (logGroup === undefined) return 'it writes no log, and the rule names no group for one (logGroup)';
      return canLog ? null : 'it has no execution role, which may write a log for it';
    case 'network-mode':
      return networkMode === 'host'
        ? 'it is in the network of its host: what can reach it, on which port, and its groups would change, so that its team moves it'
        : null;
    default:
      return null;
  }
}

/** Why the service is not deployed by us; null when it can be. */
function held(observed: Observed): string | null {
  const { controller, scheduling, deploying, desired, against } = observed;
  if (controller === 'CODE_DEPLOY') return 'CodeDeploy deploys it: deploy the change there';
  if (controller !== 'ECS')
    return `an external controller deploys it (${controller}): only that can change its revision`;
  if (scheduling === 'DAEMON') return 'it is a daemon: each host is without it while its task is replaced';
  if (deploying) return 'somebody is deploying it: that ends first';
  if (desired === 0) return 'it wants no tasks, so that nobody could see whether the copy comes up';
  return against.length === 0 ? null : against.join('; ');
}

/** Pure: what to do about the definition of one service. */
export function planFix(target: ServiceTarget, given: Params, observed: Observed): Planned {
  const { id } = target;
  const { definition, hardening, asked, seen, desired, running, minimumHealthyPercent, roles } = observed;
  if (asked.length === 0) {
    return {
      kind: 'skip',
      reason: `${id} runs ${shortArn(definition)}, and no finding asks for a fix of that revision`,
    };
  }
  const left = asked.flatMap((fix) => notOurs(fix, observed, given) ?? []);
  const fixes = asked.filter((fix) => notOurs(fix, observed, given) === null);
  const to = mended(hardening, fixes, given);
  const hold = (reason: string): Planned => ({ kind: 'hold', reason: `${id}: ${reason}`, seen });
  if (sameHardening(hardening, to)) {
    if (left.length > 0) return hold(left.join('; '));
    return { kind: 'skip', reason: `${id} runs ${shortArn(definition)}, which has what the findings ask for already` };
  }
  const why = held(observed);
  if (why !== null) return hold(why);
  const words = inWords(hardening, to, given).join(', ');
  const least = Math.ceil((desired * minimumHealthyPercent) / 100);
  return {
    kind: 'step',
    sentence: `Register a copy of ${shortArn(definition)} (${words}), and deploy service ${id} with it: its ${desired} task${desired === 1 ? '' : 's'} are replaced.`,
    afterwards: {
      settle: `Put service ${id} back onto ${shortArn(definition)} unless the copy has come up.`,
    },
    undo: reversal,
    chosen: { fixes: [...fixes], definition, roles: [...roles] } satisfies Chosen,
    leavesHealthy: { count: Math.min(running, least), of: desired },
    ...(left.length === 0 ? {} : { remains: `What stays as it is in ${id}: ${left.join('; ')}.` }),
  };
}
