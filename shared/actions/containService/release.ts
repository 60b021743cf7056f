import { namedFailure } from '../../account/awsFailure.ts';
import { parseImageReference } from '../../account/imageReference.ts';
import { familyIn, readNamedVersion } from '../../account/namedVersion.ts';
import { readsWith } from '../../account/reads.ts';
import { clamped } from '../../account/scalableTarget.ts';
import { shortArn } from '../../account/sightings.ts';
import { keyOfResource } from '../../finding/incidentKey.ts';
import type { ActContext, Executed, ReadContext, Verified } from '../contract.ts';
import type { Release, ReleasePlanned } from '../release.ts';
import { substepsOf } from '../substeps.ts';
import { lastWords, updateService } from '../targets/serviceTarget.ts';
import { deployable, setScaling } from './changes.ts';
import { affectedAmong } from './observe.ts';
import { shortOf } from './short.ts';
import {
  chosenShape,
  type Observed,
  type Params,
  type ReleaseChosen,
  releaseShape,
  type ServiceTarget,
} from './types.ts';
import { readTruth, sameScaling } from './verify.ts';

const staysContained = 'it stays as it was contained';

/** Lifts the containment of a service onto the clean version that it runs, or onto one that a person named. */
export const releaseService: Release<Params, Observed, 'ecs-service'> = {
  takesVersion: true,
  plan: (target, _params, before, to, context) => planRelease(target, before, to, context),
  intended: (_target, before, chosen) => {
    const { taskDefinition, digests, pins } = releaseShape.parse(chosen).release;
    return {
      version: { ...before.version, ...digests },
      ...(Object.keys(pins).length > 0 ? {} : { taskDefinition }),
      count: before.count,
      scaling: before.scaling,
      breaker: before.breaker,
    };
  },
  execute: (target, _params, before, context) => release(target, before, context),
  verify: (target, _params, before, context) => verifyReleased(target, before, context),
};

async function planRelease(
  target: ServiceTarget,
  before: Observed,
  to: string | null,
  context: ReadContext,
): Promise<ReleasePlanned> {
  const { id, account, region } = target;
  const read = readsWith(context.aws);
  const refused = (why: string): ReleasePlanned => ({ kind: 'refused', reason: `${id} stays contained: ${why}.` });
  const way = chosenShape.parse(context.chosen);
  if (to === null && way.how === 'zero')
    return refused(
      'it was set to zero tasks, and no version of it is known to be clean: name one (--to family:revision)',
    );
  try {
    const { service } = await readTruth(read, target);
    const family = familyIn(before.taskDefinition);
    if (to !== null && !to.startsWith('sha256:') && familyIn(to) !== family)
      return { kind: 'elsewhere', reason: `${id} stays contained: ${shortArn(to)} is not of its family ${family}.` };
    const ours = way.how === 'rollback' ? way.clean.digests : {};
    const now = { taskDefinition: service.taskDefinition, digests: { ...ours, ...service.digests } };
    const { version, why } = await readNamedVersion(read, to, now);
    if (version === null) return refused(why);
    const { digests: accused, suspects } = context.accusation;
    const bad = version.images.find(({ digest }) => [...accused, ...suspects].includes(digest));
    if (bad !== undefined) return refused(`${bad.reference.repository}@${bad.digest.slice(0, 19)} is accused`);
    const { images, ...named } = version;
    const counts = 'with its count, autoscaling and circuit breaker as they were before it was contained';
    const sentence =
      to === null
        ? `Leave service ${id} on ${shortArn(version.taskDefinition)}, which it runs, ${counts}.`
        : `Put service ${id} on ${nameOf(to, named)}, ${counts}.`;
    const runs = images.map(({ reference: { repository }, digest }) =>
      keyOfResource(
        { kind: 'image', id: `${repository}@${digest}`, arn: '', repository, digest, tags: [] },
        { account, region },
      ),
    );
    return { kind: 'release', sentence, chosen: { ...way, release: { to, ...named } }, runs, named: to !== null };
  } catch (error) {
    throw namedFailure(error, `Reading what ${id} would run`);
  }
}

