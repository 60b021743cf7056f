import { describe, expect, test } from 'vitest';
import { readsWith } from '../../shared/account/reads.ts';
import { type LogPlace, logPlaceOf, readLastLines } from '../../shared/actions/evidenceCapture/logs.ts';
import { redactionOf } from '../../shared/actions/evidenceCapture/redaction.ts';
import { mockTask } from './taskWorld.ts';

const place: LogPlace = { group: '/ecs/checkout', stream: 's' };

async function last(pages: readonly (readonly string[])[]) {
  const mock = mockTask({ lines: { s: pages } });
  const read = (await readLastLines(readsWith(mock.aws), place, redactionOf([]))) as unknown as {
    lines: { message: string }[];
    complete: boolean;
  };
  return { complete: read.complete, messages: read.lines.map(({ message }) => message), calls: mock.sent().length };
}

describe('the last lines', () => {
  test('are in the order in which they were written, over pages, of which one may be empty', async () => {
    expect(await last([['c', 'd'], [], ['a', 'b']])).toEqual({
      complete: true,
      messages: ['a', 'b', 'c', 'd'],
      calls: 4,
    });
  });

  test('of a stream in which there is nothing are none', async () => {
    expect(await last([[]])).toMatchObject({ complete: true, messages: [] });
  });

  test('are 1,000 at the most, and it is said that there are more', async () => {
    const many = Array.from({ length: 1000 }, (_, at) => `${at}`);
    expect(await last([many, ['before']])).toMatchObject({ complete: false, messages: many, calls: 1 });
  });

  test('are 256 KiB at the most, the oldest left out', async () => {
    const long = 'x'.repeat(100 * 1024);
    const { complete, messages } = await last([['oldest', `${long}1`, `${long}2`, `${long}3`]]);
    expect(complete).toBe(false);
    expect(messages.map((message) => message.slice(-1))).toEqual(['2', '3']);
  });

  test('are given up after five pages: of a long silence nobody waits for the end', async () => {
    expect(await last(Array.from({ length: 9 }, () => []))).toEqual({ complete: false, messages: [], calls: 5 });
  });
});

describe('where they are', () => {
  const of = (logDriver: 'awslogs' | 'splunk', options: Record<string, string>) =>
    logPlaceOf({ name: 'app', logConfiguration: { logDriver, options } }, 'id', 'eu-central-1');
  const group = { 'awslogs-group': '/g' };

  test.each([
    [of('awslogs', { ...group, 'awslogs-stream-prefix': 'p' }), { group: '/g', stream: 'p/app/id' }],
    [of('awslogs', group), 'its log stream has no prefix, so that its name is not known'],
    [
      of('awslogs', { ...group, 'awslogs-stream-prefix': 'p', 'awslogs-region': 'us-east-1' }),
      'its lines go to Region us-east-1, where these credentials do not read',
    ],
    [of('splunk', group), 'its lines go to splunk, which is not read'],
    [logPlaceOf({ name: 'app' }, 'id', 'r'), 'it names no log driver, so that its lines are on its host alone'],
  ])('%#: %s', (found, expected) => {
    expect(found).toEqual(expected);
  });
});
