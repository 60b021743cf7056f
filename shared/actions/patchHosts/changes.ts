import { readsWith } from '../../account/reads.ts';
import { ActionFailed, Throttled } from '../../platform/errors.ts';
import type { ActContext, Executed } from '../contract.ts';
import { type OfCluster, readListed, setStatus, tasksOn } from '../targets/containerInstance.ts';
import { refuseRegisteredElse } from '../targets/hostRegistrations.ts';
import { documentName, isGoingOn, readOwnCommands, refuseWhilePatching } from '../targets/patchCommands.ts';
import { commentFor } from './reads.ts';
import { type Chosen, chosenShape, type HostTarget, type Observed, type Params } from './types.ts';

/** How long Systems Manager tries to reach the agent: it answered when the plan was made. */
const deliverySeconds = 600;
/** What is not over then has not ended by itself: Systems Manager gives it up after both of its times. */
const marginSeconds = 120;

export const patchWait = ({ patchTimeoutSeconds }: Params): number =>
  patchTimeoutSeconds + deliverySeconds + marginSeconds;

export const ofCluster = ({ cluster, container }: Chosen): OfCluster | null =>
  cluster === null || container === null ? null : { cluster, container };

/** Asks for the host to be emptied, unless somebody has; and waits for the event that says that it is. */
export async function drainHost(
  { id }: HostTarget,
  { drainTimeoutSeconds }: Params,
  context: ActContext,
): Promise<Executed> {
  const chosen = chosenShape.parse(context.chosen);
  const host = ofCluster(chosen);
  if (host === null) return { kind: 'done', did: `${id}: host of no cluster, nothing had to be moved` };
  const instance = chosen.drains
    ? await setStatus(context, host, 'DRAINING')
    : await readListed(readsWith(context.aws), host);
  const left = tasksOn(instance);
  const did = `${id}: ${chosen.drains ? `drained it in cluster ${host.cluster}` : 'it drained already'}, ${left} tasks were there`;
  if (left === 0) return { kind: 'done', did };
  return { kind: 'waiting', did, correlation: host.container, atMostSeconds: drainTimeoutSeconds };
}

/**
 * Sends the command, once: before it is repeated, Systems Manager is asked for one of ours that is under way or has succeeded. Its end is
 * told by an event; of one that is over already, none comes.
 */
export async function patchHost(target: HostTarget, params: Params, context: ActContext): Promise<Executed> {
  const { id } = target;
  const { after, container } = chosenShape.parse(context.chosen);
  let over = false;
  const Comment = commentFor(target, after);
  const command = await context.journal.once('send', async () => {
    const own = await readOwnCommands(readsWith(context.aws), id, context.clock.now());
    const known = own.find((one) => one.Comment === Comment && (isGoingOn(one) || one.Status === 'Success'));
    over = known?.Status === 'Success';
    if (known?.CommandId !== undefined) return known.CommandId;
    // It took its time to be empty, and what was registered meanwhile has tasks of its own.
    await refuseRegisteredElse(readsWith(context.aws), id, container);
    return await send(target, params, Comment, context);
  });
  const did = `${id}: ${documentName} installs in command ${String(command)}`;
  if (over) return { kind: 'done', did: `${did}, which has ended` };
  return { kind: 'waiting', did, correlation: String(command), atMostSeconds: patchWait(params) };
}

async function send(
  { id }: HostTarget,
  { reboot, patchTimeoutSeconds }: Params,
  Comment: string,
  { aws }: ActContext,
): Promise<string> {
  const { unrepeated, SendCommandCommand } = await aws.ssm();
  const { Command } = await unrepeated.send(
    new SendCommandCommand({
      DocumentName: documentName,
      InstanceIds: [id],
      Parameters: {
        Operation: ['Install'],
        RebootOption: [reboot === 'never' ? 'NoReboot' : 'RebootIfNeeded'],
        StepTimeoutSeconds: [String(patchTimeoutSeconds)],
      },
      TimeoutSeconds: deliverySeconds,
      Comment,
    }),
  );
  if (Command?.CommandId === undefined) throw new ActionFailed('Systems Manager has answered without a command');
  return Command.CommandId;
}

/** Gives the host tasks again: nothing but what the drain has changed, whatever became of the patch. */
export async function activateHost(target: HostTarget, context: ActContext): Promise<Executed> {
  const { id } = target;
  const host = ofCluster(chosenShape.parse(context.chosen));
  if (host === null) return { kind: 'done', did: `${id}: host of no cluster, nothing had to be put back` };
  await refuseWhilePatching(target, context);
  const instance = await readListed(readsWith(context.aws), host);
  if (instance.agentConnected !== true) {
    const why = `the agent of ECS on ${id} is not connected, so that it would take no task`;
    // An agent is off for moments several times an hour (the developer guide, "Container instance state change events").
    throw context.lastTry ? new ActionFailed(`It stays DRAINING: ${why}`) : new Throttled(why);
  }
  if (instance.status !== 'ACTIVE') await setStatus(context, host, 'ACTIVE');
  return { kind: 'done', did: `${id}: it takes tasks of cluster ${host.cluster} again` };
}

/** Puts back the state in the cluster, which is all that can be. */
export async function restoreHost(target: HostTarget, before: Observed, context: ActContext): Promise<Executed> {
  const host = ofCluster(chosenShape.parse(context.chosen));
  if (host === null || before.status !== 'ACTIVE')
    return { kind: 'done', did: `${target.id}: nothing had to be put back` };
  await refuseWhilePatching(target, context);
  await setStatus(context, host, 'ACTIVE');
  return { kind: 'done', did: `${target.id}: it takes tasks of cluster ${host.cluster} again` };
}
