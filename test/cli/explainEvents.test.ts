import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readEvents } from '../../cli/explain/events.ts';
import { UsageError } from '../../cli/usage.ts';

const folder = mkdtempSync(join(tmpdir(), 'firebreak-events-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(text: string): string {
  const path = join(folder, 'events.json');
  writeFileSync(path, text);
  return path;
}

const event = { 'detail-type': 'ECR Image Scan', id: 'one' };
const notification = { Type: 'Notification', Message: JSON.stringify(event) };

describe('the events of a file', () => {
  it.each([
    ['one event', JSON.stringify(event, null, 2), 1],
    ['an array', JSON.stringify([event, event]), 2],
    ['JSON Lines', `${JSON.stringify(event)}\n\n${JSON.stringify(event)}\n`, 2],
    ['an SNS notification', JSON.stringify(notification), 1],
    ['an SQS batch of SNS notifications', JSON.stringify({ Records: [{ body: JSON.stringify(notification) }] }), 1],
  ])('%s', (_what, text, count) => {
    expect(readEvents(file(text))).toEqual(Array.from({ length: count }, () => event));
  });

  it.each([
    ['no JSON', '{', /events\.json: the input is not JSON: .*\. Give a JSON event/],
    ['a broken line', `${JSON.stringify(event)}\n{`, /events\.json: line 2 is not JSON/],
    ['nothing', '', /events\.json: the input is empty/],
  ])('%s is refused with its place', (_what, text, message) => {
    expect(() => readEvents(file(text))).toThrow(UsageError);
    expect(() => readEvents(file(text))).toThrow(message);
  });
});
