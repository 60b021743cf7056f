import type { ImagePolicy, Settings, SignedPolicy } from '../rules/rule.ts';

function ofRegistries({ registries: was }: ImagePolicy, { registries: is }: ImagePolicy): readonly string[] {
  if (was === undefined) return [];
  if (is === undefined) return ['settings let images come from anywhere: images.registries is gone'];
  const more = is.filter((one) => !was.includes(one));
  return more.length === 0 ? [] : [`settings let images come from more registries: ${more.slice(0, 5).join(', ')}`];
}

const saysBy = ({ by, profiles }: SignedPolicy): string =>
  profiles === undefined
    ? by
    : `${by}, by ${profiles.length === 1 ? 'one profile' : `one of ${profiles.length} profiles`}`;

/** Whether a list that narrows has more in it, or is gone. */
const isMore = (was: readonly string[] | undefined, is: readonly string[] | undefined): boolean =>
  was !== undefined && !(is?.every((one) => was.includes(one)) ?? false);

function ofSigned({ signed: was }: ImagePolicy, { signed: is }: ImagePolicy): readonly string[] {
  if (was === undefined) return [];
  if (is === undefined) return ['settings let unsigned images be deployed: images.signed is gone'];
  const verified = is.by === 'managed' || was.by === 'attached';
  const more = isMore(was.profiles, is.profiles);
  const unasked =
    was.revocation !== undefined && is.revocation === undefined
      ? ['settings let images be deployed whose signature was revoked: images.signed.revocation is gone']
      : [];
  const trusted =
    is.revocation !== undefined && isMore(was.roots, is.roots)
      ? ['settings trust more roots of signatures: images.signed.roots has more, or is gone']
      : [];
  if (verified && !more) return [...unasked, ...trusted];
  return [
    ...unasked,
    ...trusted,
    `settings want a weaker signature of images: images.signed is ${saysBy(is)}, which was ${saysBy(was)}`,
  ];
}

function ofAge({ maxAgeDays: was }: ImagePolicy, { maxAgeDays: is }: ImagePolicy): readonly string[] {
  if (was === undefined || (is !== undefined && is <= was)) return [];
  return [`settings let older images be deployed: images.maxAgeDays is ${is ?? 'gone'}, which was ${was}`];
}

const ofUnscanned = ({ unscanned: was = 'block' }: ImagePolicy, { unscanned: is }: ImagePolicy): readonly string[] =>
  is === 'allow' && was === 'block' ? ['settings let unscanned images be deployed: images.unscanned is allow'] : [];

const ofRegions = ({ acrossRegions: was }: ImagePolicy, { acrossRegions: is }: ImagePolicy): readonly string[] =>
  was === 'block' && is !== 'block'
    ? [`settings let images be pulled across Regions: images.acrossRegions is ${is ?? 'gone'}`]
    : [];

/** What images may be deployed that could not: a gate that opens is seen by somebody. */
export const ofImages = (
  { images: before = {} }: Pick<Settings, 'images'>,
  { images: after = {} }: Pick<Settings, 'images'>,
): readonly string[] => [
  ...ofRegistries(before, after),
  ...ofSigned(before, after),
  ...ofAge(before, after),
  ...ofUnscanned(before, after),
  ...ofRegions(before, after),
];
