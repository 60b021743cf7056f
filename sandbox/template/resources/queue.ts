import * as z from 'zod';
import { attachResourcePolicy } from '../../iam/resourcePolicies.ts';
import { createQueue } from '../../services/sqs/queue.ts';
import type { DeployContext } from '../deploy.ts';
import { policyDocument, withoutEffect } from './policyDocument.ts';

const properties = z.strictObject({
  DelaySeconds: z.number().int().min(0).max(900).default(0),
  VisibilityTimeout: z.number().default(30),
  MessageRetentionPeriod: z.number().default(345_600),
  RedrivePolicy: z
    .strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: z.number().int().positive() })
    .optional(),
  SqsManagedSseEnabled: withoutEffect,
});

const arnOf = (url: string, region: string, account: string): string =>
  `arn:aws:sqs:${region}:${account}:${url.slice(url.lastIndexOf('/') + 1)}`;

export const queue = {
  properties,
  create: (given: z.infer<typeof properties>, { account, generatedName }: DeployContext) => {
    const name = generatedName(80);
    const arn = `arn:aws:sqs:${account.region}:${account.id}:${name}`;
    createQueue(account, {
      name,
      arn,
      delaySeconds: given.DelaySeconds,
      visibilityTimeoutSeconds: given.VisibilityTimeout,
      messageRetentionSeconds: given.MessageRetentionPeriod,
      ...(given.RedrivePolicy === undefined ? {} : { redrive: given.RedrivePolicy }),
    });
    // As on AWS: `Ref` is the queue's URL.
    return { ref: `${account.endpoint}/${account.id}/${name}`, attributes: { Arn: arn, QueueName: name } };
  },
};

const policyProperties = z.strictObject({ Queues: z.array(z.string()), PolicyDocument: policyDocument });

export const queuePolicy = {
  properties: policyProperties,
  create: (given: z.infer<typeof policyProperties>, { account, logicalId }: DeployContext) => {
    for (const url of given.Queues) {
      attachResourcePolicy(account, arnOf(url, account.region, account.id), given.PolicyDocument);
    }
    return { ref: logicalId, attributes: {} };
  },
};
