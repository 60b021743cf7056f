import type { Planned, UndoPromise } from '../contract.ts';
import type { ServiceTarget } from '../targets/serviceTarget.ts';
import { type Chosen, latestFor, type Observed, type Params } from './types.ts';
import { isOlder, isRetired, LATEST } from './versions.ts';

export const reversal: UndoPromise = {
  possible: true,
  sentence:
    'Undo pins the service to the platform version that it had before, and starts its tasks anew; AWS takes a version that it has not retired.',
};

/** Why there is nothing to be done about the service; null where there may be. */
function notForUs({ launch, controller, version, runsOn }: Observed, latest: string): string | null {
  if (controller === 'CODE_DEPLOY') return 'CodeDeploy deploys it, and with it its platform version: name it there';
  if (controller !== 'ECS') {
    return `an external controller deploys it (${controller}): each of its task sets has its own platform version`;
  }
  if (launch !== 'FARGATE') return `it runs on ${launch}, and only Fargate has platform versions`;
  if (version !== LATEST || runsOn.some((one) => isOlder(one, latest))) return null;
  return `its platform version is ${LATEST}, and none of its tasks runs on an older one than ${latest}`;
}

/** Why the service is not deployed by us; null when it can be. */
function held({ version, deploying, against }: Observed, latest: string): string | null {
  if (isOlder(latest, version)) {
    return `it is pinned to ${version}, and ${LATEST} is ${latest} as far as the rule knows, which is older: say in the rule what it is by now`;
  }
  if (deploying) return 'somebody is deploying it: that ends first';
  return against.length === 0 ? null : against.join('; ');
}

/** Pure: what to do about the platform version of one service. */
export function planPlatform({ id }: ServiceTarget, params: Params, observed: Observed): Planned {
  const { version, seen, desired, running, minimumHealthyPercent } = observed;
  const latest = latestFor(params, observed);
  const nothing = notForUs(observed, latest);
  if (nothing !== null) return { kind: 'skip', reason: `${id}: ${nothing}` };
  const why = held(observed, latest);
  if (why !== null) return { kind: 'hold', reason: `${id}: ${why}`, seen };
  const undo = undoOf(id, observed);
  const least = Math.ceil((desired * minimumHealthyPercent) / 100);
  return {
    kind: 'step',
    sentence: sentenceOf(id, observed, latest),
    undo,
    chosen: { from: version } satisfies Chosen,
    ...(undo.possible
      ? {
          afterwards: {
            settle: `Put service ${id} back to platform version ${version} unless its tasks have come up.`,
          },
        }
      : desired === 0
        ? {}
        : {
            remains: `Should the new tasks of ${id} not come up, nothing brings the old platform version back: ECS keeps old tasks as its minimum healthy percent (${minimumHealthyPercent}) says, those that AWS has not ended by itself, and goes on trying.`,
          }),
    ...(desired === 0 ? {} : { leavesHealthy: { count: Math.min(running, least), of: desired } }),
  };
}

function sentenceOf(id: string, { version, runsOn, desired }: Observed, latest: string): string {
  const replaced = `its ${desired} task${desired === 1 ? ' is' : 's are'} replaced`;
  if (version === LATEST) {
    const old = runsOn.filter((one) => isOlder(one, latest)).join(', ');
    return `Deploy service ${id} anew, whose platform version is ${LATEST} and whose tasks still run on ${old}: ${replaced}.`;
  }
  const set = `Set the platform version of service ${id} to ${LATEST}, which somebody has pinned to ${version}, maybe for a reason`;
  return desired === 0 ? `${set}; it wants no tasks, so that none is started.` : `${set}, and deploy it: ${replaced}.`;
}

function undoOf(id: string, { version, platformFamily }: Observed): UndoPromise {
  if (version === LATEST) {
    const why = `The platform version of ${id} was ${LATEST} before, too: no task starts on what that was once.`;
    return { possible: false, why };
  }
  if (isRetired(version, platformFamily)) {
    return { possible: false, why: `AWS starts no task on platform version ${version} any more.` };
  }
  return reversal;
}
