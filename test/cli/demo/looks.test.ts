import { describe, expect, it } from 'vitest';
import { figuresLine, sumOf } from '../../../cli/demo/figures.ts';
import { shown } from '../../../cli/demo/looks.ts';
import type { PublishedMessage } from '../../../sandbox/services/sns/topics.ts';

const one = {
  runs: 1,
  statesEntered: 1,
  retries: 1,
  lambdaCalls: 1,
  awsCalls: 1,
  messages: 1,
  virtualSeconds: 61,
  realSeconds: 1.06,
};

describe('the figures of a demo', () => {
  it('are one line for a person, in words that fit the number', () => {
    expect(figuresLine(one)).toBe(
      '1 run, 1 state entered (1 retry), 1 Lambda call, 1 AWS call, 1 message, 61 s virtual in 1.06 s real',
    );
    expect(figuresLine({ ...one, runs: 2, retries: 0, messages: 2, virtualSeconds: 1067 })).toBe(
      '2 runs, 1 state entered (0 retries), 1 Lambda call, 1 AWS call, 2 messages, 17 min 47 s virtual in 1.06 s real',
    );
  });

  it('of several scenarios add up, each of them', () => {
    expect(sumOf([one, one, one])).toEqual({
      runs: 3,
      statesEntered: 3,
      retries: 3,
      lambdaCalls: 3,
      awsCalls: 3,
      messages: 3,
      virtualSeconds: 183,
      realSeconds: 3.18,
    });
  });
});

describe('a message in the timeline', () => {
  const message = (given: Partial<PublishedMessage>): PublishedMessage =>
    ({ topicArn: 'arn:aws:sns:us-east-1:1:firebreak-dev-page', message: 'body', ...given }) as PublishedMessage;

  it.each([
    ['its subject', { subject: 'GET UP: payments' }, 'page: GET UP: payments'],
    [
      'what EventBridge published, without a subject and without the marks of JSON',
      { message: '{"GET UP: it died":"{\\"run\\":\\"r\\"}"}' },
      'page: (no subject) GET UP: it died:run:r',
    ],
    ['any other text, as it begins', { message: 'x'.repeat(200) }, `page: (no subject) ${'x'.repeat(120)}`],
  ])('is shown by its tier and %s', (_what, given, line) => {
    expect(shown(message(given))).toBe(line);
  });
});
