import { byNumber, classOf, othersIn, type Policy, type Rule } from './policy.ts';

/** Patterns are not followed: a rule that has some may select an image that has a tag. */
function selects({ selection }: Rule, tags: readonly string[]): 'yes' | 'maybe' | 'no' {
  if (selection.tagStatus === 'any') return 'yes';
  if (selection.tagStatus === 'untagged') return tags.length === 0 ? 'yes' : 'no';
  if (tags.length === 0) return 'no';
  if (selection.tagPrefixList === undefined) return 'maybe';
  // An image has to have a tag for each.
  return selection.tagPrefixList.every((prefix) => tags.some((tag) => tag.startsWith(prefix))) ? 'yes' : 'no';
}

function whenDue({ rulePriority, selection: { countType, countNumber } }: Rule): string {
  const said: Readonly<Record<string, string>> = {
    imageCountMoreThan: `once ${countNumber} images that it selects are newer`,
    sinceImagePushed: `${countNumber} days after its push`,
    sinceImagePulled: `${countNumber} days after its last pull`,
    sinceImageTransitioned: `once it has been in the archive for ${countNumber} days`,
  };
  return `${said[countType] ?? `by ${countType} ${countNumber}`} (rule ${rulePriority})`;
}

/** The rules of others that an image with these tags is the business of, in a storage class: of those that certainly select it, the first alone. */
function rulesOf(policy: Policy, storageClass: string, tags: readonly string[]): readonly Rule[] {
  const mine: Rule[] = [];
  for (const rule of othersIn(policy)
    .filter((one) => classOf(one) === storageClass)
    .toSorted(byNumber)) {
    const selected = selects(rule, tags);
    if (selected !== 'no') mine.push(rule);
    if (selected === 'yes') break;
  }
  return mine;
}

/** When a policy deletes an image with these tags that nothing keeps, in the archive too, in words; null where it never does. Pure. */
export function whenDeleted(policy: Policy, tags: readonly string[], archived: boolean): string | null {
  const classes = archived ? ['archive'] : ['standard', 'archive'];
  const rules = classes.flatMap((one) => rulesOf(policy, one, tags)).filter(({ action }) => action.type === 'expire');
  return rules.length === 0 ? null : rules.map(whenDue).join(', or ');
}
