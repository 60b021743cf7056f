import * as z from 'zod';
import { invalid } from '../invalid.ts';
import { wrongTogether } from './together.ts';

/**
 * The grammar of a lifecycle policy (ECR user guide, "Lifecycle policy properties"). What the rules must be to each other is
 * `together.ts`.
 */

const texts = z.array(z.string().min(1)).min(1);

const selectionShape = z.strictObject({
  tagStatus: z.enum(['tagged', 'untagged', 'any']),
  tagPrefixList: texts.optional(),
  tagPatternList: texts.optional(),
  storageClass: z.enum(['standard', 'archive']).optional(),
  countType: z.enum(['imageCountMoreThan', 'sinceImagePushed', 'sinceImagePulled', 'sinceImageTransitioned']),
  countUnit: z.literal('days').optional(),
  countNumber: z.int().min(1),
});

const ruleShape = z.strictObject({
  rulePriority: z.int().min(1),
  description: z.string().optional(),
  selection: selectionShape,
  action: z.strictObject({
    type: z.enum(['expire', 'transition']),
    targetStorageClass: z.literal('archive').optional(),
  }),
});

export const policyShape = z.strictObject({ rules: z.array(ruleShape).min(1).max(50) });

export type LifecycleRule = z.infer<typeof ruleShape>;

const SHORTEST = 100;
const LONGEST = 30_720;

/** The rules of a policy, the most important first. Throws AwsError InvalidParameterException. */
export function readPolicy(text: string | undefined): readonly LifecycleRule[] {
  if (text === undefined) throw invalid('lifecyclePolicyText', 'Member must not be null');
  if (text.length < SHORTEST || text.length > LONGEST) {
    throw invalid('lifecyclePolicyText', `Member must have length from ${SHORTEST} to ${LONGEST}`);
  }
  const parsed = policyShape.safeParse(json(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw failed(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
  }
  const { rules } = parsed.data;
  const why = wrongTogether(rules);
  if (why !== undefined) throw failed(why);
  return rules.toSorted((a, b) => a.rulePriority - b.rulePriority);
}

const failed = (why: string) => invalid('LifecyclePolicyText', `Lifecycle policy validation failure: ${why}`);

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw failed('Could not map policyString into LifecyclePolicy.');
  }
}
