import { shortArn } from '../../account/sightings.ts';
import type { ReadContext, Verified } from '../contract.ts';
import type { ServiceTarget } from '../targets/serviceTarget.ts';
import { readNow } from './readNow.ts';
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
  const { is, settled, service, seen } = await readNow(target, given, beforeShape.parse(before), context);
  const all = (state: Verified['state']): Verified => ({ state, seen, absence: true });
  if (is === 'up' || is === 'elsewhere') return all('holds');
  if (is !== 'back' || service.rollout === 'FAILED') return all('broken');
  if (!settled) return all('pending');
  const closes = `The copy did not come up, so ${target.id} was put back onto ${shortArn(before.definition)}.`;
  return { ...all('holds'), closes };
}

/** Holds when all of its tasks run what it ran before. */
export async function verifyRestored(
  target: ServiceTarget,
  given: Params,
  before: Observed,
  context: ReadContext,
): Promise<Verified> {
  const { is, settled, service, seen } = await readNow(target, given, beforeShape.parse(before), context);
  const all = (state: Verified['state']): Verified => ({ state, seen, absence: true });
  if (is !== 'back' || service.rollout === 'FAILED') return all('broken');
  return all(settled ? 'holds' : 'pending');
}
