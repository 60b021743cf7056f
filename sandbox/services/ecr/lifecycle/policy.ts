import * as z from 'zod';
import { invalid } from '../invalid.ts';
import { wrongTogether } from './together.ts';

/**
 * The grammar of a lifecycle policy (ECR user guide, "Lifecycle policy properties"). What the rules must be to each other is
 * `together.ts`.
 */

const texts = z.array(z.string().min(1)).min(1);

const selectionShape = z
  .strictObject({
    tagStatus: z.enum(['tagged', 'untagged', 'any']).describe('`any` is for the last rule of its storage class.'),
    tagPrefixList: texts.optional().describe('With `tagged`: beginnings of tags. An image must have a tag for each.'),
    tagPatternList: texts.optional().describe('The same with patterns, in which * stands for anything.'),
    storageClass: z
      .enum(['standard', 'archive'])
      .optional()
      .describe('Default standard. `archive` goes with sinceImageTransitioned, and with nothing else.'),
    countType: z
      .enum(['imageCountMoreThan', 'sinceImagePushed', 'sinceImagePulled', 'sinceImageTransitioned'])
      .describe('What is counted: images, the newest first, or days.'),
    countUnit: z.literal('days').optional().describe('With every countType that counts days.'),
    countNumber: z.int().min(1).describe('What is more than this is meant; 90 at least since the transition.'),
  })
  .describe('Which images the rule is for.');

const actionShape = z
  .strictObject({
    type: z.enum(['expire', 'transition']).describe('`expire` deletes, `transition` archives.'),
    targetStorageClass: z.literal('archive').optional().describe('Needed by a transition.'),
  })
  .describe('What becomes of them.');

const ruleShape = z.strictObject({
  rulePriority: z.int().min(1).describe('Each once. An image is the business of the first rule that is for it.'),
  description: z.string().optional().describe('For people.'),
  selection: selectionShape,
  action: actionShape,
});

export const policyShape = z.strictObject({
  rules: z.array(ruleShape).min(1).max(50).describe('In any order: what counts is their priority.'),
});

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
