import * as z from 'zod';
import { createTable } from '../../services/dynamodb/tables.ts';
import type { DeployContext } from '../deploy.ts';
import { withoutEffect } from './policyDocument.ts';

const keySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));

const properties = z.strictObject({
  BillingMode: z.literal('PAY_PER_REQUEST'),
  AttributeDefinitions: z.array(z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z
    .array(
      z.strictObject({
        IndexName: z.string(),
        KeySchema: keySchema,
        Projection: z.strictObject({ ProjectionType: z.enum(['ALL', 'KEYS_ONLY']) }),
      }),
    )
    .default([]),
  PointInTimeRecoverySpecification: withoutEffect,
  SSESpecification: withoutEffect,
});

export const table = {
  properties,
  create: (given: z.infer<typeof properties>, { account, generatedName }: DeployContext) => {
    const name = generatedName(255);
    createTable(account, {
      name,
      keySchema: given.KeySchema,
      attributeDefinitions: given.AttributeDefinitions,
      gsis: given.GlobalSecondaryIndexes,
    });
    return { ref: name, attributes: { Arn: `arn:aws:dynamodb:${account.region}:${account.id}:table/${name}` } };
  },
};
