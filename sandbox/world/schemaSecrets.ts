import * as z from 'zod';
import { instant, tags } from './schemaParts.ts';

export const secret = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z0-9/_+=.@-]{1,512}$/, 'must be the name of a secret: letters, digits and /_+=.@-')
    .describe('Name of the secret. Its value is not part of the account: nothing reads it.'),
  tags,
  lastRotatedAt: instant.optional().describe('When it was rotated last (ISO 8601 UTC). Without it: never.'),
  changedAt: instant
    .optional()
    .describe('When its value was made (ISO 8601 UTC). Without it: when it was rotated last, else at the start.'),
  kmsKeyId: z
    .string()
    .min(1)
    .optional()
    .describe('Id or ARN of the KMS key that it is encrypted with. Without it: aws/secretsmanager.'),
  deletedAt: instant.optional().describe('When it is to be deleted (ISO 8601 UTC). Without it: nobody asked for that.'),
  rotation: z
    .strictObject({
      function: z
        .string()
        .regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be the name of a Lambda function')
        .describe('Name of the function that makes new values. It is named, never run.'),
      takesSeconds: z.number().int().min(1).max(900).default(20).describe('How long one rotation takes.'),
      fails: z.boolean().default(false).describe('true: no rotation ever ends.'),
    })
    .optional()
    .describe('How it is rotated. Without it: by nobody.'),
});
