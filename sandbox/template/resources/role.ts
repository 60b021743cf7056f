import * as z from 'zod';
import { createRole } from '../../iam/roles.ts';
import type { DeployContext } from '../deploy.ts';
import { policyDocument, withoutEffect } from './policyDocument.ts';

const properties = z.strictObject({
  RoleName: z.string().max(64).optional(),
  AssumeRolePolicyDocument: policyDocument,
  Policies: z.array(z.strictObject({ PolicyName: z.string(), PolicyDocument: policyDocument })).default([]),
  MaxSessionDuration: z.number().int().min(3600).max(43_200).optional(),
  Description: withoutEffect,
});

export const role = {
  properties,
  create: (given: z.infer<typeof properties>, { account, generatedName }: DeployContext) => {
    const name = given.RoleName ?? generatedName(64);
    const arn = `arn:aws:iam::${account.id}:role/${name}`;
    createRole(account, {
      name,
      arn,
      ...(given.MaxSessionDuration === undefined ? {} : { maxSessionSeconds: given.MaxSessionDuration }),
      trust: given.AssumeRolePolicyDocument,
      policies: given.Policies.map((policy) => ({ name: policy.PolicyName, document: policy.PolicyDocument })),
    });
    return { ref: name, attributes: { Arn: arn } };
  },
};
