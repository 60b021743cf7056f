import * as z from 'zod';
import { attachResourcePolicy } from '../../iam/resourcePolicies.ts';
import { createBucket } from '../../services/s3/buckets.ts';
import type { DeployContext } from '../deploy.ts';
import { policyDocument, withoutEffect } from './policyDocument.ts';

const lifecycleRule = z.strictObject({
  Id: z.string(),
  Status: z.literal('Enabled'),
  Prefix: z.string(),
  ExpirationInDays: z.int().min(1),
  // No earlier versions are kept here.
  NoncurrentVersionExpiration: withoutEffect,
});

const properties = z.strictObject({
  VersioningConfiguration: withoutEffect,
  PublicAccessBlockConfiguration: withoutEffect,
  BucketEncryption: withoutEffect,
  LifecycleConfiguration: z.strictObject({ Rules: z.array(lifecycleRule) }).optional(),
});

export const bucket = {
  properties,
  create: (given: z.infer<typeof properties>, { account, generatedName }: DeployContext) => {
    const name = generatedName(63).toLowerCase();
    const expiries = (given.LifecycleConfiguration?.Rules ?? []).map((rule) => ({
      prefix: rule.Prefix,
      days: rule.ExpirationInDays,
    }));
    createBucket(account, { name, expiries });
    return { ref: name, attributes: { Arn: `arn:aws:s3:::${name}` } };
  },
};

const policyProperties = z.strictObject({ Bucket: z.string(), PolicyDocument: policyDocument });

export const bucketPolicy = {
  properties: policyProperties,
  create: (given: z.infer<typeof policyProperties>, { account }: DeployContext) => {
    attachResourcePolicy(account, `arn:aws:s3:::${given.Bucket}`, given.PolicyDocument);
    return { ref: given.Bucket, attributes: {} };
  },
};
