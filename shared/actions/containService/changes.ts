import { readServiceTasks, type ServiceTask } from '../../account/ecsTasks.ts';
import { readUnpullable } from '../../account/pullable.ts';
import { readsWith } from '../../account/reads.ts';
import {
  clamped,
  readScaling,
  type Scaling,
  scalableDimension,
  scalableId,
  scalableNamespace,
} from '../../account/scalableTarget.ts';
import { shortArn } from '../../account/sightings.ts';
import { ActionFailed } from '../../platform/errors.ts';
import type { ActContext, Executed } from '../contract.ts';
import { type Substeps, substepsOf } from '../substeps.ts';
import { refuseMoved, type ServiceChange, updateService } from '../targets/serviceTarget.ts';
import { stopReason, stopTask } from '../targets/stopTasks.ts';
import { affectedAmong } from './observe.ts';
import { registerPinned } from './pinnedDefinition.ts';
import { type Chosen, chosenShape, type Observed, type ServiceTarget } from './types.ts';

/** Tasks that start while others are being stopped are looked for so often; what is left then, Verify sees. */
const mostPasses = 3;

const suspended: Scaling['suspended'] = { in: true, out: true, scheduled: true };

/**
 * Stops what is bad: autoscaling first, because it undoes a change of the count; then the service, so that its scheduler
 * does not start the accused version again; then the tasks, by ARN, whatever the deployment does. Each is tried though another was refused.
 */
export async function stopService(target: ServiceTarget, before: Observed, context: ActContext): Promise<Executed> {
  const chosen = chosenShape.parse(context.chosen);
  const substeps = substepsOf(context);
  const { scaling } = before;
  if (scaling !== null && chosen.how !== 'replace') {
    const min = chosen.how === 'zero' ? 0 : scaling.min;
    await setScaling(target, context, substeps, 'suspend', { ...scaling, min, suspended });
  }
  if (chosen.how === 'rollback') await pointBack(target, before, chosen, context, substeps);
  if (chosen.how === 'zero' && before.scheduling !== 'DAEMON') {
    const zero = { name: 'zero', did: 'set it to 0 tasks', otherwise: 'it starts what is stopped again' };
    await updateService(target, context, substeps, zero, { desiredCount: 0 });
  }
  await stopAll(target, chosen, context, substeps);
  return { kind: 'done', did: `${target.id}: ${substeps.finish()}` };
}

const startsAccused = 'it starts the accused version again';

/** Points the service at its clean version. A circuit breaker that rolls back would bring the accused one back. */
async function pointBack(
  target: ServiceTarget,
  before: Observed,
  { clean, heldCount, fullCount }: Extract<Chosen, { how: 'rollback' }>,
  context: ActContext,
  substeps: Substeps,
): Promise<void> {
  const taskDefinition = await deployable(clean, context, substeps, { name: 'pin', otherwise: startsAccused });
  if (taskDefinition === undefined) return;
  const breaker = before.breaker?.rollback === true ? { enable: true, rollback: false } : undefined;
  const held = before.scheduling === 'DAEMON' ? '' : ` with ${heldCount} of ${fullCount} tasks`;
  const did = `pointed it back at ${shortArn(taskDefinition)}${held}`;
  await updateService(
    target,
    context,
    substeps,
    { name: 'point back', did, otherwise: startsAccused },
    {
      taskDefinition,
      forceNewDeployment: true,
      ...(before.scheduling === 'DAEMON' ? {} : { desiredCount: heldCount }),
      ...(breaker === undefined ? {} : { deploymentConfiguration: { deploymentCircuitBreaker: breaker } }),
    },
  );
}

/** The definition itself, or a copy that names its images by digest; undefined when that was refused. */
export async function deployable(
  { taskDefinition, pins }: Extract<Chosen, { how: 'rollback' }>['from'],
  { aws }: ActContext,
  substeps: Substeps,
  step: { readonly name: string; readonly otherwise: string },
): Promise<string | undefined> {
  if (Object.keys(pins).length === 0) return taskDefinition;
  const doing = `Registering a copy of ${shortArn(taskDefinition)} that names its images by digest`;
  const did = `registered a copy of ${shortArn(taskDefinition)} that names its images by digest (not in your own code)`;
  const copy = await substeps.attempt({ ...step, doing, did }, () => registerPinned(aws, taskDefinition, pins));
  return typeof copy === 'string' ? copy : undefined;
}

export async function setScaling(
  { cluster, service, id }: ServiceTarget,
  { aws }: ActContext,
  substeps: Substeps,
  name: 'suspend' | 'resume',
  scaling: Scaling,
): Promise<void> {
  const { client, RegisterScalableTargetCommand } = await aws.applicationAutoScaling();
  const what =
    name === 'suspend'
      ? { did: 'suspended its autoscaling', otherwise: 'it may change the count by itself' }
      : { did: 'put its autoscaling back', otherwise: 'its autoscaling stays suspended' };
  await substeps.attempt({ name, doing: `Changing the autoscaling of ${id}`, ...what }, async () => {
    await client.send(
      new RegisterScalableTargetCommand({
        ServiceNamespace: scalableNamespace,
        ResourceId: scalableId(cluster, service),
        ScalableDimension: scalableDimension,
        MinCapacity: scaling.min,
        MaxCapacity: scaling.max,
        SuspendedState: {
          DynamicScalingInSuspended: scaling.suspended.in,
          DynamicScalingOutSuspended: scaling.suspended.out,
          ScheduledScalingSuspended: scaling.suspended.scheduled,
        },
      }),
    );
    return 'set';
  });
}

