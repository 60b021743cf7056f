import { parseImageReference } from './imageReference.ts';
import type { Repository } from './repositoryImages.ts';

/** What a container says it runs: `image` as written in its definition, `digest` as ECS or Lambda resolved it. */
export interface Names {
  readonly image?: string | undefined;
  readonly digest?: string | undefined;
}

export type Match =
  | { readonly by: 'digest' | 'tag'; readonly digest: string }
  /** It names this repository by a tag that points elsewhere now, and nothing says which digest it was. */
  | { readonly by: 'unclear'; readonly tag: string };

export interface Wanted {
  readonly repository: Repository;
  /** Digests to look for. */
  readonly digests: ReadonlySet<string>;
  /** Every tag of the repository, with the digest it points to now. */
  readonly tags: ReadonlyMap<string, string>;
}

/**
 * Whether something that *runs* is one of the wanted images. Its digest decides, whatever registry it came from: the same
 * digest is the same content. Without a digest the tag is all there is; one that points elsewhere now proves nothing.
 */
export function runs(wanted: Wanted, names: Names): Match | null {
  const reference = ours(wanted, names.image);
  const digest = names.digest ?? digestIn(names.image);
  if (digest !== undefined) return wanted.digests.has(digest) ? { by: 'digest', digest } : null;
  if (reference === null || reference.tag === null) return null;
  return byTag(wanted, reference.tag) ?? { by: 'unclear', tag: reference.tag };
}

/** Whether something *would start* one of the wanted images: it names its digest, or a tag that points to it now. */
export function wouldStart(wanted: Wanted, names: Names): Match | null {
  const digest = digestIn(names.image);
  if (digest !== undefined) return wanted.digests.has(digest) ? { by: 'digest', digest } : null;
  const reference = ours(wanted, names.image);
  return reference === null || reference.tag === null ? null : byTag(wanted, reference.tag);
}

const digestIn = (image: string | undefined): string | undefined => /@(sha256:[0-9a-f]{64})$/.exec(image ?? '')?.[1];

function byTag(wanted: Wanted, tag: string): Match | null {
  const digest = wanted.tags.get(tag);
  return digest !== undefined && wanted.digests.has(digest) ? { by: 'tag', digest } : null;
}

function ours(wanted: Wanted, image: string | undefined): ReturnType<typeof parseImageReference> {
  const reference = image === undefined ? null : parseImageReference(image);
  const { account, region, repository } = wanted.repository;
  const same = reference?.account === account && reference.region === region && reference.repository === repository;
  return same ? reference : null;
}
