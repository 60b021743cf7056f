import { describe, expect, test } from 'vitest';
import { parseEnvelope, unwrap } from '../../shared/finding/envelope.ts';
import { sourceFor } from '../../shared/finding/registry.ts';
import { invalidPath, parsed, reasonOf, sampleEvent, scan } from './sampleEvent.ts';

describe('an envelope', () => {
  test('keeps what is relied on, with its time in UTC, and ignores the rest', () => {
    const envelope = parseEnvelope({ ...scan(), 'detail.resources.tags.testkey': 'allow' });
    expect(Object.keys(envelope).sort()).toEqual([
      'account',
      'detail',
      'detail-type',
      'id',
      'region',
      'source',
      'time',
    ]);
    expect(envelope.time).toBe('2026-11-20T09:14:03.000Z');
  });

  test.each([
    ['id', undefined],
    ['id', ''],
    ['id', 'x'.repeat(257)],
    ['source', 7],
    ['detail-type', null],
    ['account', '12345'],
    ['account', 123456789012],
    ['region', 'N/A'],
    ['region', 'us-east-1/../x'],
    ['time', '2023-02-29T02:36:48Z'],
    ['time', 'yesterday'],
  ])('whose %s is %j is invalid at that path', (key, value) => {
    expect(invalidPath(() => parseEnvelope({ ...scan(), [key]: value }))).toBe(key);
  });

  test.each([null, 'text', 7, [scan()]])('that is no object (%#) is invalid at $', (value) => {
    expect(invalidPath(() => parseEnvelope(value))).toBe('$');
  });

  test('of a kind that no source reads is ignored, with its name', () => {
    const other = { ...sampleEvent('ecr-image-push'), 'detail-type': 'ECR Referrer Action' };
    expect(reasonOf(other)).toBe('no source reads "ECR Referrer Action" events of aws.ecr');
    expect(sourceFor(parseEnvelope({ ...scan(), source: 'my.ecr' }))).toBeUndefined();
    expect(sourceFor(parseEnvelope(scan()))?.name).toBe('imageScan');
  });
});

describe('unwrap', () => {
  const event = scan();
  const sns = { Records: [{ EventSource: 'aws:sns', Sns: { Message: JSON.stringify(event) } }] };
  const sqs = { Records: [{ eventSource: 'aws:sqs', body: JSON.stringify(event) }] };
  const snsInSqs = { Records: [{ body: JSON.stringify({ Type: 'Notification', Message: JSON.stringify(event) }) }] };

  test.each([
    ['one event', JSON.stringify(event)],
    ['printed over several lines', JSON.stringify(event, null, 2)],
    ['with a byte order mark', `\uFEFF${JSON.stringify(event)}`],
    ['by SNS', JSON.stringify(sns)],
    ['by SQS', JSON.stringify(sqs)],
    ['by SNS in SQS', JSON.stringify(snsInSqs)],
    ['as one SQS message', JSON.stringify({ messageId: '1', body: JSON.stringify(event) })],
    ['in an array', JSON.stringify([event])],
  ])('finds the event: %s', (_, text) => {
    expect(unwrap(text)).toEqual([event]);
  });

  test('a wrapped event leads to the very finding of the bare one', () => {
    expect(unwrap(JSON.stringify(snsInSqs)).map(parsed)).toEqual([parsed(event)]);
  });

  test('reads JSON Lines and arrays of several, empty lines apart', () => {
    expect(unwrap(`${JSON.stringify(event)}\n\r\n${JSON.stringify(sns)}\n`)).toEqual([event, event]);
    expect(unwrap(JSON.stringify([event, sqs]))).toEqual([event, event]);
  });

  test('an event whose own detail holds Records or a body is not taken apart', () => {
    const odd = { ...event, Records: [], body: '{}' };
    expect(unwrap(JSON.stringify(odd))).toEqual([odd]);
  });

  test('a wrapped text that is no JSON is invalid as an event, and does not hide the others', () => {
    const mixed = { Records: [{ body: 'hello' }, { body: JSON.stringify(event) }] };
    const [first, second] = unwrap(JSON.stringify(mixed));
    expect(invalidPath(() => parseEnvelope(first))).toBe('$');
    expect(second).toEqual(event);
  });

  test('what cannot be read names the line', () => {
    expect(invalidPath(() => unwrap(`${JSON.stringify(event)}\n{oops\n`))).toBe('line 2');
    expect(invalidPath(() => unwrap('{oops'))).toBe('$');
    expect(invalidPath(() => unwrap(' \n'))).toBe('$');
  });

  test('endless wrapping ends', () => {
    let text = JSON.stringify(event);
    for (let i = 0; i < 12; i += 1) text = JSON.stringify({ body: text });
    expect(unwrap(text)).toHaveLength(1);
    expect(unwrap(text)).not.toEqual([event]);
  });
});
