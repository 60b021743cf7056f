import { namedFailure } from '../../account/awsFailure.ts';
import { describeLive } from '../../account/ecsService.ts';
import { readsWith } from '../../account/reads.ts';
import { ActionFailed } from '../../platform/errors.ts';
import type { ActContext, Executed } from '../contract.ts';
import { substepsOf } from '../substeps.ts';
import { type Deployed, putBackUnlessUp } from '../targets/deployedService.ts';
import { refuseMoved, type ServiceChange, type ServiceTarget, updateService } from '../targets/serviceTarget.ts';
import { readNow } from './readNow.ts';
import { chosenShape, type Observed, type Params } from './types.ts';
import { LATEST } from './versions.ts';

/**
 * Sets the service to LATEST, which is a deployment ("This parameter triggers a new service deployment", ECS API reference, "UpdateService"). One that
 * has it already is deployed anew, once: of a call whose answer was lost, the deployment is seen.
 */
export async function updatePlatform(
  target: ServiceTarget,
  _params: Params,
  before: Observed,
  context: ActContext,
): Promise<Executed> {
  const { from } = chosenShape.parse(context.chosen);
  if (before.version !== from) {
    throw new ActionFailed(
      `Somebody has changed the platform version of ${target.id} meanwhile, from ${from} to ${before.version}: it is left as it is`,
    );
  }
  if (from !== LATEST) {
    return change(target, context, 'deploy', { platformVersion: LATEST }, `it stays on ${from}`);
  }
  if ((await primaryNow(target, context)) !== before.primary) {
    return { kind: 'done', did: `${target.id}: it is deployed anew already` };
  }
  return change(target, context, 'deploy', { forceNewDeployment: true }, 'its tasks run on as they are');
}

/** Puts a service back whose tasks have not come up within the time that they were watched. */
export async function settlePlatform(
  target: ServiceTarget,
  _params: Params,
  before: Observed,
  context: ActContext,
): Promise<Executed> {
  const now = await readNow(target, before, context);
  const leftAs = {
    up: 'its new tasks have come up',
    back: 'it went back to the deployment before already',
    elsewhere: 'somebody has deployed something else, which stays',
  };
  return putBackUnlessUp(target, now, leftAs, () => pin(target, before, now, context, 'back'));
}

/** An undo. Throws ActionFailed where that would start something else by now, or AWS takes the version no more. */
export async function pinAgain(
  target: ServiceTarget,
  _params: Params,
  before: Observed,
  context: ActContext,
): Promise<Executed> {
  const now = await readNow(target, before, context);
  if (now.is === 'back') {
    return { kind: 'done', did: `${target.id}: its platform version is ${before.version} already` };
  }
  return pin(target, before, now, context, 'undo');
}

/** It is a deployment of what the service runs by now. */
async function pin(
  target: ServiceTarget,
  { version }: Observed,
  { service }: Deployed,
  context: ActContext,
  name: 'back' | 'undo',
): Promise<Executed> {
  await refuseMoved(service.taskDefinition, service.digests, context);
  return change(target, context, name, { platformVersion: version }, `it stays on ${LATEST}`);
}

async function change(
  target: ServiceTarget,
  context: ActContext,
  name: string,
  to: ServiceChange,
  otherwise: string,
): Promise<Executed> {
  const substeps = substepsOf(context);
  const did =
    to.platformVersion === undefined
      ? 'asked for a new deployment'
      : `asked for platform version ${to.platformVersion}`;
  await updateService(target, context, substeps, { name, did, otherwise }, to);
  return { kind: 'done', did: `${target.id}: ${substeps.finish()}` };
}

async function primaryNow({ cluster, service, id }: ServiceTarget, context: ActContext): Promise<string | null> {
  try {
    const { deployments = [] } = await describeLive(readsWith(context.aws), cluster, service);
    return deployments.find(({ status }) => status === 'PRIMARY')?.id ?? null;
  } catch (error) {
    throw namedFailure(error, `Reading service ${id}`);
  }
}
