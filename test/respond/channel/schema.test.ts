import { describe, expect, it } from 'vitest';
import { readChannels } from '../../../shared/respond/channel/schema.ts';

const key = 'key: /firebreak-keys/prod/one';
const hook = (fields: string): string => `channels:\n  - ${fields.split('\n').join('\n    ')}\n`;
const webhook = `name: soc\nkind: webhook\ntiers: [page]\nurl: https://hooks.example.com/a?b=c\n${key}`;
const pager = `name: pager\nkind: pagerduty\ntiers: [page, notice]\n${key}`;

describe('the channels', () => {
  it('are read, each with what its kind needs', () => {
    const text = `${hook(webhook)}${hook(pager).replace('channels:\n', '')}  - { name: chat, kind: chat, tiers: [digest] }\n`;
    expect(readChannels(text, 'prod')).toEqual({
      channels: [
        {
          name: 'soc',
          kind: 'webhook',
          tiers: ['page'],
          url: 'https://hooks.example.com/a?b=c',
          key: '/firebreak-keys/prod/one',
        },
        {
          name: 'pager',
          kind: 'pagerduty',
          tiers: ['page', 'notice'],
          region: 'us',
          key: '/firebreak-keys/prod/one',
        },
        { name: 'chat', kind: 'chat', tiers: ['digest'] },
      ],
    });
  });

  it('may be none', () => {
    expect(readChannels('channels: []', 'prod')).toEqual({ channels: [] });
  });

  const below = 'below /firebreak-keys/prod/, which holds the key; never the key itself';
  it.each([
    ['nothing', '', 'Line 1: must be a map of keys and values, and is nothing; fill it in, or take the key out.'],
    ['no list', 'channels: 3', 'Line 1: "channels" must be a list, and is a number.'],
    [
      'not YAML',
      'channels: [',
      'Line 1: Flow sequence in block collection must be sufficiently indented and end with a ]; indent',
    ],
    [
      'an escalation of what does not go on',
      hook(`${pager}\nescalation: 1`),
      'Line 6: "channels[0].escalation" is of pages, which alone go on: tiers must be [page]; or leave escalation out.',
    ],
    [
      'an escalation from the beginning',
      hook(`${webhook}\nescalation: 0`),
      'Line 7: "channels[0].escalation" must be at least 1: leave it out for what hears of a page at once',
    ],
    [
      'an unknown kind',
      hook(pager.replace('pagerduty', 'pagerdutty')),
      'Line 3: "channels[0].kind" must be one of pagerduty, webhook, chat',
    ],
    ['an unknown key', hook(`${pager}\ntier: page`), 'Line 6: "tier" is not a key here'],
    [
      'no tier',
      hook(pager.replace('[page, notice]', '[]')),
      'Line 4: "channels[0].tiers" must name one tier at least: page, notice or digest.',
    ],
    [
      'an unknown tier',
      hook(pager.replace('notice', 'alarm')),
      'Line 4: "channels[0].tiers[1]" must be one of page, notice, digest.',
    ],
    ['no tiers', hook(pager.replace('tiers: [page, notice]\n', '')), 'Line 2: "channels[0].tiers" is missing.'],
    ['no key', hook(`name: pager\nkind: pagerduty\ntiers: [page]`), 'Line 2: "channels[0].key" is missing.'],
    [
      'the key itself',
      hook(pager.replace(key, 'key: R0123456789abcdef0123456789abcde')),
      `Line 5: "channels[0].key" must be the name of a SecureString parameter ${below}.`,
    ],
    ['a key of another stage', hook(pager.replace('/prod/', '/dev/')), below],
    ['a key elsewhere', hook(pager.replace('prod/one', 'prod/../settings')), below],
    [
      'HTTP',
      hook(webhook.replace('https', 'http')),
      'Line 5: "channels[0].url" must be an address that begins with https://',
    ],
    [
      'a password in the address',
      hook(webhook.replace('https://', 'https://u:secret@')),
      'without a user, a password or a "#"',
    ],
    ['a file', hook(webhook.replace('https://hooks.example.com/a?b=c', 'file:///etc/passwd')), 'must be an address'],
    [
      'a name twice',
      `${hook(pager)}${hook(pager).replace('channels:\n', '')}`,
      'Line 6: "channels[1].name" "pager" is the name of another channel, too.',
    ],
    [
      'a name that is none',
      hook(pager.replace('name: pager', 'name: My Pager')),
      'must be a name of at most 24 small letters',
    ],
    [
      'eleven',
      `channels:\n${Array.from({ length: 11 }, (_, n) => `  - { name: c${n}, kind: chat, tiers: [page] }\n`).join('')}`,
      'must be ten at the most',
    ],
    ['an alias', 'channels: &a []', 'uses an anchor, which is not allowed here'],
    ['two slips', hook(pager.replace('pagerduty', 'x').replace('name: pager', 'name: 3')), 'Line'],
  ])('%s: one sentence says the place, what is wrong and what to do', (_name, text, wrong) => {
    const read = readChannels(text, 'prod');
    expect(read).toEqual({ wrong: expect.stringContaining(wrong) });
    if ('wrong' in read) expect(read.wrong).toMatch(/^Line \d+: [^\n]+\.$/);
  });

  it('that cannot be used show nothing of what is written there: it may be a key', () => {
    const secret = 'R0123456789abcdef0123456789abcde';
    for (const text of [
      hook(pager.replace(key, `key: ${secret}`)),
      hook(pager.replace(key, `key: [${secret}]`)),
      hook(webhook.replace('https://hooks.example.com', `http://${secret}`)),
      hook(pager.replace('name: pager', `name: ${secret}`)),
      hook(pager.replace('pagerduty', secret)),
      `channels: ${secret}`,
      secret,
    ]) {
      expect(JSON.stringify(readChannels(text, 'prod'))).not.toContain(secret);
    }
  });
});
