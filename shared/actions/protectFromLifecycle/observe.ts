import { ownerText, readOwnership, unlessItPasses } from '../../account/owner.ts';
import { readsWith } from '../../account/reads.ts';
import type { ImageStatus, RepositoryImage } from '../../account/repositoryImages.ts';
import type { ReadContext } from '../contract.ts';
import { type ImageTarget, imageName, keepTags, repositoryArn } from '../targets/imageTarget.ts';
import { classesIn, hasOurs, keeps, othersIn, readPolicy, withKeeping } from './policy.ts';
import { type Digested, holderOf, readImage, readPolicyText } from './reads.ts';

/** What `ecr.protect-from-lifecycle` reads of its target. */
export type Observed = {
  /** The image has our tag, and rules of ours come before all others. */
  readonly kept: boolean;
  /** ECR's word for whether it can be pulled; null where the finding names no digest, and nothing was read. */
  readonly storage: ImageStatus | null;
  /** The image that this one is a signature, SBOM or the like of. */
  readonly referrerOf: string | null;
  /** Storage classes that rules of others select; none where there is no policy. */
  readonly classes: readonly string[];
  /** Why it cannot be kept, as the beginning of a clause; null where it can. */
  readonly obstacle: string | null;
  readonly protectedBy: string | null;
  readonly owner: string;
  readonly seen: readonly string[];
};

/** ECR user guide, "Amazon ECR service quotas": tags per image. */
const mostTags = 1000;

/** A target whose event named no digest: nothing was read, and `planKeeping` holds it. */
const nothingKnown: Observed = {
  kept: false,
  storage: null,
  referrerOf: null,
  classes: [],
  obstacle: null,
  protectedBy: null,
  owner: 'unknown (nothing was read)',
  seen: [],
};

export const isDigested = (target: ImageTarget): target is Digested => target.digest !== null;

/** Whether a lifecycle policy lets an image with these tags stay: of what is read, not of what we remember. Pure. */
export function isKept(digest: string, tags: readonly string[], text: string | null): boolean {
  const policy = text === null ? undefined : readPolicy(text);
  return policy !== undefined && tags.includes(keepTags.of(digest)) && hasOurs(policy) && keeps(policy);
}

async function obstacleTo(
  target: Digested,
  { tags }: RepositoryImage,
  text: string | null,
  context: ReadContext,
): Promise<string | null> {
  const tag = keepTags.of(target.digest);
  const policy = text === null ? null : readPolicy(text);
  const written = policy === null || policy === undefined ? policy : withKeeping(policy);
  if (written === undefined) return `the lifecycle policy of ${target.repository} is in a form that is not known here`;
  if (typeof written === 'string')
    return `the lifecycle policy of ${target.repository} takes no rule of ours: ${written}`;
  if (tags.includes(tag)) return null;
  if (tags.length >= mostTags) return `it has ${mostTags} tags, and ECR takes no more`;
  const holder = await holderOf(tag, target, context);
  return holder === null ? null : `another image has the tag ${tag} (${holder}), which would move`;
}

/** Reads the image, its tags and the lifecycle policy of its repository. @throws TargetGone, ActionFailed or Throttled */
export async function observeKeeping(target: ImageTarget, context: ReadContext): Promise<Observed> {
  if (!isDigested(target)) return nothingKnown;
  const image = await readImage(target, context);
  const text = await readPolicyText(target, context);
  const obstacle = await obstacleTo(target, image, text, context);
  const own = unlessItPasses(
    await readOwnership(readsWith(context.aws), repositoryArn(target)),
    `Reading repository ${target.repository}`,
  );
  const policy = text === null ? undefined : readPolicy(text);
  const rules = policy === undefined ? 'no lifecycle policy that could be read' : `${othersIn(policy).length} rules`;
  const kept = isKept(target.digest, image.tags, text);
  return {
    kept,
    storage: image.status,
    referrerOf: image.referrerOf,
    classes: policy === undefined ? [] : classesIn(policy),
    obstacle,
    protectedBy: own.protectedBy,
    owner: ownerText(own),
    seen: [
      `${imageName(target)}, ${image.status}, ${image.tags.length === 0 ? 'untagged' : `${image.tags.length} tags`}: ${kept ? 'kept' : 'not kept'}`,
      `lifecycle policy of ${target.repository}: ${text === null ? 'none' : rules}`,
    ],
  };
}
