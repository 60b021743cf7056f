import * as z from 'zod';
import { policyShape } from '../services/ecr/lifecycle/policy.ts';
import { instant } from './schemaParts.ts';

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
    z
      .strictObject({
        profile: z
          .string()
          .regex(profileArn, 'must be the ARN of a signing profile')
          .describe(
            'ARN of the signing profile, e.g. arn:aws:signer:us-east-1:123456789012:/signing-profiles/release.',
          ),
        status: z
          .enum(['COMPLETE', 'IN_PROGRESS', 'FAILED'])
          .default('COMPLETE')
          .describe('COMPLETE: signed. IN_PROGRESS stays so. FAILED: with failureCode and failureReason.'),
        failureCode: z.string().optional().describe('Why it failed, as a code.'),
        failureReason: z.string().optional().describe('Why it failed, in words.'),
        job: z
          .string()
          .regex(/^[0-9a-f-]{36}$/, 'must be the id of a signing job: a UUID')
          .optional()
          .describe(
            'Id of the signing job, with COMPLETE. With it the signature itself hangs on the image, as on AWS: without it there is nothing that can be verified or revoked.',
          ),
        signedAt: instant.optional().describe('When the job signed it (ISO 8601 UTC). Without it: when it was pushed.'),
        expiresAt: instant.optional().describe('When the signature expires (ISO 8601 UTC). Without it: never.'),
        revoked: z
          .enum(['job', 'profile', 'certificate'])
          .optional()
          .describe(
            'What AWS Signer says was revoked of it. profile: all that the profile has signed since; certificate: all that was signed here since.',
          ),
      })
      .check(({ value, issues }) => {
        const refuse = (path: string, message: string): void => {
          issues.push({ code: 'custom', input: value, path: [path], message });
        };
        const { status, job, ...more } = value;
        if (job !== undefined && status !== 'COMPLETE') refuse('job', 'goes with status COMPLETE alone');
        for (const name of ['signedAt', 'expiresAt', 'revoked'] as const)
          if (job === undefined && more[name] !== undefined) refuse(name, 'goes with job alone');
      }),
  )
  .optional()
  .describe('What managed signing of ECR came to, for each signing profile. Without it: nobody signed it.');
