import { shortArn } from '../../account/sightings.ts';
import { ActionFailed } from '../../platform/errors.ts';
import { canonicalJson } from '../../platform/json.ts';
import type { ActContext, Executed } from '../contract.ts';
import { substepsOf } from '../substeps.ts';
import { registerCopy } from '../targets/definitionCopy.ts';
import { familyOf } from '../targets/definitionPermissions.ts';
import { putBackUnlessUp } from '../targets/deployedService.ts';
import { refuseMoved, type ServiceTarget, updateService } from '../targets/serviceTarget.ts';
import { logTo, mended, mendedContent } from './hardening.ts';
import { readNow } from './readNow.ts';
import { backTo, beforeShape, chosenShape, type Observed, type Params, putBy } from './types.ts';

/** So many of the latest revisions may be copies that a call made whose answer was lost, or others that were registered after it. */
const revisionsAsked = 5;

/**
 * Registers the copy and points the service at it. The revision is in the journal before the service is touched; asked again, the same copy is
 * found, and a service that has it deploys nothing anew.
 */
export async function deployCopy(
  target: ServiceTarget,
  given: Params,
  before: Observed,
  context: ActContext,
): Promise<Executed> {
  const chosen = chosenShape.parse(context.chosen);
  const { fixes, definition } = chosen;
  const put = putBy(given, chosen);
  const substeps = substepsOf(context);
  const to = mended(before.hardening, fixes, put);
  const log = logTo(put.logGroup ?? '', target.region, familyOf(definition));
  const name = shortArn(definition);
  // Its copy would be the revision itself, and the service put back onto it.
  if (canonicalJson(to) === canonicalJson(before.hardening))
    throw new ActionFailed(`What the rule asks for changes nothing about ${name}: ${target.id} is left as it is`);
  const otherwise = `${target.id} runs ${name} as before`;
  const copy = await substeps.attempt(
    { name: 'register', doing: `Registering a copy of ${name}`, did: `registered a copy of ${name}`, otherwise },
    () => registerCopy(context.aws, definition, (content) => mendedContent(content, to, log, put), revisionsAsked),
  );
  if (typeof copy === 'string') {
    const did = `pointed it at ${shortArn(copy)}`;
    await updateService(target, context, substeps, { name: 'deploy', did, otherwise }, { taskDefinition: copy });
  }
  return { kind: 'done', did: `${target.id}: ${substeps.finish()}` };
}

/** Puts a service back whose copy has not come up within the time that it was watched. */
export async function settleService(
  target: ServiceTarget,
  given: Params,
  before: Observed,
  context: ActContext,
): Promise<Executed> {
  const back = backTo(context, before);
  const now = await readNow(target, given, beforeShape.parse(before), context, back);
  const leftAs = {
    up: 'the copy has come up, and stays',
    back: `it was put back onto ${shortArn(back)} already`,
    elsewhere: `it deploys ${shortArn(now.service.taskDefinition)} by now, which stays`,
  };
  return putBackUnlessUp(target, now, leftAs, async () => {
    await refuseMoved(back, before.version, context);
    return pointBack(target, back, context, 'back');
  });
}

/** An undo. Throws ActionFailed where that would start something else by now. */
export async function restoreService(target: ServiceTarget, given: Params, before: Observed, context: ActContext) {
  const { is } = await readNow(target, given, beforeShape.parse(before), context);
  if (is === 'back') {
    return { kind: 'done', did: `${target.id}: it deploys ${shortArn(before.definition)} already` } as const;
  }
  await refuseMoved(before.definition, before.version, context);
  return pointBack(target, before.definition, context, 'undo');
}

async function pointBack(
  target: ServiceTarget,
  definition: string,
  context: ActContext,
  name: 'back' | 'undo',
): Promise<Executed> {
  const substeps = substepsOf(context);
  const did = `pointed it at ${shortArn(definition)} again`;
  const otherwise = 'the copy stays deployed';
  await updateService(target, context, substeps, { name, did, otherwise }, { taskDefinition: definition });
  return { kind: 'done', did: `${target.id}: ${substeps.finish()}` };
}
