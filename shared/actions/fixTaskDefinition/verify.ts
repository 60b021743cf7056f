import { shortArn } from '../../account/sightings.ts';
import type { ReadContext, Verified } from '../contract.ts';
import type { ServiceTarget } from '../targets/serviceTarget.ts';
import { type Now, readNow } from './readNow.ts';
import { beforeShape, type Observed, type Params } from './types.ts';

/** Holds when all of its tasks run the copy: that none runs another revision is an absence. That AWS Config is content is no proof. */
export async function verifyDeployed(target: ServiceTarget, given: Params, before: Observed, context: ReadContext) {
  const { is, seen } = await readNow(target, given, beforeShape.parse(before), context);
  const all = (state: Verified['state'], why = ''): Verified => ({ state, seen: `${seen}${why}`, absence: true });
  if (is === 'up') return all('holds');
  if (is === 'coming') return all('pending');
  return all('broken', is === 'back' ? `; ${target.id} went back to ${shortArn(before.definition)}` : '');
}

/** Holds when the copy is up, or what ran before is again. */
export async function verifySettled(
  target: ServiceTarget,
  given: Params,
  before: Observed,
  context: ReadContext,
): Promise<Verified> {
  const now = await readNow(target, given, beforeShape.parse(before), context);
  if (now.is === 'up' || now.is === 'elsewhere') return { state: 'holds', seen: now.seen, absence: true };
  const verified = backAgain(now);
  if (verified.state !== 'holds') return verified;
  const closes = `The copy did not come up, so ${target.id} was put back onto ${shortArn(before.definition)}.`;
  return { ...verified, closes };
}

/** Holds when all of its tasks run what it ran before. */
export async function verifyRestored(
  target: ServiceTarget,
  given: Params,
  before: Observed,
  context: ReadContext,
): Promise<Verified> {
  return backAgain(await readNow(target, given, beforeShape.parse(before), context));
}

/** Whether it runs what it ran before. */
function backAgain({ is, settled, service, seen }: Now): Verified {
  const isBack = is === 'back' && service.rollout !== 'FAILED';
  return { state: !isBack ? 'broken' : settled ? 'holds' : 'pending', seen, absence: true };
}
