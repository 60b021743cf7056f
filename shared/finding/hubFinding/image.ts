import { InvalidEvent } from '../../platform/errors.ts';
import { bounded } from '../bounds.ts';
import { imageResource, readDigest, readImageArn, readTags } from '../ecrImage.ts';
import { textIn } from '../given.ts';
import { arnOf, type Place } from '../place.ts';
import { type Fields, isAbsent } from '../read.ts';
import type { ImageResource } from '../resource.ts';
import { type ImageName, mentioned, spokenOf } from './imageName.ts';

type Entry = readonly [key: string, text: string];

/** Names of fields in one form: `container.image`, `ImageName`. */
const plainKey = (key: string): string => key.toLowerCase().replace(/[^a-z0-9]/g, '');
const of = '(?:k8s|kubernetes)?(?:container|workload|pod)?';
/** Where products put the image that they speak of; ASFF's own is `ImageName`. */
const imageKey = new RegExp(`^${of}image(?:full)?(?:name|uri|url|ref|reference)?$`);
const digestKey = new RegExp(`^${of}(?:image)?(?:repo|manifest)?digest$`);
/** What the image was built from is another image. */
const ofAnother = /(?<!data)base|parent/i;
const ofDigest = /^sha256:[0-9a-f]{64}$/;

/** The only one of several; undefined where there is none, null where they differ. */
function onlyOf<T>(all: readonly T[]): T | null | undefined {
  const [only, ...more] = new Set(all);
  return more.length > 0 ? null : only;
}

const digestsOf = (all: readonly ImageName[]): readonly string[] => all.flatMap(({ digest }) => digest ?? []);
const isOf = (one: ImageName, { registry, repository }: ImageName): boolean =>
  one.repository === repository && (registry === null || one.registry === null || one.registry === registry);

/** One for each repository; a name without a registry is that of one that has it. */
function repositoriesIn(all: readonly ImageName[]): readonly ImageName[] {
  const full = all.filter(({ registry }) => registry !== null);
  const others = all.filter((one) => one.registry === null && !full.some((other) => isOf(other, one)));
  return [...new Map([...full, ...others].map((one) => [`${one.registry} ${one.repository}`, one])).values()];
}

const several = (all: readonly ImageName[]): string => {
  const names = [...new Set(all.map(({ repository }) => bounded(repository, 60)))].sort();
  const shown = names.length > 2 ? `${names.slice(0, 2).join(', ')} and others` : names.join(', ');
  return `Several images are named (${shown}) and the Id of the resource does not say which it is: none is acted on.`;
};

/**
 * The image that a resource is: the one that its `Id` names, else the one in the field that is there for it, else the only one that any field
 * names; where there are several, why it is none. A digest is taken of that repository alone, whatever other images are named besides: a package's
 * name, or the image that it was built from, is written by whoever built it. It stands in the same text, else with another name of the same
 * repository, or in a field that is called the image's digest. A tag alone moves: without a digest the finding is told and nothing is done.
 */
export function imageIn(id: string, fields: readonly Entry[], place: Place): ImageResource | string | null {
  const byId = spokenOf(id, place, false);
  const inField = fields.flatMap(([key, text]) =>
    imageKey.test(plainKey(key)) ? (spokenOf(text, place, true) ?? []) : [],
  );
  const any = fields.flatMap(([key, text]) => (ofAnother.test(key) ? [] : (mentioned(text, place) ?? [])));
  const speaking = byId !== null ? [byId] : inField.length > 0 ? inField : any;
  const [about, ...more] = repositoriesIn(speaking);
  if (about === undefined) return null;
  if (more.length > 0) return several([about, ...more]);
  // Where its registry is not given, another field may name it in full.
  const named = [...speaking, ...inField, ...any].filter((one) => isOf(one, about));
  const places = repositoriesIn(named.filter(({ registry }) => registry !== null));
  if (places.length > 1) return several(places);
  const [image] = named.flatMap((one) => one.image ?? []);
  return image === undefined ? null : withDigest(image, speaking, named, fields);
}

function withDigest(
  image: ImageResource,
  speaking: readonly ImageName[],
  named: readonly ImageName[],
  fields: readonly Entry[],
): ImageResource {
  const tags = [...new Set(speaking.flatMap(({ tag }) => tag ?? []))].sort();
  // Of another tag it is the digest of another image.
  const same = named.filter(({ tag }) => tag === null || tags.length === 0 || tags.includes(tag));
  const beside = fields.filter(([key, text]) => /digest/i.test(key) && ofDigest.test(text));
  const own = onlyOf(digestsOf(speaking.filter((one) => named.includes(one))));
  const others = onlyOf([...digestsOf(same), ...beside.map(([, text]) => text)]);
  const isSaid = same.some(({ digest }) => digest === others) || beside.some(([key]) => digestKey.test(plainKey(key)));
  const digest = own === undefined ? (isSaid ? (others ?? null) : null) : own;
  const lies = { account: arnOf(image.arn)?.account ?? '', region: arnOf(image.arn)?.region ?? '' };
  return imageResource(lies, image.repository, digest, tags);
}

/** `AwsEcrContainerImage`: the ARN of the image, else of its repository with the digest beside it. Throws InvalidEvent. */
export function ecrImage(id: string, details: Fields, place: Place): ImageResource {
  const arn = readImageArn(id, 'id');
  if (arn.account !== place.account) throw new InvalidEvent('id', 'the image lies in another account');
  const digest =
    arn.digest ?? (isAbsent(details['ImageDigest']) ? null : readDigest(textIn(details, 'ImageDigest'), 'digest'));
  const tags = Array.isArray(details['ImageTags']) ? readTags(details['ImageTags'], 'tags') : [];
  return imageResource({ ...place, region: arn.region ?? place.region }, arn.repository, digest, tags);
}
