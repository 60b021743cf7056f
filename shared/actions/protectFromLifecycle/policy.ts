import * as z from 'zod';
import { parsedJson } from '../../platform/json.ts';
import { keepTags } from '../targets/imageTarget.ts';

/**
 * A lifecycle policy as far as we ask what it says; whatever else is in it stays as it is (ECR user guide, "Lifecycle policy properties").
 */
const ruleShape = z.looseObject({
  rulePriority: z.int().min(1),
  description: z.string().optional(),
  selection: z.looseObject({
    tagStatus: z.string(),
    tagPrefixList: z.array(z.string()).optional(),
    storageClass: z.string().optional(),
    countType: z.string(),
    countNumber: z.int(),
  }),
  action: z.looseObject({ type: z.string() }),
});
const policyShape = z.looseObject({ rules: z.array(ruleShape).min(1) });
export type Rule = z.infer<typeof ruleShape>;
export type Policy = z.infer<typeof policyShape>;

/** Undefined for what is no policy in a form that we know: it is not written anew. */
export const readPolicy = (text: string): Policy | undefined => policyShape.safeParse(parsedJson(text)).data;

export const textOf = (policy: Policy): string => JSON.stringify(policy);

// ECR user guide, "Amazon ECR service quotas" and "PutLifecyclePolicy".
const mostRules = 50;
const mostCharacters = 30_720;

/** Without a storage class, a rule selects standard storage. */
export const classOf = ({ selection }: Rule): string => selection.storageClass ?? 'standard';

export const byNumber = (one: Rule, other: Rule): number => one.rulePriority - other.rulePriority;

/**
 * What no repository comes to: ECR has no rule that keeps, so that ours says when to expire, and that never comes. A repository takes 100,000
 * images (quota), of which those with our tag are a few; of archived images ECR counts days alone, here those of a century.
 */
const unreached = {
  standard: { countType: 'imageCountMoreThan', countNumber: 100_000 },
  archive: { storageClass: 'archive', countType: 'sinceImageTransitioned', countUnit: 'days', countNumber: 36_500 },
} as const;
type StorageClass = keyof typeof unreached;
const storageClasses: readonly StorageClass[] = ['standard', 'archive'];

const namesOurTags = ({ selection }: Rule): boolean =>
  selection.tagStatus === 'tagged' && selection.tagPrefixList?.join() === keepTags.prefix;

const countOf = (rule: Rule): { readonly countType: string; readonly countNumber: number } | undefined =>
  unreached[storageClasses.find((one) => one === classOf(rule)) ?? 'standard'];

/** Whether a rule is one that we write. One with our tags and another count is somebody's. */
const isOurs = (rule: Rule): boolean =>
  namesOurTags(rule) &&
  rule.selection.countType === countOf(rule)?.countType &&
  rule.selection.countNumber === countOf(rule)?.countNumber;

export const othersIn = ({ rules }: Policy): readonly Rule[] => rules.filter((rule) => !isOurs(rule));

/** The storage classes that rules of others select, in order. */
export const classesIn = (policy: Policy): readonly string[] => [...new Set(othersIn(policy).map(classOf))].sort();

export const hasOurs = ({ rules }: Policy): boolean => rules.some(isOurs);

/**
 * Whether an image with our tag is the business of a rule of ours, whatever other tags it has: in each storage class that is selected at all, ours
 * comes first. "An image that matches the tagging requirements of a rule cannot be expired or archived by a rule with a lower priority"
 * (ECR user guide, "Lifecycle policy evaluation rules").
 */
export const keeps = (policy: Policy): boolean =>
  classesIn(policy).every((storageClass) => {
    const [first] = policy.rules.filter((rule) => classOf(rule) === storageClass).toSorted(byNumber);
    return first !== undefined && isOurs(first);
  });

/** The numbers of rules, in their order, once `taken` rules come before them: none moves farther than it has to. */
function movedUp(numbers: readonly number[], taken: number): readonly number[] {
  let last = taken;
  return numbers.map((own) => {
    last = Math.max(own, last + 1);
    return last;
  });
}

const says = `Images tagged ${keepTags.prefix}* are kept by Firebreak.`;
const saysNumbers = 'Rule numbers before: ';

/** The same rules in the same places, numbered so in the order of their numbers. */
function numbered(rules: readonly Rule[], numbers: readonly number[]): readonly Rule[] {
  const ranked = rules.toSorted(byNumber);
  return rules.map((rule) => ({ ...rule, rulePriority: numbers[ranked.indexOf(rule)] ?? rule.rulePriority }));
}

const numbersOf = (rules: readonly Rule[]): readonly number[] =>
  rules.toSorted(byNumber).map(({ rulePriority }) => rulePriority);

/** The numbers of others before ours came, as ours says it; undefined where it says nothing, or they are not what it made of them. */
function numbersBefore(ours: readonly Rule[], others: readonly Rule[]): readonly number[] | undefined {
  const said = ours.flatMap(({ description = '' }) => description.split(saysNumbers)[1]?.match(/\d+/g) ?? []);
  const moved = said.map(Number);
  const now = numbersOf(others);
  const before = [...moved, ...now.slice(moved.length)];
  const isSo = before.length === now.length && movedUp(before, ours.length).every((number, at) => number === now[at]);
  const rises = before.every((number, at) => number > (before[at - 1] ?? 0));
  return isSo && rises ? before : undefined;
}

/**
 * The policy without our rules. Others get their numbers back where they still have those that we gave them; else they keep what they have, in the same
 * order. Undefined where nothing else is left: ECR takes no policy without a rule.
 */
export function withoutKeeping(policy: Policy): Policy | undefined {
  const others = othersIn(policy);
  if (others.length === 0) return undefined;
  const ours = policy.rules.filter(isOurs);
  const before = ours.length === 0 ? undefined : numbersBefore(ours, others);
  return { ...policy, rules: [...(before === undefined ? others : numbered(others, before))] };
}

/**
 * The policy with one rule of ours for each storage class that others select, before all of them: they move up in their order, no farther than they have
 * to, and what they say stays. Ours says which numbers they had. A text says why it cannot be.
 */
export function withKeeping(policy: Policy): Policy | string {
  const base = withoutKeeping(policy);
  if (base === undefined) return policy;
  const others = base.rules;
  const odd = others.map(classOf).find((one) => !storageClasses.some((known) => known === one));
  if (odd !== undefined) return `one of its rules selects the storage class ${odd}, which is not known here`;
  if (others.some(namesOurTags)) return `somebody's rule selects the tags ${keepTags.prefix}* and says something else`;
  const selected = storageClasses.filter((one) => others.map(classOf).includes(one));
  if (others.length + selected.length > mostRules) {
    return `it has ${others.length} rules, and ECR takes ${mostRules}: there is no room for ${selected.length === 1 ? 'one' : 'two'} more`;
  }
  const before = numbersOf(others);
  const numbers = movedUp(before, selected.length);
  const moved = before.filter((number, at) => number !== numbers[at]);
  const ours = selected.map((one, at) => ({
    rulePriority: at + 1,
    description: at === 0 && moved.length > 0 ? `${says} ${saysNumbers}${moved.join(', ')}` : says,
    selection: { tagStatus: 'tagged', tagPrefixList: [keepTags.prefix], ...unreached[one] },
    action: { type: 'expire' },
  }));
  const written = { ...base, rules: [...ours, ...numbered(others, numbers)] };
  const { length } = textOf(written);
  return length > mostCharacters
    ? `it would have ${length} characters with ours, and ECR takes ${mostCharacters}`
    : written;
}
