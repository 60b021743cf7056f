import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { PublishCommand, SNSClient } from '../../shared/platform/sdk/sns.ts';
import { snsTopics } from '../../shared/platform/topics.ts';
import { awsError, notMocked } from './awsAnswers.ts';

const sns = mockClient(SNSClient);
const arns = { page: 'arn:page', notice: 'arn:notice', digest: 'arn:digest' };
const topics = snsTopics({ region: 'us-east-1', topics: arns });

/** The texts of the message that was published, by protocol. */
const sent = (): { readonly [protocol: string]: string } =>
  JSON.parse(sns.commandCalls(PublishCommand)[0]?.args[0].input.Message ?? '{}');

beforeEach(() => {
  sns.reset();
  sns.onAnyCommand().rejects(notMocked);
});

describe('a message', () => {
  it.each(['page', 'notice', 'digest'] as const)('of tier %s goes to that topic, once, as it is', async (tier) => {
    sns.on(PublishCommand).resolves({ MessageId: 'm' });
    await topics.publish(tier, 'GET UP: x', 'body\nof it');
    expect(sns.commandCalls(PublishCommand).map(({ args }) => args[0].input)).toEqual([
      { TopicArn: arns[tier], Subject: 'GET UP: x', Message: expect.any(String), MessageStructure: 'json' },
    ]);
    expect(sent()).toMatchObject({ default: 'body\nof it' });
  });

  it.each([
    ['its first line', 'GET UP: x held.\n\nWhat happened', 'GET UP: x held.'],
    ['all of one line', 'GET UP: x held.', 'GET UP: x held.'],
    ['no more than SMS takes', 'x'.repeat(2_000), 'x'.repeat(1_600)],
  ])('reaches a phone as %s', async (_name, body, sms) => {
    sns.on(PublishCommand).resolves({ MessageId: 'm' });
    await topics.publish('page', 'GET UP: x', body);
    expect(sent()).toEqual({ default: body, sms });
  });

  it('that SNS did not take was not sent', async () => {
    sns.on(PublishCommand).rejects(awsError('ThrottledException', 429));
    await expect(topics.publish('page', 's', 'b')).rejects.toMatchObject({ name: 'Throttled' });
    sns.on(PublishCommand).rejects(awsError('NotFoundException', 404));
    await expect(topics.publish('page', 's', 'b')).rejects.toMatchObject({ name: 'NotFoundException' });
  });
});
