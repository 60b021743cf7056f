import { shortArn } from '../../account/sightings.ts';
import type { ReadContext, Verified } from '../contract.ts';
import { verifiedBack, verifiedSettled, verifiedUp } from '../targets/deployedService.ts';
import type { ServiceTarget } from '../targets/serviceTarget.ts';
import { readNow } from './readNow.ts';
import { beforeShape, type Observed, type Params } from './types.ts';

/** Holds when all of its tasks run the copy. That AWS Config is content is no proof. */
export async function verifyDeployed(target: ServiceTarget, given: Params, before: Observed, context: ReadContext) {
  const now = await readNow(target, given, beforeShape.parse(before), context);
  return verifiedUp(now, `${target.id} went back to ${shortArn(before.definition)}`);
}

/** Holds when the copy is up, or what ran before is again. */
export async function verifySettled(
  target: ServiceTarget,
  given: Params,
  before: Observed,
  context: ReadContext,
): Promise<Verified> {
  const now = await readNow(target, given, beforeShape.parse(before), context);
  return verifiedSettled(
    now,
    `The copy did not come up, so ${target.id} was put back onto ${shortArn(before.definition)}.`,
  );
}

/** Holds when all of its tasks run what it ran before. */
export async function verifyRestored(
  target: ServiceTarget,
  given: Params,
  before: Observed,
  context: ReadContext,
): Promise<Verified> {
  return verifiedBack(await readNow(target, given, beforeShape.parse(before), context));
}