const nameOf = (to: string, { taskDefinition, pins }: Pick<ReleaseChosen, 'taskDefinition' | 'pins'>): string =>
  Object.keys(pins).length === 0
    ? shortArn(to)
    : `${shortArn(taskDefinition)} in a copy with ${Object.values(pins).map(imageIn).join(' and ')}`;

const imageIn = (image: string): string => {
  const reference = parseImageReference(image);
  return `${reference?.repository}@${reference?.digest?.slice(0, 19)}`;
};

/** The version first, with the count and the breaker in the same call; autoscaling last, which moves the count into its limits. */
async function release(target: ServiceTarget, before: Observed, context: ActContext): Promise<Executed> {
  const chosen = releaseShape.parse(context.chosen).release;
  const substeps = substepsOf(context);
  const { scaling, desired, scheduling, breaker, count } = before;
  const { service } = await readTruth(readsWith(context.aws), target);
  const deploys =
    chosen.to !== null && (service.taskDefinition !== chosen.taskDefinition || Object.keys(chosen.pins).length > 0);
  const taskDefinition = deploys
    ? await deployable(chosen, context, substeps, { name: 'pin released', otherwise: staysContained })
    : service.taskDefinition;
  if (taskDefinition === undefined) return { kind: 'done', did: `${target.id}: ${substeps.finish()}` };
  const counted = scheduling === 'DAEMON' || (count === 'autoscaled' && service.desired > 0);
  const change = {
    ...(counted ? {} : { desiredCount: clamped(desired, scaling) }),
    ...(deploys ? { taskDefinition, forceNewDeployment: true } : {}),
    ...(breaker?.rollback === true ? { deploymentConfiguration: { deploymentCircuitBreaker: breaker } } : {}),
  };
  await updateService(
    target,
    context,
    substeps,
    {
      name: 'release',
      did: deploys ? `pointed it at ${shortArn(taskDefinition)}` : `left it on ${shortArn(taskDefinition)}`,
      otherwise: staysContained,
    },
    change,
  );
  if (scaling !== null) await setScaling(target, context, substeps, 'resume', scaling);
  return { kind: 'done', did: `${target.id}: ${substeps.finish()}` };
}

/** Holds when the chosen version is up, no accused task runs, and count, autoscaling and breaker are what they were. */
async function verifyReleased(target: ServiceTarget, before: Observed, context: ReadContext): Promise<Verified> {
  const chosen = releaseShape.parse(context.chosen).release;
  const truth = await readTruth(readsWith(context.aws), target);
  const { service, live, scaling } = truth;
  const healthy = live.filter((task) => task.healthy).length;
  const seen = `${shortArn(service.taskDefinition)}, ${healthy} of ${service.desired} tasks healthy, deployment ${service.rollout}`;
  const broken = (why: string): Verified => ({ state: 'broken', seen: `${seen}; ${why}`, absence: false });
  const other = Object.entries(chosen.digests).find(([name, digest]) => (service.digests[name] ?? digest) !== digest);
  if (other !== undefined) return broken(`it deploys ${other[0]} ${service.digests[other[0]]}`);
  if (Object.keys(chosen.pins).length === 0 && service.taskDefinition !== chosen.taskDefinition)
    return broken(`it is not ${shortArn(chosen.taskDefinition)}`);
  if (!sameScaling(scaling, before.scaling)) return broken('autoscaling is not as it was');
  if (before.count !== 'autoscaled' && service.desired !== clamped(before.count, scaling))
    return broken(`it wants ${service.desired} tasks, and wanted ${before.count}`);
  if (before.breaker?.rollback === true && service.breaker?.rollback !== true)
    return broken('its circuit breaker does not roll back as it did');
  if (affectedAmong(live, context.accusation).length > 0) return broken('an accused task runs');
  if (service.rollout === 'FAILED') return broken(`the version does not come up${lastWords(service)}`);
  if (service.rollout === 'COMPLETED' && healthy >= service.desired) return { state: 'holds', seen, absence: false };
  return { state: 'pending', seen: `${seen}${lastWords(service)}`, absence: false, ...shortOf(target, service, live) };
}
