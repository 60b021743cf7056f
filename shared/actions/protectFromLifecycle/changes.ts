import { failureOf, namedFailure } from '../../account/awsFailure.ts';
import { readManifests } from '../../account/manifests.ts';
import { readsWith } from '../../account/reads.ts';
import { readRepositoryImages } from '../../account/repositoryImages.ts';
import { ActionFailed } from '../../platform/errors.ts';
import type { ActContext, Executed, ReadContext } from '../contract.ts';
import { type ImageTarget, imageName, isKeepTag, repositoryOf } from '../targets/imageTarget.ts';
import { tagOf } from './chosen.ts';
import { isDigested } from './observe.ts';
import { hasOurs, type Policy, readPolicy, textOf, withKeeping, withoutKeeping } from './policy.ts';
import { type Digested, readImage, readPolicyText } from './reads.ts';

/** Planned on a digest, so that there is one. */
export function digested(target: ImageTarget): Digested {
  if (isDigested(target)) return target;
  throw new ActionFailed(`${imageName(target)}: a tag is no identity`);
}

/** The policy that is there, which only what we know how to read is written over. */
async function policyNow(target: Digested, context: ReadContext): Promise<Policy | null> {
  const text = await readPolicyText(target, context);
  if (text === null) return null;
  const policy = readPolicy(text);
  if (policy !== undefined) return policy;
  throw new ActionFailed(`The lifecycle policy of ${target.repository} is in a form that is not known here`);
}

/** ECR has no version to write against: what is written is what was read a moment ago, with our rules more or less. */
async function putPolicy(target: Digested, now: Policy, wanted: Policy, context: ActContext): Promise<void> {
  if (textOf(now) === textOf(wanted)) return;
  const { client, PutLifecyclePolicyCommand } = await context.aws.ecr();
  try {
    await client.send(
      new PutLifecyclePolicyCommand({
        registryId: target.account,
        repositoryName: target.repository,
        lifecyclePolicyText: textOf(wanted),
      }),
    );
  } catch (error) {
    throw namedFailure(error, `Setting the lifecycle policy of ${target.repository}`);
  }
}

async function wantedNow(target: Digested, context: ReadContext): Promise<readonly [Policy, Policy]> {
  const now = await policyNow(target, context);
  if (now === null) throw new ActionFailed(`${target.repository} has no lifecycle policy any more`);
  const wanted = withKeeping(now);
  if (typeof wanted === 'string') throw new ActionFailed(`The lifecycle policy of ${target.repository}: ${wanted}`);
  return [now, wanted];
}

/** A push of the very bytes that are there, under one more tag: it takes an archived image out of the archive, so that none is pushed. */
async function putTag(target: Digested, context: ActContext): Promise<void> {
  const { status, tags } = await readImage(target, context);
  const imageTag = tagOf(target, context);
  if (tags.includes(imageTag)) return;
  if (status !== 'ACTIVE') {
    throw new ActionFailed(`${imageName(target)} is ${status} now, and a push would take it out of the archive`);
  }
  const { client, PutImageCommand } = await context.aws.ecr();
  try {
    const { found, failed } = await readManifests(readsWith(context.aws), repositoryOf(target), [target.digest]);
    const manifest = found.get(target.digest);
    if (manifest === undefined) {
      throw new ActionFailed(`The manifest of ${imageName(target)} cannot be read: ${failed.get(target.digest)}`);
    }
    await client.send(
      new PutImageCommand({
        registryId: target.account,
        repositoryName: target.repository,
        imageDigest: target.digest,
        imageManifest: manifest.text,
        imageManifestMediaType: manifest.mediaType,
        imageTag,
      }),
    );
  } catch (error) {
    // The same manifest with this tag: a repeat, after an answer that was lost.
    if (failureOf(error)?.name === 'ImageAlreadyExistsException') return;
    throw namedFailure(error, `Tagging ${imageName(target)} with ${imageTag}`);
  }
}

/** The tag first, which does nothing by itself; and not even that where the policy has no room for ours. */
export async function keepImage(target: ImageTarget, context: ActContext): Promise<Executed> {
  const its = digested(target);
  await wantedNow(its, context);
  await putTag(its, context);
  const [now, wanted] = await wantedNow(its, context);
  await putPolicy(its, now, wanted, context);
  return { kind: 'done', did: `${imageName(target)} is tagged ${tagOf(its, context)}, which its policy keeps` };
}

/** Why our tag cannot be taken off yet; null where it can. */
export async function whyTagStays(target: ImageTarget, context: ReadContext): Promise<string | null> {
  const its = digested(target);
  const { tags } = await readImage(its, context);
  return tags.length === 1 && tags[0] === tagOf(its, context)
    ? `${tags[0]} is the only tag of ${imageName(target)}, and ECR deletes an image with its last tag: give it another one first, or delete it`
    : null;
}

async function takeTagOff(target: Digested, context: ActContext): Promise<void> {
  const imageTag = tagOf(target, context);
  const { tags } = await readImage(target, context);
  if (!tags.includes(imageTag)) return;
  const why = await whyTagStays(target, context);
  if (why !== null) throw new ActionFailed(why);
  const { client, BatchDeleteImageCommand } = await context.aws.ecr();
  try {
    const { failures = [] } = await client.send(
      new BatchDeleteImageCommand({
        registryId: target.account,
        repositoryName: target.repository,
        // Of both, so that a tag that was moved meanwhile is refused. The digest alone would delete the image.
        imageIds: [{ imageDigest: target.digest, imageTag }],
      }),
    );
    const [failure] = failures;
    if (failure === undefined || failure.failureCode === 'ImageNotFound') return;
    throw new ActionFailed(`${imageTag} was not taken off: ${failure.failureCode}, ${failure.failureReason}`);
  } catch (error) {
    throw namedFailure(error, `Taking ${imageTag} off ${imageName(target)}`);
  }
}

/** How many images of the repository are kept besides this one: ECR may show a tag that was just taken off. */
export async function othersKept(target: Digested, context: ReadContext): Promise<number> {
  try {
    const images = await readRepositoryImages(readsWith(context.aws), repositoryOf(target));
    return images.filter(({ digest, tags }) => digest !== target.digest && tags.some(isKeepTag)).length;
  } catch (error) {
    throw namedFailure(error, `Reading the images of ${target.repository}`);
  }
}

/** Our tag, and with the last such tag our rules. */
export async function letGo(target: ImageTarget, context: ActContext): Promise<Executed> {
  const its = digested(target);
  await takeTagOff(its, context);
  const others = await othersKept(its, context);
  const now = others > 0 ? null : await policyNow(its, context);
  const wanted = now === null || !hasOurs(now) ? undefined : withoutKeeping(now);
  if (now !== null && wanted !== undefined) await putPolicy(its, now, wanted, context);
  const rules = others === 0 ? 'our rules are out of its policy' : `${others} more are kept, and our rules with them`;
  return { kind: 'done', did: `${imageName(target)} has our tag no more; ${rules}` };
}
