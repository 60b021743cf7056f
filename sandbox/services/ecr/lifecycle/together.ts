import { wildcardsIn } from '../wildcard.ts';
import type { LifecycleRule } from './policy.ts';

/** ECR keeps an archived image for 90 days at least. */
const FEWEST_ARCHIVED_DAYS = 90;
const MOST_WILDCARDS = 4;

/** The first thing that ECR would refuse in these rules, which are well formed each; undefined when it takes them. */
export function wrongTogether(rules: readonly LifecycleRule[]): string | undefined {
  for (const rule of rules) {
    const why = wrongTags(rule) ?? wrongCount(rule) ?? wrongAction(rule);
    if (why !== undefined) return why;
  }
  if (new Set(rules.map(({ rulePriority }) => rulePriority)).size < rules.length)
    return 'Rule priorities must be unique.';
  return wrongInClass(rules, 'standard') ?? wrongInClass(rules, 'archive');
}

/** Which storage class a rule selects. */
export const classOf = ({ selection }: LifecycleRule): 'standard' | 'archive' => selection.storageClass ?? 'standard';

function wrongTags({ selection: { tagStatus, tagPrefixList, tagPatternList } }: LifecycleRule): string | undefined {
  const lists = [tagPrefixList, tagPatternList].filter((list) => list !== undefined).length;
  if (tagStatus === 'tagged' && lists === 0) {
    return 'Must specify tagPrefixList or tagPatternList when tagStatus=TAGGED.';
  }
  if (tagStatus === 'tagged' && lists === 2) return 'tagPrefixList and tagPatternList cannot both be specified.';
  if (tagStatus !== 'tagged' && lists > 0) return 'tagPrefixList and tagPatternList are for tagStatus=TAGGED alone.';
  const many = tagPatternList?.find((pattern) => wildcardsIn(pattern) > MOST_WILDCARDS);
  return many === undefined ? undefined : `The tag pattern ${many} has more than ${MOST_WILDCARDS} wildcards.`;
}

function wrongCount({
  selection: { countType, countUnit, storageClass, countNumber },
}: LifecycleRule): string | undefined {
  const counts = countType === 'imageCountMoreThan';
  if (counts && countUnit !== undefined) return 'countUnit cannot be specified for imageCountMoreThan.';
  if (!counts && countUnit === undefined) return `countUnit must be specified for ${countType}.`;
  const transitioned = countType === 'sinceImageTransitioned';
  if (transitioned !== (storageClass === 'archive')) {
    return 'sinceImageTransitioned and storageClass=archive must be specified together.';
  }
  return transitioned && countNumber < FEWEST_ARCHIVED_DAYS
    ? `countNumber must be at least ${FEWEST_ARCHIVED_DAYS} for sinceImageTransitioned.`
    : undefined;
}

function wrongAction({ selection: { countType }, action }: LifecycleRule): string | undefined {
  if ((action.type === 'transition') !== (action.targetStorageClass !== undefined)) {
    return 'targetStorageClass must be specified for transition, and for nothing else.';
  }
  if (countType === 'sinceImagePulled' && action.type !== 'transition')
    return 'sinceImagePulled is for transition alone.';
  return countType === 'sinceImageTransitioned' && action.type !== 'expire'
    ? 'sinceImageTransitioned is for expire alone.'
    : undefined;
}

function wrongInClass(all: readonly LifecycleRule[], storageClass: 'standard' | 'archive'): string | undefined {
  const rules = all.filter((rule) => classOf(rule) === storageClass);
  const having = (status: string) => rules.filter(({ selection }) => selection.tagStatus === status);
  if (having('untagged').length > 1) return 'Only one rule can select Untagged images per storage class.';
  const [any, second] = having('any');
  const lowest = Math.max(...rules.map(({ rulePriority }) => rulePriority));
  if (second !== undefined || (any !== undefined && any.rulePriority < lowest)) {
    return 'Rule for tagStatus=ANY must have the lowest priority per storage class.';
  }
  const lists = having('tagged').map(({ selection }) =>
    JSON.stringify((selection.tagPrefixList ?? selection.tagPatternList ?? []).toSorted()),
  );
  return new Set(lists).size < lists.length ? 'Rules must have unique tag lists per storage class.' : undefined;
}
