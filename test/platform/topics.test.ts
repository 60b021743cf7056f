import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { PublishCommand, SNSClient } from '../../shared/platform/sdk/sns.ts';
import { rawTopic, snsTopics } from '../../shared/platform/topics.ts';
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

  it('reaches a phone as one line', async () => {
    sns.on(PublishCommand).resolves({ MessageId: 'm' });
    await topics.publish('page', 'GET UP: x', 'GET UP: x held.\n\nWhat happened');
    expect(sent()).toEqual({ default: 'GET UP: x held.\n\nWhat happened', sms: 'GET UP: x held.' });
  });

  it.each([
    ['of a megabyte', 'x'.repeat(1_000_000)],
    ['each byte of which takes six', '\u0001'.repeat(60_000)],
    ['in characters of three bytes', '\u20ac'.repeat(100_000)],
  ])('%s is cut to what SNS takes (262,144 bytes), and says so', async (_name, body) => {
    sns.on(PublishCommand).resolves({ MessageId: 'm' });
    await topics.publish('page', 'GET UP: x', body, { id: 'i', incident: 'k'.repeat(1_000) });
    const { Message = '', Subject = '' } = sns.commandCalls(PublishCommand)[0]?.args[0].input ?? {};
    expect(Buffer.byteLength(Message) + Subject.length).toBeLessThan(262_144 - 4_000);
    expect(sent()['default']).toMatch(
      new RegExp(`\\n\\n\\(cut: the whole text has ${Buffer.byteLength(body)} bytes, more than SNS takes\\)$`),
    );
  });

  it('that is there as HTML, too, brings both to queues, and mail and phones get what they got before', async () => {
    sns.on(PublishCommand).resolves({ MessageId: 'm' });
    await topics.publish('digest', 'NO ACTION: x', 'NO ACTION: x', {}, '<p>x</p>');
    const { sqs = '', ...others } = sent();
    expect(others).toEqual({ default: 'NO ACTION: x', sms: 'NO ACTION: x' });
    expect(JSON.parse(sqs)).toEqual({ firebreak: 'html', text: 'NO ACTION: x', html: '<p>x</p>' });
  });

  it('whose HTML is more than SNS takes goes without it', async () => {
    sns.on(PublishCommand).resolves({ MessageId: 'm' });
    await topics.publish('digest', 'NO ACTION: x', 'x'.repeat(100_000), {}, '<'.repeat(100_000));
    expect(Object.keys(sent())).toEqual(['default', 'sms']);
    expect(sent()['default']).toHaveLength(100_000);
  });

  it('that just fits is whole', async () => {
    sns.on(PublishCommand).resolves({ MessageId: 'm' });
    await topics.publish('page', 'GET UP: x', 'x'.repeat(249_900));
    expect(sent()['default']).toHaveLength(249_900);
  });

  it('has what it is about as attributes; what SNS would refuse is left out, and the message goes all the same', async () => {
    sns.on(PublishCommand).resolves({ MessageId: 'm' });
    const refused = { empty: '', control: 'a\u0000', unicode: 'caf\u00e9', long: 'x'.repeat(1_001) };
    await topics.publish('page', 'GET UP: x', 'b', { id: 'i/r', outcome: 'held', ...refused });
    expect(sns.commandCalls(PublishCommand)[0]?.args[0].input.MessageAttributes).toEqual({
      id: { DataType: 'String', StringValue: 'i/r' },
      outcome: { DataType: 'String', StringValue: 'held' },
    });
  });

  it('that SNS did not take was not sent', async () => {
    sns.on(PublishCommand).rejects(awsError('ThrottledException', 429));
    await expect(topics.publish('page', 's', 'b')).rejects.toMatchObject({ name: 'Throttled' });
    sns.on(PublishCommand).rejects(awsError('NotFoundException', 404));
    await expect(topics.publish('page', 's', 'b')).rejects.toMatchObject({ name: 'NotFoundException' });
  });
});

describe('a raw message', () => {
  it('goes to its topic as it is: no subject, and no text for each protocol', async () => {
    sns.on(PublishCommand).resolves({ MessageId: 'm' });
    await rawTopic({ region: 'us-east-1', topic: 'arn:chat' })('{"version":"1.0"}');
    expect(sns.commandCalls(PublishCommand).map(({ args }) => args[0].input)).toEqual([
      { TopicArn: 'arn:chat', Message: '{"version":"1.0"}' },
    ]);
  });
});
