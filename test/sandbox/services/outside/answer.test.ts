import { describe, expect, it } from 'vitest';
import type { Account } from '../../../../sandbox/account.ts';
import { answerOutside, isOutside } from '../../../../sandbox/services/outside/answer.ts';
import { ail, outsideOf, postsTo } from '../../../../sandbox/services/outside/state.ts';
import { fakeAccount } from '../../fakeAccount.ts';

const send = (account: Account, host: string, body: unknown, path = '/v2/enqueue') =>
  answerOutside(account, {
    method: 'POST',
    path,
    query: new URLSearchParams(),
    headers: { host },
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  });

describe('a host outside AWS', () => {
  it.each([
    ['events.pagerduty.com', true],
    ['events.eu.pagerduty.com:443', true],
    ['hooks.example.com', true],
    ['a.example', true],
    ['example.com', false],
    ['pagerduty.com.evil.org', false],
    ['evilexample.com', false],
    ['sqs.us-east-1.amazonaws.com', false],
    ['127.0.0.1', false],
  ])('%s: %s', (host, outside) => {
    expect(isOutside(host)).toBe(outside);
  });

  it('takes what it is sent, and it is kept', () => {
    const { account } = fakeAccount();
    expect(send(account, 'hooks.example.com:443', 'x', '/a')).toMatchObject({ answer: { status: 200 }, lateMs: 0 });
    expect(postsTo(account, 'hooks.example.com')).toMatchObject([{ path: '/a', body: 'x', answered: 200 }]);
    expect(postsTo(account, 'other.example.com')).toEqual([]);
  });

  it('ails as it is told to, for as long as it is told to', async () => {
    const { account, clock } = fakeAccount();
    ail(account, { host: 'hooks.example.com', status: 429, seconds: 10, lateSeconds: 2, retryAfter: 7 });
    expect(send(account, 'hooks.example.com', 'x')).toMatchObject({
      answer: { status: 429, headers: { 'retry-after': '7' } },
      lateMs: 2_000,
    });
    expect(send(account, 'other.example.com', 'x').answer?.status).toBe(200);
    ail(account, { host: 'hooks.example.com', status: 'down', seconds: 5 });
    expect(send(account, 'hooks.example.com', 'x').answer).toBeUndefined();
    await clock.advance(10_001);
    expect(send(account, 'hooks.example.com', 'x').answer?.status).toBe(200);
  });
});

describe('PagerDuty', () => {
  const host = 'events.pagerduty.com';
  const event = (event_action: string, fields: object = {}) => ({
    routing_key: 'k'.repeat(32),
    event_action,
    dedup_key: 'one',
    payload: { summary: 's', source: 'x', severity: 'critical' },
    ...fields,
  });

  it('opens one alert for a key, acknowledges and resolves it, and opens another after that', () => {
    const { account } = fakeAccount();
    for (const action of ['trigger', 'trigger', 'acknowledge', 'resolve', 'resolve', 'trigger'])
      expect(send(account, host, event(action)).answer?.status).toBe(202);
    expect(outsideOf(account).alerts).toMatchObject([
      { key: 'one', status: 'resolved', events: ['trigger', 'trigger', 'acknowledge', 'resolve'] },
      { key: 'one', status: 'triggered', events: ['trigger'] },
    ]);
  });

  it('drops what is for no open alert', () => {
    const { account } = fakeAccount();
    expect(send(account, host, event('resolve')).answer?.status).toBe(202);
    expect(outsideOf(account).alerts).toEqual([]);
  });

  const payload = { summary: 's', source: 'x', severity: 'critical' };
  it.each([
    ['no JSON', 'x'],
    ['a key that is too short', event('trigger', { routing_key: 'k' })],
    ['an unknown action', event('open')],
    ['no payload', event('trigger', { payload: undefined })],
    ['an empty summary', event('trigger', { payload: { ...payload, summary: '' } })],
    ['a long summary', event('trigger', { payload: { ...payload, summary: 'x'.repeat(1_025) } })],
    ['no source', event('trigger', { payload: { ...payload, source: '' } })],
    ['an unknown severity', event('trigger', { payload: { ...payload, severity: 'high' } })],
    ['a long dedup key', event('trigger', { dedup_key: 'x'.repeat(256) })],
    ['nothing to resolve', event('resolve', { dedup_key: undefined })],
    ['more than 512 KB', event('trigger', { more: 'x'.repeat(600_000) })],
  ])('refuses %s', (_name, body) => {
    const { account } = fakeAccount();
    expect(send(account, host, body).answer?.status).toBe(400);
    expect(outsideOf(account).alerts).toEqual([]);
  });

  it('refuses what is sent elsewhere', () => {
    expect(send(fakeAccount().account, host, event('trigger'), '/v1').answer?.status).toBe(400);
  });
});
