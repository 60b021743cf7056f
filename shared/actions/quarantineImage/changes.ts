import { failureOf, namedFailure } from '../../account/awsFailure.ts';
import { readsWith } from '../../account/reads.ts';
import { type ImageStatus, readImageStatuses } from '../../account/repositoryImages.ts';
import { ActionFailed, TargetGone } from '../../platform/errors.ts';
import type { ActContext, Executed } from '../contract.ts';
import { type ImageTarget, imageName, repositoryOf, shortDigest } from '../targets/imageTarget.ts';
import type { Observed } from './observe.ts';

/** ECR documents up to 20 minutes for a restore. */
const restoreSeconds = 1200;

/**
 * Archives each image that is active, indexes first, and says what it did. The status is read first, because AWS does not
 * say what a second archiving of the same image answers. What is not there is left out; throws TargetGone when nothing is.
 */
export async function archiveImages(target: ImageTarget, before: Observed, context: ActContext): Promise<string> {
  const statuses = await statusesNow(target, before.digests, context);
  const restoring = before.digests.filter((digest) => statuses.get(digest) === 'ACTIVATING');
  if (restoring.length > 0) {
    throw new ActionFailed(`${imageName(target)}: somebody is restoring ${restoring.map(shortDigest).join(', ')}`);
  }
  const did: string[] = [];
  for (const digest of before.digests) {
    const status = statuses.get(digest) ?? null;
    if (status === null) did.push(`${shortDigest(digest)} is gone`);
    else if (status === 'ARCHIVED') did.push(`${shortDigest(digest)} was archived already`);
    else did.push(await move(target, digest, 'ARCHIVE', context));
  }
  return did.join(', ');
}

/**
 * Puts back what was active before we archived it, in the reverse order, so that no index is active without what it lists.
 * Waits for ECR's event about the last of them; what was archived before us stays archived, and what has gone is said.
 */
export async function restoreImages(target: ImageTarget, before: Observed, context: ActContext): Promise<Executed> {
  const ours = before.digests.filter((digest) => before.status[digest] === 'ACTIVE').reverse();
  const statuses = await statusesNow(target, before.digests, context);
  const did: string[] = [];
  for (const digest of ours) {
    const status = statuses.get(digest) ?? null;
    if (status === null) did.push(`${shortDigest(digest)} is gone`);
    else if (status === 'ACTIVE') did.push(`${shortDigest(digest)} is active already`);
    else if (status === 'ACTIVATING') did.push(`${shortDigest(digest)} is being restored`);
    else did.push(await move(target, digest, 'STANDARD', context));
  }
  const text = `${imageName(target)}: ${ours.length === 0 ? 'nothing of it was active before' : did.join(', ')}`;
  const settled = ours.every((digest) => statuses.get(digest) === 'ACTIVE' || statuses.get(digest) === null);
  if (settled) return { kind: 'done', did: text };
  const last = ours.findLast((digest) => statuses.get(digest) !== null) ?? target.digest;
  const correlation = `ecr/${target.account}/${target.region}/${target.repository}@${last}`;
  return { kind: 'waiting', did: text, correlation, atMostSeconds: restoreSeconds };
}

async function statusesNow(
  target: ImageTarget,
  digests: readonly string[],
  context: ActContext,
): Promise<Map<string, ImageStatus | null>> {
  try {
    const statuses = await readImageStatuses(readsWith(context.aws), repositoryOf(target), digests);
    if ([...statuses.values()].every((status) => status === null)) {
      throw new TargetGone(`${imageName(target)} is not in the repository any more`);
    }
    return statuses;
  } catch (error) {
    throw namedFailure(error, `Reading ${imageName(target)}`);
  }
}

/** One changing call, journalled; answers with what it did. An image that went away in between is left out. */
async function move(
  target: ImageTarget,
  digest: string,
  to: 'ARCHIVE' | 'STANDARD',
  context: ActContext,
): Promise<string> {
  const { client, UpdateImageStorageClassCommand } = await context.aws.ecr();
  const doing = to === 'ARCHIVE' ? 'Archiving' : 'Restoring';
  try {
    await context.journal.once(`${to} ${digest}`, async () => {
      const answer = await client.send(
        new UpdateImageStorageClassCommand({
          registryId: target.account,
          repositoryName: target.repository,
          imageId: { imageDigest: digest },
          targetStorageClass: to,
        }),
      );
      return answer.imageStatus ?? null;
    });
  } catch (error) {
    const gone = failureOf(error)?.kind === 'gone';
    if (gone) return `${shortDigest(digest)} is gone`;
    throw namedFailure(error, `${doing} ${target.repository}@${shortDigest(digest)}`);
  }
  return `${to === 'ARCHIVE' ? 'archived' : 'asked to restore'} ${shortDigest(digest)}`;
}
