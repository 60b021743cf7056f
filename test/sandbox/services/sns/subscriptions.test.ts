import { ListSubscriptionsByTopicCommand, paginateListSubscriptions, SNSClient } from '@aws-sdk/client-sns';
import { expect, it } from 'vitest';
import { snsService } from '../../../../sandbox/services/sns/service.ts';
import { createTopic, subscribe } from '../../../../sandbox/services/sns/topics.ts';
import { openWire } from '../openWire.ts';

it('the SDK pages through the subscriptions of all topics; an address that was not confirmed has no ARN', async () => {
  const wire = await openWire(snsService);
  const client = new SNSClient(wire.config);
  const topicArn = (name: string): string => `arn:aws:sns:eu-west-1:123456789012:${name}`;
  try {
    for (const name of ['page', 'notice']) createTopic(wire.account, { name, arn: topicArn(name) });
    subscribe(wire.account, topicArn('notice'), { protocol: 'email', endpoint: 'ops@example.com' });
    for (let i = 0; i < 100; i += 1) {
      const endpoint = `arn:aws:sqs:eu-west-1:123456789012:queue-${i}`;
      subscribe(wire.account, topicArn('page'), { protocol: 'sqs', endpoint });
    }
    const pages = [];
    for await (const { Subscriptions } of paginateListSubscriptions({ client }, {})) pages.push(Subscriptions ?? []);
    expect(pages.map(({ length }) => length)).toEqual([100, 1]);
    const address = pages.flat().find(({ Protocol }) => Protocol === 'email');
    expect(address).toEqual({
      SubscriptionArn: 'PendingConfirmation',
      Owner: '123456789012',
      Protocol: 'email',
      Endpoint: 'ops@example.com',
      TopicArn: topicArn('notice'),
    });
    const byTopic = new ListSubscriptionsByTopicCommand({ TopicArn: topicArn('notice') });
    expect((await client.send(byTopic)).Subscriptions).toEqual([address]);
  } finally {
    client.destroy();
    await wire.close();
  }
});
