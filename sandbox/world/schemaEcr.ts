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
