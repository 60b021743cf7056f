import * as z from 'zod';
import { attachResourcePolicy } from '../../iam/resourcePolicies.ts';
import { createBucket } from '../../services/s3/buckets.ts';
import type { DeployContext } from '../deploy.ts';
import { policyDocument, withoutEffect } from './policyDocument.ts';

const properties = z.strictObject({
  VersioningConfiguration: withoutEffect,
  PublicAccessBlockConfiguration: withoutEffect,
  BucketEncryption: withoutEffect,
});

export const bucket = {
  properties,
  create: (_given: z.infer<typeof properties>, { account, generatedName }: DeployContext) => {
    const name = generatedName(63).toLowerCase();
    createBucket(account, { name });
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
