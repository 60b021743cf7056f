import * as z from 'zod';
import { attachResourcePolicy } from '../../iam/resourcePolicies.ts';
import { createTopic, subscribe } from '../../services/sns/topics.ts';
import type { DeployContext } from '../deploy.ts';
import { policyDocument } from './policyDocument.ts';

const properties = z.strictObject({ TopicName: z.string() });

export const topic = {
  properties,
  create: (given: z.infer<typeof properties>, { account }: DeployContext) => {
    const arn = `arn:aws:sns:${account.region}:${account.id}:${given.TopicName}`;
    createTopic(account, { name: given.TopicName, arn });
    return { ref: arn, attributes: { TopicArn: arn, TopicName: given.TopicName } };
  },
};

const subscriptionProperties = z.strictObject({
  TopicArn: z.string(),
  Protocol: z.enum(['email', 'sqs', 'lambda']),
  Endpoint: z.string(),
  FilterPolicy: z.record(z.string(), z.json()).exactOptional(),
});

export const subscription = {
  properties: subscriptionProperties,
  create: (given: z.infer<typeof subscriptionProperties>, { account }: DeployContext) => {
    const made = subscribe(account, given.TopicArn, {
      protocol: given.Protocol,
      endpoint: given.Endpoint,
      ...(given.FilterPolicy === undefined ? {} : { filterPolicy: given.FilterPolicy }),
    });
    return { ref: made.arn, attributes: { Arn: made.arn } };
  },
};

const policyProperties = z.strictObject({ Topics: z.array(z.string()), PolicyDocument: policyDocument });

export const topicPolicy = {
  properties: policyProperties,
  create: (given: z.infer<typeof policyProperties>, { account, logicalId }: DeployContext) => {
    for (const arn of given.Topics) attachResourcePolicy(account, arn, given.PolicyDocument);
    return { ref: logicalId, attributes: {} };
  },
};
