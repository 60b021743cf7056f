import { InvalidEvent } from '../../platform/errors.ts';
import { imageResource, readDigest, readImageArn, readRepository, readTags } from '../ecrImage.ts';
import { textIn } from '../given.ts';
import { arnOf, type Place } from '../place.ts';
import { type Fields, isAbsent } from '../read.ts';
import type { ImageResource } from '../resource.ts';
import { attempt } from './parts.ts';

/** An image in Amazon ECR as it is written in a task definition. Scanners put the system behind it: `….amazonaws.com/shop/api:1 (alpine 3.20)`. */
const reference =
  /^(?:https?:\/\/)?(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn|\.eu)?\/([a-z0-9._/-]{2,256})(?::([\w.-]{1,128}))?(?:@(sha256:[0-9a-f]{64}))?(?: \(.*\))?$/;

/** An image that a text names in full; null for one that lies in another registry or account: nothing can be done to it there. */
export function imageNamed(text: string, { account }: Place): ImageResource | null {
  const [, owner, region, name = '', tag, digest = null] = reference.exec(text) ?? [];
  if (owner !== account || region === undefined) return null;
  return attempt(() => {
    const { repository } = readRepository(name, 'image');
    return imageResource({ account, region }, repository, digest, tag === undefined ? [] : [tag]);
  });
}

const ofDigest = /^sha256:[0-9a-f]{64}$/;

/**
 * The image that one of the fields names; with a digest, where that field or one that is called a digest has it. A tag alone moves: without a
 * digest the finding is told and nothing is done.
 */
export function imageIn(fields: Fields, place: Place): ImageResource | null {
  const texts = Object.entries(fields).filter((one): one is [string, string] => typeof one[1] === 'string');
  const named = texts.flatMap(([, text]) => imageNamed(text, place) ?? []);
  const [first] = [...named.filter(({ digest }) => digest !== null), ...named];
  if (first === undefined || first.digest !== null) return first ?? null;
  const digests = new Set(texts.flatMap(([key, text]) => (/digest/i.test(key) && ofDigest.test(text) ? [text] : [])));
  const [only = null, ...more] = digests;
  if (only === null || more.length > 0) return first;
  return imageResource({ account: place.account, region: regionOf(first) }, first.repository, only, first.tags);
}

const regionOf = ({ arn }: ImageResource): string => arnOf(arn)?.region ?? '';

/** `AwsEcrContainerImage`: the ARN of the image, else of its repository with the digest beside it. Throws InvalidEvent. */
export function ecrImage(id: string, details: Fields, place: Place): ImageResource {
  const arn = readImageArn(id, 'id');
  if (arn.account !== place.account) throw new InvalidEvent('id', 'the image lies in another account');
  const digest =
    arn.digest ?? (isAbsent(details['ImageDigest']) ? null : readDigest(textIn(details, 'ImageDigest'), 'digest'));
  const tags = Array.isArray(details['ImageTags']) ? readTags(details['ImageTags'], 'tags') : [];
  return imageResource({ ...place, region: arn.region ?? place.region }, arn.repository, digest, tags);
}
