import { ownerText, readOwnership, unlessItPasses } from '../../account/owner.ts';
import { readsWith } from '../../account/reads.ts';
import type { ImageStatus, RepositoryImage } from '../../account/repositoryImages.ts';
import type { ReadContext } from '../contract.ts';
import { type ImageTarget, imageName, keepTags, repositoryArn } from '../targets/imageTarget.ts';
import { chosenTag } from './chosen.ts';
import { whenDeleted } from './due.ts';
import { classesIn, hasOurs, keeps, othersIn, readPolicy, withKeeping } from './policy.ts';
import { type Digested, holderOf, readImage, readPolicyText } from './reads.ts';

/** What `ecr.protect-from-lifecycle` reads of its target. */
export type Observed = {
  /** The image has our tag, and rules of ours come before all others. */
  readonly kept: boolean;
  /** ECR's word for whether it can be pulled; null where the finding names no digest, and nothing was read. */
  readonly storage: ImageStatus | null;
  /** The tag of ours that it has, or may get; null where each is on another image, and where none was looked for. */
  readonly tag: string | null;
  /** The image that this one is a signature, SBOM or the like of. */
  readonly referrerOf: string | null;
  /** Storage classes that rules of others select; none where there is no policy. */
  readonly classes: readonly string[];
  /** Why it cannot be kept, as the beginning of a clause; null where it can. */
  readonly obstacle: string | null;
  /** What the policy does to it unless it is kept, as a clause; null where that is nothing. */
  readonly due: string | null;
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
  tag: null,
  referrerOf: null,
  classes: [],
  obstacle: null,
  due: null,
  protectedBy: null,
  owner: 'unknown (nothing was read)',
  seen: [],
};

export const isDigested = (target: ImageTarget): target is Digested => target.digest !== null;

/** Whether a lifecycle policy lets an image with these tags stay for the sake of ours: of what is read, not of what we remember. Pure. */
export function isKept(tag: string | null, tags: readonly string[], text: string | null): boolean {
  const policy = text === null ? undefined : readPolicy(text);
  return policy !== undefined && tag !== null && tags.includes(tag) && hasOurs(policy) && keeps(policy);
}

/** Why a policy is not one that ours can be written into; null where it is one, and where there is nothing to write. */
function policyObstacle({ repository }: Digested, text: string | null): string | null {
  if (text === null) return null;
  const policy = readPolicy(text);
  const written = policy === undefined ? undefined : withKeeping(policy);
  if (written === undefined) return `the lifecycle policy of ${repository} is in a form that is not known here`;
  return typeof written === 'string' ? `the lifecycle policy of ${repository} takes no rule of ours: ${written}` : null;
}

interface Choice {
  readonly tag: string | null;
  /** Why there is none, as the beginning of a clause; null where there is. */
  readonly obstacle: string | null;
}

/** The tag that a step has chosen; before that one that the image has already, else the first that no other image has. */
async function chooseTag(target: Digested, { tags }: RepositoryImage, context: ReadContext): Promise<Choice> {
  const chosen = chosenTag(context.chosen);
  const candidates = chosen === undefined ? keepTags.all(target.digest) : [chosen];
  const own = candidates.find((tag) => tags.includes(tag));
  if (own !== undefined) return { tag: own, obstacle: null };
  if (tags.length >= mostTags) return { tag: null, obstacle: `it has ${mostTags} tags, and ECR takes no more` };
  const holders: string[] = [];
  for (const tag of candidates) {
    const holder = await holderOf(tag, target, context);
    if (holder === null) return { tag, obstacle: null };
    holders.push(`${tag} (${holder})`);
  }
  const [first] = holders;
  const more = holders.length === 1 ? '' : `, and others have the ${holders.length - 1} that would be taken instead`;
  return { tag: null, obstacle: `another image has the tag ${first}, which would move${more}` };
}

/** The policy is asked about first: where it says nothing of anybody's, no tag is looked for. */
async function obstacleTo(
  target: Digested,
  image: RepositoryImage,
  text: string | null,
  context: ReadContext,
): Promise<Choice> {
  const obstacle = policyObstacle(target, text);
  const policy = text === null ? undefined : readPolicy(text);
  if (obstacle !== null || policy === undefined || othersIn(policy).length === 0) {
    return { tag: chosenTag(context.chosen) ?? null, obstacle };
  }
  return chooseTag(target, image, context);
}

function dueUnder({ repository }: Digested, { tags, status }: RepositoryImage, text: string | null): string | null {
  if (text === null) return null;
  const policy = readPolicy(text);
  if (policy === undefined) {
    return `the lifecycle policy of ${repository}, which is in a form that is not known here, may delete it`;
  }
  const when = whenDeleted(policy, tags, status === 'ARCHIVED');
  return when === null ? null : `the lifecycle policy of ${repository} deletes it ${when}`;
}

/** Reads the image, its tags and the lifecycle policy of its repository. @throws TargetGone, ActionFailed or Throttled */
export async function observeKeeping(target: ImageTarget, context: ReadContext): Promise<Observed> {
  if (!isDigested(target)) return nothingKnown;
  const image = await readImage(target, context);
  const text = await readPolicyText(target, context);
  const { tag, obstacle } = await obstacleTo(target, image, text, context);
  const own = unlessItPasses(
    await readOwnership(readsWith(context.aws), repositoryArn(target)),
    `Reading repository ${target.repository}`,
  );
  const policy = text === null ? undefined : readPolicy(text);
  const rules = policy === undefined ? 'no lifecycle policy that could be read' : `${othersIn(policy).length} rules`;
  const kept = isKept(tag, image.tags, text);
  return {
    kept,
    storage: image.status,
    tag,
    referrerOf: image.referrerOf,
    classes: policy === undefined ? [] : classesIn(policy),
    obstacle,
    due: dueUnder(target, image, text),
    protectedBy: own.protectedBy,
    owner: ownerText(own),
    seen: [
      `${imageName(target)}, ${image.status}, ${image.tags.length === 0 ? 'untagged' : `${image.tags.length} tags`}: ${kept ? 'kept' : 'not kept'}`,
      `lifecycle policy of ${target.repository}: ${text === null ? 'none' : rules}`,
    ],
  };
}
