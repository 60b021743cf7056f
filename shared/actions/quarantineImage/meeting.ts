import { imageSet } from '../../account/imageSet.ts';
import { imageResource } from '../../finding/ecrImage.ts';
import type { Meeting } from '../contract.ts';
import type { ImageTarget } from '../targets/imageTarget.ts';
import type { Observed } from './observe.ts';

/**
 * An index is archived with its platforms, whichever of them a scan accuses, so all meet on one image of the set: the first index, by
 * digest, that has the very same set; an image where no index has it. Pure, and the same for each member.
 */
export function meetingOf(target: ImageTarget, { digests, contents, tags }: Observed): Meeting {
  const set = [...digests].sort();
  const same = set.filter((digest) => imageSet(digest, contents).toSorted().join() === set.join());
  const at = same.find((digest) => contents[digest] !== undefined) ?? same[0];
  if (at === undefined) return { at: target, members: [target] };
  const { account, region, repository } = target;
  const member = (digest: string): ImageTarget => ({
    ...imageResource(target, repository, digest, tags[digest] ?? []),
    account,
    region,
  });
  return { at: member(at), members: set.map(member) };
}
