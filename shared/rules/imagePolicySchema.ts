import * as z from 'zod';
import type { ImagePolicy, SignedPolicy } from './rule.ts';

const registryForm = '123456789012.dkr.ecr.eu-west-1.amazonaws.com, or with a repository: docker.io/library/*';
/** A host in which `*` stands for a part between dots, and perhaps a repository in which it stands for anything. */
const registryText = /^(?=[^/]*[a-z0-9])[a-z0-9*-]+(?:\.[a-z0-9*-]+)*(?::\d{1,5})?(?:\/[a-z0-9*][a-z0-9._*/-]*)?$/;

const registry = z
  .string()
  .max(300, 'must be at most 300 characters')
  .regex(registryText, { error: `must be a registry without https:// and without a tag: ${registryForm}`, abort: true })
  .refine(
    (text) => /[.:]/.test(text.split('/')[0] ?? '') || text.startsWith('localhost'),
    `must begin with a registry: ${registryForm}`,
  );

/** AWS Signer's ARN of a signing profile, as ECR names it (ImageSigningStatus). */
const profile = z
  .string()
  .regex(
    /^arn:aws(?:-[a-z]+)*:signer:[a-z0-9-]+:[0-9]{12}:\/signing-profiles\/[a-zA-Z0-9_]{2,64}$/,
    'must be the ARN of a signing profile, such as arn:aws:signer:eu-west-1:123456789012:/signing-profiles/release',
  );

const root = z
  .string()
  .regex(
    /^[0-9a-f]{64}$/,
    'must be the SHA-256 of a root certificate, 64 digits of lower-case hex: openssl x509 -in root.crt -outform DER | sha256sum',
  );

const signed = z
  .strictObject({
    by: z.enum(['managed', 'attached']).default('managed'),
    profiles: z
      .array(profile)
      .min(1, 'must name at least one; leave it out for any')
      .max(20, 'must be at most 20')
      .exactOptional(),
    revocation: z.literal('ask', 'must be ask; leave it out to have nobody asked').exactOptional(),
    roots: z
      .array(root)
      .min(1, 'must name at least one; leave it out for any')
      .max(10, 'must be at most 10')
      .exactOptional(),
  })
  .check(({ value, issues }) => {
    const refuse = (path: string, message: string): void => {
      issues.push({ code: 'custom', input: value, path: [path], message });
    };
    if (value.by !== 'managed' && value.profiles !== undefined)
      refuse('profiles', 'goes with by: managed alone: nobody has verified whose an attached signature is');
    if (value.by !== 'managed' && value.revocation !== undefined)
      refuse('revocation', 'goes with by: managed alone: AWS Signer knows of its own signatures only');
    if (value.revocation === undefined && value.roots !== undefined)
      refuse('roots', 'goes with revocation: ask alone: without it no signature is verified');
  }) satisfies z.ZodType<SignedPolicy>;

/** What an image must be, the same for what is written and what is stored. */
export const imagePolicySchema = z.strictObject({
  registries: z
    .array(registry)
    .min(1, 'must name at least one; leave it out for any')
    .max(50, 'must be at most 50')
    .exactOptional(),
  signed: signed.exactOptional(),
  maxAgeDays: z
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(3650, 'must be at most 3650')
    .exactOptional(),
  unscanned: z.enum(['block', 'allow']).exactOptional(),
  acrossRegions: z.enum(['block', 'allow']).exactOptional(),
  inventoryHours: z
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(168, 'must be at most 168')
    .exactOptional(),
}) satisfies z.ZodType<ImagePolicy>;
