import { shortArn } from '../../account/sightings.ts';
import type { ReadContext, Verified } from '../contract.ts';
import { type Deployed, readDeployed, verifiedBack, verifiedSettled, verifiedUp } from '../targets/deployedService.ts';
import type { ServiceTarget } from '../targets/serviceTarget.ts';
import { versionOf, versionsOf } from './observe.ts';
import { beforeShape, latestFor, type Observed, type Params } from './types.ts';
import { isOlder, LATEST } from './versions.ts';

/** What has become of a service that was deployed on LATEST. Throws TargetGone, Throttled or ActionFailed. */
export async function readNow(target: ServiceTarget, stored: Observed, context: ReadContext): Promise<Deployed> {
  const before = beforeShape.parse(stored);
  const now = await readDeployed(target, context, {
    isOwn: ({ startedBy }, { primary }) => startedBy === primary,
    onWhat: (_service, others, described) =>
      `on platform version ${versionOf(described)}, ${others} of another deployment`,
    // A circuit breaker goes back to the deployment before.
    isBack: ({ primary }, described) =>
      primary === before.primary || (before.version !== LATEST && versionOf(described) === before.version),
    notOurs: async (_read, { taskDefinition, rollout }, described) => {
      const version = versionOf(described);
      if (version !== LATEST) return `its platform version is ${version} by now`;
      const isOther = taskDefinition !== before.definition && rollout !== 'COMPLETED';
      return isOther ? `it deploys ${shortArn(taskDefinition)} by now` : null;
    },
  });
  const runsOn = versionsOf(now.live);
  return runsOn.length === 0 ? now : { ...now, seen: `${now.seen}; its tasks run on ${runsOn.join(', ')}` };
}

/** Holds when all of its tasks were started by a deployment on LATEST, and none runs on an older version than the rule says that is. */
export async function verifyUpdated(target: ServiceTarget, params: Params, before: Observed, context: ReadContext) {
  const now = await readNow(target, before, context);
  const verified = verifiedUp(now, `${target.id} went back to the deployment before`);
  const latest = latestFor(params, before);
  const isOld = versionsOf(now.live).some((one) => isOlder(one, latest));
  if (verified.state !== 'holds' || !isOld) return verified;
  return { ...verified, state: 'broken', seen: `${now.seen}, though ${LATEST} is ${latest} as the rule says` } as const;
}

/** Holds when its tasks have come up, or it is as it was before. */
export async function verifySettled(
  target: ServiceTarget,
  _params: Params,
  before: Observed,
  context: ReadContext,
): Promise<Verified> {
  const closes = `Its new tasks did not come up, so ${target.id} was put back to platform version ${before.version}.`;
  return verifiedSettled(await readNow(target, before, context), closes);
}

/** Holds when all of its tasks were started on the version that it had. */
export const verifyPinned = async (
  target: ServiceTarget,
  _params: Params,
  before: Observed,
  context: ReadContext,
): Promise<Verified> => verifiedBack(await readNow(target, before, context));
