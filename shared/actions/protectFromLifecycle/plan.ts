import type { Planned, UndoPromise } from '../contract.ts';
import { type ImageTarget, imageName, shortDigest } from '../targets/imageTarget.ts';
import type { Observed } from './observe.ts';

export const reversal: UndoPromise = {
  possible: true,
  sentence:
    'Undo takes our tag off the image and, with the last such tag of the repository, our rules out of its lifecycle policy; what the policy says then is done to the image. While ours is the only tag of an image it stays: ECR deletes an image with its last tag.',
};

/** Pure: whether an image is kept from the lifecycle policy of its repository. */
export function planKeeping(target: ImageTarget, observed: Observed): Planned {
  const name = imageName(target);
  const { kept, storage, tag, referrerOf, classes, obstacle, due, seen } = observed;
  const hold = (reason: string): Planned => ({
    kind: 'hold',
    reason: `${name} is not kept: ${reason}`,
    seen,
    ...(due === null
      ? {}
      : { loses: `${name} is not kept, and ${due}: see to it before that. It is not kept because ${reason}.` }),
  });
  const skip = (reason: string): Planned => ({ kind: 'skip', reason: `${name}: ${reason}` });
  if (target.digest === null) return hold('the finding names no digest, and a tag is no identity');
  if (kept) return skip(`it is kept from the lifecycle policy of ${target.repository} already`);
  // Of a policy that cannot be read no class is known.
  if (classes.length === 0 && obstacle !== null) return hold(obstacle);
  if (classes.length === 0) return skip(`${target.repository} has no lifecycle policy that it is to be kept from`);
  if (referrerOf !== null) {
    return skip(`it goes with ${shortDigest(referrerOf)}, its subject, as signatures and attachments do`);
  }
  if (storage === 'ACTIVATING') return hold('somebody is restoring it from the archive right now');
  if (storage === 'ARCHIVED') {
    if (!classes.includes('archive')) {
      return skip(`it is archived, and no rule of the lifecycle policy of ${target.repository} is about the archive`);
    }
    return hold(
      `it is archived, where a tag is put by a push, which would take it out of the archive; the lifecycle policy of ${target.repository} has rules about the archive, and a person has to change those`,
    );
  }
  if (obstacle !== null || tag === null) return hold(obstacle ?? 'it was not looked which tag is free');
  return {
    kind: 'step',
    chosen: { tag },
    sentence: `Keep ${name}: it gets the tag ${tag}, and the lifecycle policy of ${target.repository} ${classes.length === 1 ? 'a rule' : 'a rule for each storage class'} before all others that such tags are not deleted by; the others stay as they are, in their order.${due === null ? '' : ` Unless it is kept, ${due}.`}`,
    undo: reversal,
  };
}
