import * as z from 'zod';
import { policyShape } from '../services/ecr/lifecycle/policy.ts';

/** How a repository is set up, besides its images. */
export const repositorySettings = {
  tagMutability: z
    .enum(['MUTABLE', 'IMMUTABLE', 'MUTABLE_WITH_EXCLUSION', 'IMMUTABLE_WITH_EXCLUSION'])
    .default('MUTABLE')
    .describe('IMMUTABLE: a push cannot take a tag from the image that has it. _WITH_EXCLUSION: but for some tags.'),
  tagMutabilityExclusions: z
    .array(z.string())
    .default([])
    .describe(
      'With a tagMutability _WITH_EXCLUSION: 1 to 5 filters of the tags for which the opposite holds, e.g. dev-*.',
    ),
  scanOnPush: z
    .boolean()
    .default(false)
    .describe('Whether ECR scans an image when it is pushed, or restored from the archive.'),
  lifecyclePolicy: policyShape
    .optional()
    .describe(
      "The lifecycle policy, in ECR's own keys: { rules: [...] }. It is looked at once a day, for the first time within 24 hours.",
    ),
};

const profileArn = /^arn:aws(?:-[a-z]+)*:signer:[a-z0-9-]+:[0-9]{12}:\/signing-profiles\/[a-zA-Z0-9_]{2,}$/;

/** What ECR's managed signing says of an image. */
export const signing = z
  .array(
    z.strictObject({
      profile: z
        .string()
        .regex(profileArn, 'must be the ARN of a signing profile')
        .describe('ARN of the signing profile, e.g. arn:aws:signer:us-east-1:123456789012:/signing-profiles/release.'),
      status: z
        .enum(['COMPLETE', 'IN_PROGRESS', 'FAILED'])
        .default('COMPLETE')
        .describe('COMPLETE: signed. IN_PROGRESS stays so. FAILED: with failureCode and failureReason.'),
      failureCode: z.string().optional().describe('Why it failed, as a code.'),
      failureReason: z.string().optional().describe('Why it failed, in words.'),
    }),
  )
  .optional()
  .describe('What managed signing of ECR came to, for each signing profile. Without it: nobody signed it.');
