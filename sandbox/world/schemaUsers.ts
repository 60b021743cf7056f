import * as z from 'zod';
import { instant, tags } from './schemaParts.ts';

const lastUsed = z.strictObject({
  at: instant.describe('When (ISO 8601 UTC).'),
  service: z.string().min(1).default('s3').describe('Of which service a call was signed with it, e.g. ecr.'),
  region: z.string().min(1).default('us-east-1').describe('In which Region.'),
});

const accessKey = z.strictObject({
  id: z
    .string()
    .regex(/^AKIA[A-Z0-9]{16}$/, 'must be AKIA and 16 capital letters or digits, e.g. AKIAIOSFODNN7EXAMPLE')
    .describe('Id of the key. Its secret is not part of the account: nobody signs with it.'),
  status: z.enum(['Active', 'Inactive']).default('Active').describe('Whether AWS takes what is signed with it.'),
  createdAt: instant.default('2026-01-01T00:00:00Z').describe('When it was made (ISO 8601 UTC).'),
  lastUsed: lastUsed.optional().describe('Its last use. Without it: never.'),
});

export const user = z.strictObject({
  name: z
    .string()
    .regex(/^[\w+=,.@-]{1,64}$/, 'must be 1 to 64 letters, digits or any of _+=,.@-')
    .describe('Name of the IAM user.'),
  path: z
    .string()
    .regex(/^\/(?:[!-~]+\/)?$/, 'must begin and end with a slash, e.g. /build/')
    .default('/')
    .describe('Its path.'),
  tags,
  accessKeys: z
    .array(accessKey)
    .max(2, 'a user has two access keys at most')
    .default([])
    .describe('Its access keys, two at most.'),
});
