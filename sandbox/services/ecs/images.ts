import type { Account } from '../../account.ts';
import { repositories, repositoryUri, type StoredImage } from '../ecr/state.ts';

const PARTS = /^(?<name>.+?)(?::(?<tag>[^:/@]+))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/;

/** A reference into this account's registry. */
interface Reference {
  readonly repository: string;
  readonly tag: string;
  readonly digest: string | undefined;
}

/** Undefined for an image of a registry elsewhere. */
export function referenceHere(account: Account, image: string): Reference | undefined {
  const host = repositoryUri(account, '');
  if (!image.startsWith(host)) return undefined;
  const { name = '', tag = 'latest', digest } = PARTS.exec(image.slice(host.length))?.groups ?? {};
  return { repository: name, tag, digest };
}

/** The image that a reference stands for now, whether it can be pulled or not. Without `digest`, that of its tag. */
export function imageNow(account: Account, { repository, tag, digest }: Reference): StoredImage | undefined {
  const images = repositories(account).get(repository)?.images;
  if (digest !== undefined) return images?.get(digest);
  return [...(images?.values() ?? [])].find(({ tags }) => tags.has(tag));
}

/** Undefined for an image elsewhere, and for a tag that is not there. */
export function digestNow(account: Account, image: string): string | undefined {
  const reference = referenceHere(account, image);
  if (reference === undefined) return undefined;
  return reference.digest ?? imageNow(account, reference)?.digest;
}
