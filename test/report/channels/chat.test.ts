import { describe, expect, it } from 'vitest';
import { chatNotification, chatText } from '../../../shared/report/channels/chat.ts';
import { told } from './told.ts';

describe('a text in chat', () => {
  it.each([
    ['a link of Slack', '<https://e.example|all is well>', '‹https://e.example¦all is well›'],
    ['everybody', '<!channel>', '‹!channel›'],
    ['a mention', '@here (@all)', '＠here (＠all)'],
    ['a link of Markdown', '[x](y)', '［x］(y)'],
    ['bold, struck out and code', '**b** ~s~ `c`', '∗∗b∗∗ ∼s∼ ˋcˋ'],
    ['an entity', '&lt;b&gt; &#60; &amp;lt;', '＆lt;b＆gt; ＆#60; ＆amp;lt;'],
    ['emphasis', '_it_ __it__', '＿it＿ ＿＿it＿＿'],
    ['an emoji', ':fire: (:+1x:)', '∶fire: (∶+1x:)'],
    ['a heading, a rule, an underline', '# x\n---\n====\n  ## y', '‹1› x\n‹3›\n‹4›\n  ‹2› y'],
    ['a table', '|a|b|', '¦a¦b¦'],
  ])('%s is none', (_name, text, shown) => {
    expect(chatText(text)).toBe(shown);
  });

  it.each([
    'firebreak undo image/1/us-east-1/payments/checkout-api@sha256:3f1c --stage prod',
    'arn:aws:iam::123456789012:role/my_role',
    'payments/many_tags costs 5 & more',
    'What was done\n   Read back 2026-11-20T10:00:05.000Z (holds): 12 critical, 7 high',
    'https://console.example/incident?id=1&page=2',
  ])('%s is as it was, and can be copied', (text) => {
    expect(chatText(text).replace('＆page', '&page')).toBe(text);
  });
});

describe('a custom notification', () => {
  const of = (fields: Parameters<typeof told>[0] = {}) => JSON.parse(chatNotification(told(fields)));

  it('has what Amazon Q Developer takes, and nothing else', () => {
    expect(of()).toEqual({
      version: '1.0',
      source: 'custom',
      id: 'abc/run1/not-contained-0123456789ab',
      content: {
        textType: 'client-markdown',
        title: 'GET UP: payments/checkout-api NOT contained.',
        description: 'What happened\nIt failed.',
        keywords: ['page', 'not-contained'],
      },
      metadata: {
        threadId: 'abc',
        summary: 'GET UP: payments/checkout-api NOT contained.',
        eventType: 'page',
        additionalContext: { stage: 'prod' },
      },
    });
  });

  it('is within its limits: 250 characters of title, 8,000 of description', () => {
    const { content, metadata } = of({ headline: `GET UP: ${'x'.repeat(900)}`, text: 'y'.repeat(20_000) });
    expect(content.title).toHaveLength(250);
    expect(metadata.summary).toHaveLength(250);
    expect(content.description).toHaveLength(8_000);
  });

  it('has a description also where all is said in one line: Amazon Q drops what has none', () => {
    expect(of({ headline: 'GET UP: x', text: 'GET UP: x' }).content.description).toBe('GET UP: x');
  });

  it('has no outcome where there is none', () => {
    expect(of({ outcome: null }).content.keywords).toEqual(['page']);
  });
});
