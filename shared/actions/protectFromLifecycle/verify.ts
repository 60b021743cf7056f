import type { ReadContext, Verified } from '../contract.ts';
import { type ImageTarget, imageName } from '../targets/imageTarget.ts';
import { digested, othersKept } from './changes.ts';
import { tagOf } from './chosen.ts';
import { isKept } from './observe.ts';
import { hasOurs, othersIn, readPolicy } from './policy.ts';
import { readImage, readPolicyText } from './reads.ts';

/**
 * By the tag and the policy that ECR shows, and what the user guide says of such rules: not by a preview, which tells what would be deleted today and takes
 * the place of somebody's. ECR does not say how soon its reads follow its writes: what is not there yet is pending.
 */
export async function verifyKept(target: ImageTarget, context: ReadContext): Promise<Verified> {
  const its = digested(target);
  const { tags } = await readImage(its, context);
  const text = await readPolicyText(its, context);
  const tag = tagOf(its, context);
  const seen = `${imageName(target)} ${tags.includes(tag) ? 'has' : 'has not'} the tag ${tag}; ${toldOf(text)}`;
  return { state: isKept(tag, tags, text) ? 'holds' : 'pending', seen, absence: false };
}

/** Without our tag, and without our rules where no other image is kept by them; alone in a policy, a rule of ours stays: ECR takes none without one. */
export async function verifyLetGo(target: ImageTarget, context: ReadContext): Promise<Verified> {
  const its = digested(target);
  const { tags } = await readImage(its, context);
  const text = await readPolicyText(its, context);
  const tag = tagOf(its, context);
  const policy = text === null ? undefined : readPolicy(text);
  const stays = policy !== undefined && hasOurs(policy) && othersIn(policy).length > 0;
  const others = stays ? await othersKept(its, context) : 0;
  const isGone = !tags.includes(tag) && (!stays || others > 0);
  const kept = others > 0 ? ` and ${others} other images are kept` : '';
  const seen = `${imageName(target)} ${tags.includes(tag) ? 'has' : 'has not'} the tag ${tag}; ${toldOf(text)}${kept}`;
  return { state: isGone ? 'holds' : 'pending', seen, absence: false };
}

function toldOf(text: string | null): string {
  if (text === null) return 'there is no lifecycle policy';
  const policy = readPolicy(text);
  if (policy === undefined) return 'the lifecycle policy cannot be read';
  return hasOurs(policy) ? 'the lifecycle policy has our rules' : 'the lifecycle policy has no rule of ours';
}
