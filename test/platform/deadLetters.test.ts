import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { queueDeadLetters } from '../../shared/platform/deadLetters.ts';
import { SendMessageCommand, SQSClient } from '../../shared/platform/sdk/sqs.ts';
import { awsError, notMocked } from './awsAnswers.ts';

const sqs = mockClient(SQSClient);
const letters = queueDeadLetters({ region: 'us-east-1', queueUrl: 'https://sqs/dead' });

beforeEach(() => {
  sqs.reset();
  sqs.onAnyCommand().rejects(notMocked);
  sqs.on(SendMessageCommand).resolves({ MessageId: 'm' });
});

/** What was sent, with its size as SQS counts it. */
function sent() {
  const input = sqs.commandCalls(SendMessageCommand)[0]?.args[0].input;
  const attributes = Object.entries(input?.MessageAttributes ?? {});
  const sizes = attributes.flatMap(([name, { DataType, StringValue }]) => [name, DataType ?? '', StringValue ?? '']);
  const size = [input?.MessageBody ?? '', ...sizes].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const values = Object.fromEntries(attributes.map(([name, { StringValue }]) => [name, StringValue ?? '']));
  return { url: input?.QueueUrl, body: input?.MessageBody ?? '', values, size };
}

describe('a dead letter', () => {
  it('is the body as it came, with why and where', async () => {
    await letters.send('{"a":"ä"}', 'a must be a number', 'detail.a');
    expect(sent()).toMatchObject({
      url: 'https://sqs/dead',
      body: '{"a":"ä"}',
      values: { reason: 'a must be a number', path: 'detail.a' },
    });
    expect(sent().values).not.toHaveProperty('cut');
  });

  it('says why in text that SQS takes, whatever the event held', async () => {
    await letters.send('x', `no source reads "\u0000\n\u202e😀" ${'a'.repeat(5000)}`, '');
    const { values } = sent();
    expect(values['reason']).toMatch(/^no source reads "[?]{5}" a+$/);
    expect(values['reason']).toHaveLength(1024);
    expect(values['path']).toBe('-');
  });

  it.each([
    ['a', 1_048_576],
    ['ä', 524_288],
    ['😀', 262_144],
  ])('of 1 MiB of %s is cut so that its reason fits, and says so', async (letter, times) => {
    await letters.send(letter.repeat(times), 'r'.repeat(5000), 'p'.repeat(5000));
    const { body, values, size } = sent();
    expect(size).toBeLessThanOrEqual(1_048_576);
    expect(body.length).toBeGreaterThan((letter.length * times * 99) / 100);
    expect(body.replaceAll(letter, '')).toBe('');
    expect(values['cut']).toBe(`the first ${Buffer.byteLength(body)} of 1048576 bytes`);
  });

  it('is not cut where there is room', async () => {
    const body = 'a'.repeat(1_000_000);
    await letters.send(body, 'r', 'p');
    expect(sent().body).toBe(body);
  });

  it('is sent even of nothing', async () => {
    await letters.send('', 'the event is not JSON', '$');
    expect(sent().body).toBe(' ');
  });

  it('that SQS did not take is not taken for sent', async () => {
    sqs.on(SendMessageCommand).rejects(awsError('RequestThrottled'));
    await expect(letters.send('x', 'r', 'p')).rejects.toMatchObject({ name: 'Throttled' });
    sqs.on(SendMessageCommand).rejects(awsError('QueueDoesNotExist'));
    await expect(letters.send('x', 'r', 'p')).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
  });
});
