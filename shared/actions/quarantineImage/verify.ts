import { namedFailure } from '../../account/awsFailure.ts';
import { readTaskUsers } from '../../account/ecsUsers.ts';
import { readRunningPods } from '../../account/podUsers.ts';
import { type Reads, readsWith } from '../../account/reads.ts';
import { type ImageStatus, readImageStatuses } from '../../account/repositoryImages.ts';
import { type Sightings, shortArn } from '../../account/sightings.ts';
import { TargetGone } from '../../platform/errors.ts';
import type { ReadContext, Verified } from '../contract.ts';
import { type ImageTarget, imageName, repositoryOf, shortDigest } from '../targets/imageTarget.ts';
import type { Observed } from './observe.ts';

/**
 * Holds when every image of the set reads ARCHIVED (or is gone, which is an absence) and no task or pod runs one: one may have
 * started between the plan and the archiving. Those that cannot be read, or name a tag and no digest yet, prove nothing:
 * pending. So is ACTIVE, because ECR does not say how soon its reads follow its writes; an image that was pushed again stays
 * ACTIVE, so it never comes to hold.
 */
export async function verifyArchived(target: ImageTarget, before: Observed, context: ReadContext): Promise<Verified> {
  const read = readsWith(context.aws);
  const statuses = await statusesOf(read, target, before.digests);
  const seen = before.digests.map((digest) => told(digest, statuses)).join(', ');
  const absence = [...statuses.values()].includes(null);
  if (before.digests.some((digest) => statuses.get(digest) === 'ACTIVATING')) return { state: 'broken', seen, absence };
  if (before.digests.some((digest) => statuses.get(digest) === 'ACTIVE')) return { state: 'pending', seen, absence };

  const sightings: Sightings = { users: [], unread: [] };
  const wanted = { repository: repositoryOf(target), digests: new Set(before.digests), tags: new Map() };
  await readTaskUsers(read, wanted, sightings);
  await readRunningPods(read, wanted, sightings);
  if (sightings.users.length > 0) {
    const users = [...new Set(sightings.users.map((user) => shortArn(user.arn)))].join(', ');
    return { state: 'broken', seen: `${seen}; but ${users} runs it`, absence };
  }
  const [unread] = sightings.unread;
  if (unread === undefined) return { state: 'holds', seen: `${seen} in ${target.repository}`, absence };
  const unsure = `whether anything runs it cannot be told (${unread.place}: ${unread.why})`;
  return { state: 'pending', seen: `${seen}; but ${unsure}`, absence };
}

/**
 * Holds when everything that was active before reads ACTIVE again; ACTIVATING is pending. What has gone is an absence, and does not
 * keep the rest from being put back. Throws TargetGone when nothing is left of it.
 */
export async function verifyRestored(target: ImageTarget, before: Observed, context: ReadContext): Promise<Verified> {
  const ours = before.digests.filter((digest) => before.status[digest] === 'ACTIVE');
  const statuses = await statusesOf(readsWith(context.aws), target, ours);
  const seen = ours.map((digest) => told(digest, statuses)).join(', ') || 'nothing of it was active before';
  const left = [...statuses.values()].filter((status) => status !== null);
  if (ours.length > 0 && left.length === 0) throw new TargetGone(`${imageName(target)}: ${seen}`);
  const settled = left.every((status) => status === 'ACTIVE');
  const coming = left.every((status) => status === 'ACTIVE' || status === 'ACTIVATING');
  const partlyGone = left.length < ours.length;
  return { state: settled ? 'holds' : coming ? 'pending' : 'broken', seen, absence: partlyGone, partlyGone };
}

const told = (digest: string, statuses: ReadonlyMap<string, ImageStatus | null>): string =>
  `${shortDigest(digest)} ${statuses.get(digest) ?? 'gone'}`;

async function statusesOf(
  read: Reads,
  target: ImageTarget,
  digests: readonly string[],
): Promise<Map<string, ImageStatus | null>> {
  try {
    return await readImageStatuses(read, repositoryOf(target), digests);
  } catch (error) {
    throw namedFailure(error, `Reading ${imageName(target)} back`);
  }
}
