import { failureOf, namedFailure } from '../../account/awsFailure.ts';
import { readsWith } from '../../account/reads.ts';
import { type RepositoryImage, readOneImage } from '../../account/repositoryImages.ts';
import { TargetGone } from '../../platform/errors.ts';
import type { ReadContext } from '../contract.ts';
import { type ImageTarget, imageName, repositoryOf } from '../targets/imageTarget.ts';

/** An image whose digest is known: one that is only named by a tag is held before anything is read of it. */
export type Digested = ImageTarget & { readonly digest: string };

/** The image, archived or not. @throws TargetGone when it is not there, ActionFailed or Throttled when it cannot be read */
export async function readImage(target: Digested, context: ReadContext): Promise<RepositoryImage> {
  try {
    const found = await readOneImage(readsWith(context.aws), {
      ...repositoryOf(target),
      digest: target.digest,
      tag: null,
    });
    if ('missing' in found) throw new TargetGone(`${imageName(target)} is not there any more`);
    return found;
  } catch (error) {
    throw namedFailure(error, `Reading ${imageName(target)}`);
  }
}

/** The digest of what has a tag; null where nothing has it. @throws ActionFailed or Throttled when it cannot be read */
export async function holderOf(tag: string, target: Digested, context: ReadContext): Promise<string | null> {
  try {
    const place = { ...repositoryOf(target), digest: null, tag };
    const found = await readOneImage(readsWith(context.aws), place);
    return 'missing' in found ? null : found.digest;
  } catch (error) {
    throw namedFailure(error, `Reading what is tagged ${tag} in ${target.repository}`);
  }
}

/** The text of the repository's lifecycle policy; null where it has none. @throws ActionFailed or Throttled when it cannot be read */
export async function readPolicyText(target: ImageTarget, context: ReadContext): Promise<string | null> {
  const read = readsWith(context.aws);
  try {
    const { client, GetLifecyclePolicyCommand } = await read.aws.ecr();
    const { account: registryId, repository: repositoryName } = target;
    const answer = await client.send(new GetLifecyclePolicyCommand({ registryId, repositoryName }), read.call);
    return answer.lifecyclePolicyText ?? null;
  } catch (error) {
    if (failureOf(error)?.name === 'LifecyclePolicyNotFoundException') return null;
    throw namedFailure(error, `Reading the lifecycle policy of ${target.repository}`);
  }
}
