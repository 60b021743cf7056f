import { indexesOf, type Repository, type StoredImage } from '../state.ts';
import { matchesWildcard } from '../wildcard.ts';
import type { LifecycleRule } from './policy.ts';
import { classOf } from './together.ts';

/** What a policy does to one image. */
export interface Verdict {
  readonly image: StoredImage;
  readonly rule: LifecycleRule;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Pure: what the rules (the most important first) do at a moment, oldest image first. The ECR user guide says how ("Lifecycle
 * policy evaluation rules"): every rule looks at all images; each image is the business of the first rule whose tags and
 * storage class it has, and of no other; what a list needs stays.
 */
export function evaluate(repository: Repository, rules: readonly LifecycleRule[], now: number): readonly Verdict[] {
  const images = [...repository.images.values()];
  const due = new Map(rules.map((rule) => [rule, dueUnder(rule, images, now)]));
  return images
    .flatMap((image): Verdict[] => {
      const rule = rules.find((each) => selects(each, image));
      const isDue = rule !== undefined && due.get(rule)?.has(image) === true;
      return isDue && !isNeeded(repository, image, rule) ? [{ image, rule }] : [];
    })
    .sort((a, b) => ageFrom(a.image) - ageFrom(b.image));
}

/** One that is being restored is of neither class. */
function selects(rule: LifecycleRule, image: StoredImage): boolean {
  if (image.status !== (classOf(rule) === 'archive' ? 'ARCHIVED' : 'ACTIVE')) return false;
  const { tagStatus, tagPrefixList, tagPatternList } = rule.selection;
  if (tagStatus === 'any') return true;
  if (tagStatus === 'untagged') return image.tags.size === 0;
  const tags = [...image.tags];
  return tagPrefixList === undefined
    ? (tagPatternList ?? []).every((pattern) => tags.some((tag) => matchesWildcard(pattern, tag)))
    : tagPrefixList.every((prefix) => tags.some((tag) => tag.startsWith(prefix)));
}

function dueUnder(rule: LifecycleRule, all: readonly StoredImage[], now: number): ReadonlySet<StoredImage> {
  const { countType, countNumber } = rule.selection;
  const images = all.filter((image) => selects(rule, image));
  if (countType === 'imageCountMoreThan') {
    return new Set(images.toSorted((a, b) => ageFrom(b) - ageFrom(a)).slice(countNumber));
  }
  const since = {
    sinceImagePushed: ({ pushedAt }: StoredImage) => pushedAt,
    sinceImagePulled: lastWanted,
    sinceImageTransitioned: ({ lastArchivedAt }: StoredImage) => lastArchivedAt ?? now,
  }[countType];
  return new Set(images.filter((image) => now - since(image) > countNumber * DAY_MS));
}

/** Where the order of expiry counts from: for what was archived and restored once, from then. */
const ageFrom = ({ status, pushedAt, lastActivatedAt, lastArchivedAt }: StoredImage): number =>
  status === 'ARCHIVED' ? (lastArchivedAt ?? pushedAt) : (lastActivatedAt ?? pushedAt);

/** The last pull; without one since it was pushed, or restored, that moment. */
const lastWanted = ({ pushedAt, lastActivatedAt, lastPulledAt }: StoredImage): number =>
  Math.max(lastPulledAt ?? pushedAt, lastActivatedAt ?? 0);

/** "If an image is referenced by a manifest list, it cannot be expired or archived without the manifest list being deleted or archived first." */
const isNeeded = (repository: Repository, image: StoredImage, { action }: LifecycleRule): boolean =>
  indexesOf(repository, image.digest).some(({ status }) => action.type === 'expire' || status !== 'ARCHIVED');
