import { shortArn } from '../../account/sightings.ts';
import type { ReadContext, Verified } from '../contract.ts';
import { verifiedBack, verifiedSettled, verifiedUp } from '../targets/deployedService.ts';
import type { ServiceTarget } from '../targets/serviceTarget.ts';
import { readNow } from './readNow.ts';
import { backTo, beforeShape, type Observed, type Params } from './types.ts';

/** Holds when all of its tasks run the copy. That AWS Config is content is no proof. */
export async function verifyDeployed(target: ServiceTarget, given: Params, before: Observed, context: ReadContext) {
  const back = backTo(context, before);
  const now = await readNow(target, given, beforeShape.parse(before), context, back);
  return verifiedUp(now, `${target.id} went back to ${shortArn(back)}`);
}

/** Holds when the copy is up, or what ran before is again; where that was a copy, too, what was fixed first goes on standing. */
export async function verifySettled(
  target: ServiceTarget,
  given: Params,
  before: Observed,
  context: ReadContext,
): Promise<Verified> {
  const back = backTo(context, before);
  const now = await readNow(target, given, beforeShape.parse(before), context, back);
  if (back !== before.definition) return verifiedSettled(now);
  return verifiedSettled(now, `The copy did not come up, so ${target.id} was put back onto ${shortArn(back)}.`);
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
