import { listersOf } from '../../account/imageSet.ts';
import type { Planned, UndoPromise } from '../contract.ts';
import { type ImageTarget, imageName, isKeepTag, shortDigest } from '../targets/imageTarget.ts';
import type { Observed } from './observe.ts';

export const reversal: UndoPromise = {
  possible: true,
  sentence:
    'Undo puts what we archived back into standard storage; it can take up to 20 minutes until the image can be pulled again.',
};

/** Pure: what to do about one image. Held rather than done whenever something uses it, may use it, or would lose by it. */
export function planQuarantine(target: ImageTarget, when: 'always' | 'cause-is-image', observed: Observed): Planned {
  const name = imageName(target);
  const hold = (reason: string): Planned => ({ kind: 'hold', reason: `${name}: ${reason}`, seen: observed.seen });
  const { cause } = observed;
  if (cause === 'intrusion') {
    return { kind: 'skip', reason: `${name}: an intruder is to blame, and archiving the image would only hurt` };
  }
  if (cause === null && when === 'cause-is-image') {
    return { kind: 'skip', reason: `${name}: nobody is at work in it, and the rule archives it only then` };
  }
  if (cause === 'unknown') return hold('whether it is to blame cannot be told, so a person must decide');
  if (target.digest === null) return hold('the finding names no digest, and a tag is no identity');
  if (observed.referrerOf !== null) {
    return hold(
      `it names ${shortDigest(observed.referrerOf)} as its subject, as signatures and attachments do, and is archived with that`,
    );
  }

  const states = Object.values(observed.status);
  if (states.every((status) => status === 'ARCHIVED')) {
    const still = observed.inUse === 'no' ? '' : `, and still ${observed.because}`;
    return { kind: 'skip', reason: `${name} and all that hangs on it is archived already${still}` };
  }
  if (states.includes('ACTIVATING')) return hold('somebody is restoring it from the archive right now');
  if (observed.sharedWith.length > 0) {
    const others = observed.sharedWith.map(shortDigest).join(', ');
    return hold(`${others} shares an image with it, and would lose that image though nothing accuses it`);
  }
  const apart = taggedApart(target.digest, observed);
  if (apart.length > 0) {
    return hold(`its index also lists ${apart.join(', ')}, which would be archived with it though nothing accuses it`);
  }
  if (observed.inUse === 'yes') return hold(`it is in use: ${observed.because}`);
  if (observed.inUse === 'unknown') return hold(`whether it is in use cannot be told: ${observed.because}`);
  return { kind: 'step', sentence: `Archive ${describe(name, observed)}; ${observed.because}.`, undo: reversal };
}

/**
 * What only shares an index with the accused image and carries a tag of its own: somebody pulls it by itself. Who may push can
 * list anybody's image in an index, and must not get it archived by that. A tag that keeps it from a lifecycle policy is for nobody to pull.
 */
function taggedApart(digest: string, { digests, contents, tags }: Observed): readonly string[] {
  const listers = listersOf(digest, contents);
  const itsOwn = (one: string): readonly string[] => (tags[one] ?? []).filter((tag) => !isKeepTag(tag));
  const others = digests.filter((one) => !listers.includes(one) && itsOwn(one).length > 0);
  return others.map((one) => `${shortDigest(one)} (tagged ${itsOwn(one).slice(0, 3).join(', ')})`);
}

function describe(name: string, observed: Observed): string {
  const others = observed.digests.length - 1;
  const tags = [...new Set(Object.values(observed.tags).flat())].sort();
  const tagged = tags.length === 0 ? 'untagged' : `tags ${tags.slice(0, 5).join(', ')}${tags.length > 5 ? ', …' : ''}`;
  const family = others === 0 ? '' : ` with the ${others === 1 ? 'one image' : `${others} images`} of its index`;
  return `${name} (${tagged})${family} so that nothing can pull it`;
}
