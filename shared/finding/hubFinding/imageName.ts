import { imageResource, readImageArn, readRepository } from '../ecrImage.ts';
import type { Place } from '../place.ts';
import type { ImageResource } from '../resource.ts';
import { attempt } from './parts.ts';

/** Which image a text speaks of. */
export interface ImageName {
  /** Of Amazon ECR its account and Region, else the host; null where the text gives none. */
  readonly registry: string | null;
  readonly repository: string;
  /** The image, where it lies in a registry of this account; nothing can be done to any other. */
  readonly image: ImageResource | null;
  readonly tag: string | null;
  readonly digest: string | null;
}

/** An image in Amazon ECR as it is written in a task definition. Scanners put the system behind it: `….amazonaws.com/shop/api:1 (alpine 3.20)`. */
const reference =
  /^(?:https?:\/\/)?(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn|\.eu)?\/([a-z0-9._/-]{2,256})(?::([\w.-]{1,128}))?(?:@(sha256:[0-9a-f]{64}))?(?: \(.*\))?$/;

const inEcr = ({ account, region }: Place): string => `${account} ${region}`;

/** An image of Amazon ECR that a text names in full. */
export function imageNamed(text: string, { account }: Place): ImageName | null {
  const [, owner = '', region, name = '', tag = null, digest = null] = reference.exec(text) ?? [];
  if (region === undefined) return null;
  const at = { registry: inEcr({ account: owner, region }), repository: name, tag, digest };
  if (owner !== account) return { ...at, image: null };
  const image = attempt(() => {
    const { repository } = readRepository(name, 'image');
    return imageResource({ account, region }, repository, digest, tag === null ? [] : [tag]);
  });
  return { ...at, image };
}

/** By the ARN of the image, or of its repository. */
function byArn(text: string, place: Place): ImageName | null {
  if (!/^arn:[a-z-]+:ecr:/.test(text)) return null;
  const named = attempt(() => readImageArn(text, 'image'));
  if (named === null) return { registry: 'elsewhere', repository: text, image: null, tag: null, digest: null };
  const { repository, digest } = named;
  const at = { account: named.account ?? place.account, region: named.region ?? place.region };
  const image = at.account === place.account ? imageResource(at, repository, digest, []) : null;
  return { registry: inEcr(at), repository, image, tag: null, digest };
}

const rest = String.raw`(?::([\w.-]{1,128}))?(?:@(\w+:\w+))?(?: \(.*\))?$`;
const host = String.raw`(?:[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d{1,5})?|[a-z0-9-]+:\d{1,5}|localhost)`;
const onHost = new RegExp(String.raw`^(?:[a-z-]+:\/\/)?(${host})\/([^\s@:]+)`, 'i');
const whole = new RegExp(String.raw`^(${host})\/([a-z0-9._/-]{1,256})${rest}`);
const bare = new RegExp(`^([a-z0-9][a-z0-9._/-]{0,255})${rest}`);
/** The hash of something, which would pass for a repository that is called `sha256`. */
const isHash = (text: string): boolean => /^sha\d+:/.test(text);

/**
 * What a text speaks of that is there to name a thing, as a resource's `Id` is. Whatever stands behind the name of a host is taken for an image,
 * though in no form that is known: it is one then that lies elsewhere.
 * @param isOfImage it is there to name an image, so that `shop/api` alone is one, without tag or digest
 */
export function spokenOf(text: string, place: Place, isOfImage: boolean): ImageName | null {
  const known = imageNamed(text, place) ?? byArn(text, place);
  if (known !== null || text.startsWith('arn:') || isHash(text)) return known;
  const [, registry, path = ''] = onHost.exec(text) ?? [];
  if (registry !== undefined) return { registry, repository: path, image: null, tag: null, digest: null };
  const [, repository, tag = null, digest = null] = bare.exec(text) ?? [];
  if (repository === undefined || (!isOfImage && tag === null && digest === null)) return null;
  return { registry: null, repository, image: null, tag, digest };
}

/** An image that any text at all names: in full, and where it lies elsewhere with a tag or a digest, for else it may be an address on the web. */
export function mentioned(text: string, place: Place): ImageName | null {
  const known = imageNamed(text, place);
  if (known !== null) return known;
  const [, registry, repository = '', tag = null, digest = null] = whole.exec(text) ?? [];
  if (registry === undefined || (tag === null && digest === null)) return null;
  return { registry, repository, image: null, tag, digest };
}
