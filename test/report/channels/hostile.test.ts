import { validateHeaderValue } from 'node:http';
import { describe, expect, it } from 'vitest';
import { takeEvent } from '../../../sandbox/services/outside/pagerDuty.ts';
import type { Receipt } from '../../../shared/incident/items.ts';
import { chatNotification } from '../../../shared/report/channels/chat.ts';
import type { ChannelMessage } from '../../../shared/report/channels/message.ts';
import { pagerDutyEvent } from '../../../shared/report/channels/pagerDuty.ts';
import { webhookRequest } from '../../../shared/report/channels/webhook.ts';
import { finding, image, now } from '../../plan/fakes.ts';
import { miner, threat, threatFinding } from '../../plan/threats.ts';
import { fakeAccount } from '../../sandbox/fakeAccount.ts';
import { incident, message, planFor, receipt } from '../runs.ts';
import { legible, payloads } from './hostilePayloads.ts';
import { notified, type Sent, throughSns } from './throughSns.ts';

/** All that a screen would obey, or that is no character; but for the line break. */
const obeyed = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Cs}]/u;

/** Where an attacker's text comes in: the same finding, with it in one place. */
const places: { readonly [place: string]: (text: string) => Promise<Sent> } = {
  'the title of a finding': (text) => sent(planFor([finding({ title: text })])),
  'the tag of an image': (text) => sent(planFor([finding({ resource: { ...image, tags: [text] } })])),
  'the name of whoever changed it by hand': (text) => {
    const plan = planFor([finding()]);
    const call = { call: 'UpdateService', at: now.toISOString(), who: text, from: text };
    const changedBy = { since: now.toISOString(), calls: [call], more: 0, missing: null, asked: ['UpdateService'] };
    return sent(plan, [
      receipt(plan, 'image.archive', { state: 'held', failed: 'Changed.', against: 'person', changedBy }),
    ]);
  },
  'the name of a process': (text) =>
    sent(planFor([threatFinding(miner, threat({ process: { name: text, path: text, sha256: null } }))], [])),
};

function sent(plan: ReturnType<typeof planFor>, receipts: readonly Receipt[] = []): Promise<Sent> {
  const { tier, subject, body } = message({ plan, outcome: 'held', receipts });
  if (tier === 'none') throw new Error('nobody is told');
  return throughSns({ tier, subject, body, incident, outcome: 'held', class: plan.class });
}

const isText = (text: string): void => {
  expect(text).not.toMatch(obeyed);
  expect(text.isWellFormed()).toBe(true);
};

function expectChat(told: ChannelMessage): void {
  const text = chatNotification(told);
  expect(Buffer.byteLength(text)).toBeLessThan(250_000);
  const { content, metadata } = JSON.parse(text);
  expect(content.title.length).toBeLessThanOrEqual(250);
  expect(content.description.length).toBeLessThanOrEqual(8_000);
  for (const shown of [content.title, content.description, metadata.summary] as readonly string[]) {
    isText(shown);
    expect(shown).not.toMatch(/[<>*`~|[\]]/);
    expect(shown).not.toMatch(/(?<![A-Za-z0-9])@/);
    expect(shown).not.toMatch(/&(#|[A-Za-z])/);
    expect(shown).not.toMatch(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/);
    expect(shown).not.toMatch(/(?<![\w:]):[a-z_]+:/i);
    expect(shown).not.toMatch(/^ *(#|==|--|\+\+)/m);
  }
  expect(content.title).not.toContain('\n');
}

function expectPagerDuty(told: ChannelMessage): void {
  const event = pagerDutyEvent(told, 'trigger', 'R'.repeat(32));
  expect(takeEvent(fakeAccount().account, '/v2/enqueue', JSON.stringify(event)).status).toBe(202);
  if (event.event_action !== 'trigger') throw new Error('no trigger');
  isText(event.payload.summary);
  expect(event.payload.summary).not.toContain('\n');
  isText(event.payload.custom_details['text'] ?? '');
}

function expectWebhook(told: ChannelMessage): void {
  const { headers, body } = webhookRequest(told, 'key', now);
  for (const [name, value] of Object.entries(headers)) validateHeaderValue(name, value);
  const { text, headline } = JSON.parse(body);
  isText(text);
  isText(headline);
}

it('there are sixty payloads and more, no two alike', () => {
  expect(new Set(payloads.map(([, text]) => text)).size).toBeGreaterThanOrEqual(60);
  expect(payloads.filter(([, text]) => !text.slice(0, 60).includes(legible))).toEqual([]);
});

describe.each(Object.entries(places))('%s', (_place, put) => {
  it.each(payloads)('that is %s is shown as text in every format', async (_name, payload) => {
    const usual = await put('harmless');
    const { subject, email, sms, channels, tier } = await put(payload);
    expect(tier).toBe(usual.tier);
    // Mail: it hides nothing, begins no line, and is no link.
    isText(email);
    expect(email.split('\n')).toHaveLength(usual.email.split('\n').length);
    expect(email).toContain(legible);
    expect(email).not.toContain('://');
    expect(subject).toBe(usual.subject);
    expect(sms).toBe(usual.sms);
    expect(channels.text).toBe(email);
    expect(channels.headline).toBe(usual.channels.headline);
    expectChat(channels);
    expect(chatNotification(channels)).toContain(legible);
    expectPagerDuty(channels);
    expectWebhook(channels);
  });
});

/** Alarms, events and whoever else publishes: nobody has made their text plain. */
describe('a message of somebody else', () => {
  it.each(payloads)('that is %s, in its subject and its text, is shown as text in every format', (_name, payload) => {
    const told = notified({ Subject: payload, Message: payload }, 'page');
    expect(told.headline).toMatch(/^GET UP: /);
    expect(told.headline).toContain(legible);
    expect(told.text).not.toContain('://');
    expect(told.text.length).toBeLessThanOrEqual(24_000);
    expectChat(told);
    expectPagerDuty(told);
    expectWebhook(told);
  });

  it('cannot say NO ACTION of a page: the first words are those of the topic', () => {
    expect(notified({ Subject: 'x', Message: 'NO ACTION: all is well' }, 'page').headline).toMatch(/^GET UP: /);
  });
});