/** Stops what is to be stopped, and what has started meanwhile of it. */
async function stopAll(target: ServiceTarget, { how }: Chosen, context: ActContext, substeps: Substeps): Promise<void> {
  const { cluster, service, id } = target;
  const asked = new Set<string>();
  for (let pass = 0; pass < mostPasses; pass += 1) {
    const { live } = await readServiceTasks(readsWith(context.aws), cluster, service);
    const wanted: readonly ServiceTask[] = how === 'zero' ? live : affectedAmong(live, context.accusation);
    const fresh = wanted.filter(({ arn, stopping }) => !stopping && !asked.has(arn));
    if (fresh.length === 0) return;
    for (const { arn } of fresh) {
      asked.add(arn);
      await stopTask(context, substeps, {
        cluster,
        task: arn,
        reason: stopReason(id, context.key),
      });
    }
  }
}

/** Starts what is clean in full, and lets autoscaling have it again, within the limits of today. */
export async function startService(target: ServiceTarget, before: Observed, context: ActContext): Promise<Executed> {
  const chosen = chosenShape.parse(context.chosen);
  if (chosen.how !== 'rollback') return { kind: 'done', did: `${target.id}: its scheduler starts what is missing` };
  const substeps = substepsOf(context);
  const { scheduling, scaling } = before;
  if (scheduling !== 'DAEMON' && chosen.heldCount !== chosen.fullCount) {
    const now = await readScaling(readsWith(context.aws), target.cluster, target.service);
    const desiredCount = clamped(chosen.fullCount, now);
    const otherwise = `it is held at ${chosen.heldCount} of ${desiredCount} tasks`;
    const start = { name: 'start', did: `asked for ${desiredCount} tasks`, otherwise };
    await updateService(target, context, substeps, start, { desiredCount });
  }
  if (scaling !== null) await setScaling(target, context, substeps, 'resume', scaling);
  if (scaling === null && chosen.heldCount === chosen.fullCount) {
    return { kind: 'done', did: `${target.id}: it was asked for ${chosen.fullCount} tasks already` };
  }
  return { kind: 'done', did: `${target.id}: ${substeps.finish()}` };
}

/** A service whose image somebody keeps archived would stop its clean tasks for such as never start. */
async function refuseUnpullable({ id }: ServiceTarget, { taskDefinition, version }: Observed, { aws }: ActContext) {
  const why = await readUnpullable(readsWith(aws), taskDefinition, version);
  if (why === null) return;
  throw new ActionFailed(
    `${id} stays on its clean version: ${why}, so that no task of ${shortArn(taskDefinition)} could start. Put the image back first: undo the incident that needs it archived`,
  );
}

const staysContained = 'it stays as it was contained';

/** Puts back the definition, the count within the limits of today, the circuit breaker, and autoscaling last: it moves the count into its limits. */
export async function restoreService(target: ServiceTarget, before: Observed, context: ActContext): Promise<Executed> {
  const chosen = chosenShape.parse(context.chosen);
  const substeps = substepsOf(context);
  const { scaling, desired, scheduling } = before;
  const count = scheduling === 'DAEMON' ? {} : { desiredCount: clamped(desired, scaling) };
  if (chosen.how === 'rollback') {
    await refuseUnpullable(target, before, context);
    await pointForward(target, before, chosen, count, context, substeps);
  } else {
    const did = `asked for ${desired} tasks`;
    await updateService(target, context, substeps, { name: 'restore', did, otherwise: staysContained }, count);
  }
  if (scaling !== null) await setScaling(target, context, substeps, 'resume', scaling);
  return { kind: 'done', did: `${target.id}: ${substeps.finish()}` };
}

/** Points the service at what it deployed before. Throws ActionFailed when that would start something else by now. */
async function pointForward(
  target: ServiceTarget,
  { breaker, version }: Observed,
  { from }: Extract<Chosen, { how: 'rollback' }>,
  count: ServiceChange,
  context: ActContext,
  substeps: Substeps,
): Promise<void> {
  if (Object.keys(from.pins).length === 0) await refuseMoved(from.taskDefinition, version, context);
  const taskDefinition = await deployable(from, context, substeps, { name: 'pin back', otherwise: staysContained });
  if (taskDefinition === undefined) return;
  const did = `pointed it at ${shortArn(taskDefinition)} again`;
  await updateService(
    target,
    context,
    substeps,
    { name: 'restore', did, otherwise: staysContained },
    {
      ...count,
      taskDefinition,
      forceNewDeployment: true,
      ...(breaker?.rollback === true ? { deploymentConfiguration: { deploymentCircuitBreaker: breaker } } : {}),
    },
  );
}
