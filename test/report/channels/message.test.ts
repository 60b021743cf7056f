import { describe, expect, it } from 'vitest';
import { incidentHash } from '../../../shared/incident/keys.ts';
import { cleanLines, headlineOf, longestText } from '../../../shared/report/channels/message.ts';
import { messageFrom } from '../../../shared/report/channels/notification.ts';
import { notified } from './throughSns.ts';

describe('the headline', () => {
  it.each([
    ['page', 'GET UP: x held, 1', 'GET UP: x held.\n\nWhat', 'GET UP: x held.'],
    ['page', 'ALARM: "a"', '{"AlarmName":"a"}', 'GET UP: ALARM: "a"'],
    ['notice', 'ALARM: "a"', '{"AlarmName":"a"}', 'NO ACTION: ALARM: "a"'],
    ['notice', 'NO ACTION: rules gone', 'Version 3', 'NO ACTION: rules gone'],
    ['page', '', 'a test of the topic', 'GET UP: a test of the topic'],
    ['page', '', '{"GET UP: Firebreak could not finish":"x"}', 'GET UP: Firebreak could not finish'],
    ['page', 'NO ACTION: all is well', 'NO ACTION: all is well', 'GET UP: NO ACTION: all is well'],
    ['digest', 'GET UP: now', 'GET UP: now', 'NO ACTION: GET UP: now'],
    ['page', 'TEST, NO ACTION: a page wakes', 'TEST, NO ACTION: a page wakes\n\nThis', 'TEST, NO ACTION: a page wakes'],
  ] as const)('of a %s, subject %j, text %j: %s', (tier, subject, text, headline) => {
    expect(headlineOf(tier, subject, text)).toBe(headline);
  });
});

describe('the text', () => {
  it('of ours keeps its links; of anybody else has none', () => {
    expect(cleanLines('see https://console', true)).toBe('see https://console');
    expect(cleanLines('see https://console', false)).toBe('see https[:]//console');
  });

  it.each([true, false])('has nothing that a screen obeys, and keeps its lines (ours: %s)', (isOurs) => {
    expect(cleanLines('a\u202e\u001b[1m\r\nb\ud800', isOurs)).toBe('a\\u{202e}\\u{1b}[1m\nb\\u{d800}');
  });

  it.each([true, false])('that is too long is cut, and says so (ours: %s)', (isOurs) => {
    for (const text of ['x'.repeat(longestText + 1), 'x'.repeat(1_000_000), '\u202e'.repeat(longestText)]) {
      const cut = cleanLines(text, isOurs);
      expect(cut.length).toBeLessThanOrEqual(longestText);
      expect(cut).toMatch(/\(cut: all of it is in the mail, and in: firebreak incidents show\)$/);
    }
    expect(cleanLines('x'.repeat(longestText), isOurs)).toBe('x'.repeat(longestText));
  });
});

describe('a notification', () => {
  const incident = 'image/1/us-east-1/a@sha256:b';
  const attributes = (values: Readonly<Record<string, string>>) => ({
    MessageAttributes: Object.fromEntries(
      Object.entries(values).map(([name, Value]) => [name, { Type: 'String', Value }]),
    ),
  });

  it('with attributes is about what they say', () => {
    const given = { id: 'i/r/held-1', incident, thread: 't', outcome: 'held', class: 'B', telling: 'soc' };
    expect(notified({ Subject: 's', Message: 'm', ...attributes(given) }, 'page')).toMatchObject(given);
  });

  it('of an incident whose key is no attribute has its thread all the same', () => {
    const { incident: none, thread } = notified({ Message: 'm', ...attributes({ id: 'i', thread: 't' }) }, 'page');
    expect([none, thread]).toEqual([null, 't']);
  });

  it.each([
    ['the state machine', { Subject: 'GET UP: Firebreak could not finish', Message: `x\nIncident: ${incident}\ny` }],
    [
      'EventBridge',
      { Message: JSON.stringify({ 'GET UP: Firebreak could not finish': JSON.stringify({ incident }) }) },
    ],
  ])('without attributes, of %s, joins its incident', (_by, fields) => {
    expect(notified(fields, 'page')).toMatchObject({ incident, thread: incidentHash(incident), id: 'sns-message-1' });
  });

  it.each([
    ['ALARM', null],
    ['OK', 'alarm-over'],
  ])('of an alarm that is %s has the thread of the alarm', (NewStateValue, outcome) => {
    const Message = JSON.stringify({ AlarmName: 'firebreak-prod-undelivered', NewStateValue });
    expect(notified({ Message }, 'page')).toMatchObject({ thread: 'alarm/firebreak-prod-undelivered', outcome });
  });

  it.each(['just a test', '[]', '{}', '{"AlarmName":3}', '{"GET UP: Firebreak could not finish":"{"}', 'null'])(
    'without anything to go by, %j, is a message of its own',
    (Message) => {
      expect(notified({ Message }, 'page')).toMatchObject({ incident: null, thread: 'sns-message-1', outcome: null });
    },
  );

  it('that is none is none', () => {
    const whole = { Type: 'Notification', MessageId: 'm', Message: 'x' };
    for (const missing of Object.keys(whole)) {
      const { [missing as keyof typeof whole]: _, ...rest } = whole;
      expect(messageFrom(rest, 'page', 'prod')).toBeUndefined();
    }
  });

  it('has a key that is shown as text', () => {
    const given = notified(
      { Subject: 'GET UP: Firebreak could not finish', Message: 'x\nIncident: a\u202eb://c' },
      'page',
    );
    expect(given.incident).toBe('a\\u{202e}b[:]//c');
    expect(given.thread).toBe(incidentHash('a\u202eb://c'));
  });

  it('has an id that can be a header, whoever gave it', () => {
    expect(notified({ Message: 'x', ...attributes({ id: 'a\r\nb: \u202ec' }) }, 'page').id).toBe('a??b:??c');
  });
});

describe('what is there as HTML, too', () => {
  const Message = JSON.stringify({ firebreak: 'html', text: 'NO ACTION: x\u202e', html: '<p>x</p>' });
  const MessageAttributes = { id: { Type: 'String', Value: 'digest/-/2026-11-20' } };

  it('is text for whoever shows text, and HTML beside it', () => {
    const { text, html, headline, thread } = notified({ Message, MessageAttributes }, 'digest');
    expect([text, html, headline]).toEqual(['NO ACTION: x\\u{202e}', '<p>x</p>', 'NO ACTION: x\\u{202e}']);
    expect(thread).toBe('sns-message-1');
  });

  it('is text alone where it is not ours, or is not whole', () => {
    expect(notified({ Message }, 'digest')).not.toHaveProperty('html');
    const half = '{"firebreak":"html","text":1}';
    expect(notified({ Message: half, MessageAttributes }, 'digest')).toMatchObject({ text: half });
  });
});
