import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { webhookRequest } from '../../../shared/report/channels/webhook.ts';
import { told } from './told.ts';

const now = new Date('2026-11-20T10:00:05.900Z');

describe('a webhook', () => {
  const { headers, body } = webhookRequest(told(), 'the key', now);

  it('is signed over its time and its body', () => {
    expect(headers['firebreak-timestamp']).toBe(String(Date.parse('2026-11-20T10:00:05Z') / 1000));
    const mac = createHmac('sha256', 'the key').update(`${headers['firebreak-timestamp']}.${body}`).digest('hex');
    expect(headers['firebreak-signature']).toBe(`v1=${mac}`);
  });

  it('has another signature with another key, another body or at another time, and no key in it', () => {
    const signatures = [
      webhookRequest(told(), 'another key', now),
      webhookRequest(told({ text: 'x' }), 'the key', now),
      webhookRequest(told(), 'the key', new Date(now.getTime() + 1000)),
    ].map((one) => one.headers['firebreak-signature']);
    expect(new Set([...signatures, headers['firebreak-signature']]).size).toBe(4);
    expect(JSON.stringify({ headers, body })).not.toContain('the key');
  });

  it('has the HTML of what is there as HTML, and no such field of anything else', () => {
    expect(JSON.parse(body)).not.toHaveProperty('html');
    expect(JSON.parse(webhookRequest(told({ html: '<p>x</p>' }), 'k', now).body)).toMatchObject({ html: '<p>x</p>' });
  });

  it('that is repeated has the same id and body', () => {
    const later = webhookRequest(told(), 'the key', new Date(now.getTime() + 60_000));
    expect([later.body, later.headers['firebreak-id']]).toEqual([body, headers['firebreak-id']]);
  });
});
