import { describe, expect, it } from 'vitest';
import { digestHtml } from '../../shared/report/digestHtml.ts';
import { type DigestModel, isEmpty } from '../../shared/report/digestModel.ts';
import { digestText } from '../../shared/report/digestText.ts';
import { age, headlineOf, partsOf } from '../../shared/report/digestWords.ts';
import { htmlText } from '../../shared/report/text.ts';
import { legible, payloads } from './channels/hostilePayloads.ts';

const at = '2026-11-21T06:00:00.000Z';
const image = (name: string): string => `image/123456789012/eu-west-1/${name}@sha256:${'1f'.repeat(32)}`;
const service = 'ecs-service/123456789012/eu-west-1/prod/checkout';
const host = 'instance/123456789012/eu-west-1/i-0123456789abcdef0';

const empty: DigestModel = {
  stage: 'prod',
  team: null,
  since: '2026-11-20T06:00:00.000Z',
  at,
  contained: [],
  undone: [],
  waiting: [],
  open: [],
  images: [],
  hosts: [],
  unfixed: [],
  observed: [],
  exemptions: [],
  leases: [],
  others: [],
  told: { page: 0, notice: 0, digest: 0 },
  runs: 0,
  steps: 0,
  unread: 0,
};

const full: DigestModel = {
  ...empty,
  team: 'payments',
  contained: [
    { incident: image('payments/unused'), since: '2026-11-20T23:10:00.000Z', outcome: 'contained', tiers: [] },
    { incident: service, since: '2026-11-21T02:00:00.000Z', outcome: 'degraded', tiers: ['page', 'notice'] },
  ],
  undone: [{ incident: image('payments/tool'), since: '2026-11-21T01:00:00.000Z', outcome: 'undone' }],
  waiting: [
    {
      incident: image('payments/ledger'),
      since: '2026-11-18T05:00:00.000Z',
      outcome: 'held',
      why: 'A person is asked until 2026-11-21T09:00:00.000Z.',
      asks: 'a1b2c3',
    },
    { incident: host, since: '2026-11-21T05:20:00.000Z', outcome: 'held', why: 'Changes are frozen.', asks: null },
  ],
  open: [
    { incident: 'role/123456789012/eu-west-1/deployer', since: '2026-11-21T03:00:00.000Z', outcome: 'not-contained' },
  ],
  images: [{ incident: image('payments/ledger'), since: '2026-11-18T05:00:00.000Z', outcome: 'held' }],
  hosts: [{ incident: host, since: '2026-11-19T05:00:00.000Z', outcome: 'held' }],
  unfixed: [
    {
      incident: 'ecr-repository/123456789012/eu-west-1/payments/tool',
      since: '2026-11-20T05:00:00.000Z',
      outcome: 'not-fixed',
    },
  ],
  observed: [
    { rule: 'image-critical', times: 12 },
    { rule: 'host-patch', times: 1 },
  ],
  exemptions: [
    { name: 'legacy', owner: 'payments', reason: 'replaced next week', expires: '2026-11-24T00:00:00.000Z' },
  ],
  leases: [{ incident: service, target: 'the service prod/checkout', expires: '2026-11-22T00:00:00.000Z' }],
  others: [{ incident: image('payments/edge'), subject: 'NO ACTION: payments/edge seen, nothing done' }],
  told: { page: 1, notice: 2, digest: 15 },
  runs: 4,
  steps: 9,
  unread: 3,
};

/** As long as it gets: every list is full, of lines as long as they may be, none of whose characters is ASCII. */
const wide = 'ж'.repeat(5000);
const most = Array.from({ length: 1000 });
const longest: DigestModel = {
  ...full,
  team: wide,
  contained: most.map(() => ({ incident: wide, since: at, outcome: 'contained', tiers: [] })),
  waiting: most.map(() => ({ incident: wide, since: at, outcome: 'held', why: wide, asks: wide })),
  observed: most.map(() => ({ rule: wide, times: 1 })),
  exemptions: most.map(() => ({ name: wide, owner: wide, reason: wide, expires: at })),
  others: most.map(() => ({ incident: wide, subject: wide })),
  leases: most.map(() => ({ incident: wide, target: wide, expires: at })),
};

const many: DigestModel = {
  ...full,
  images: Array.from({ length: 300 }, (_, n) => ({
    incident: image(`payments/i${n}`),
    since: at,
    outcome: 'held' as const,
  })),
};

describe('a digest', () => {
  it.each([
    ['full', full],
    ['empty', empty],
  ])('of a night that is %s is as it was', async (name, model) => {
    await expect(digestText(model)).toMatchFileSnapshot(`./golden/digest-${name}.txt`);
    await expect(digestHtml(model)).toMatchFileSnapshot(`./golden/digest-${name}.html`);
  });

  it('of an empty night is one line', () => {
    expect(isEmpty(empty)).toBe(true);
    expect(digestText(empty).split('\n')).toHaveLength(1);
    expect(digestText({ ...empty, team: 'payments' })).toContain('team payments');
  });

  it.each(
    Object.keys(empty).filter(
      (key) => Array.isArray(empty[key as keyof DigestModel]) || key === 'told' || key === 'unread',
    ),
  )('with %s alone is not empty, and says so in both', (key) => {
    const model = { ...empty, [key]: full[key as keyof DigestModel] };
    expect(isEmpty(model)).toBe(false);
    expect(digestText(model)).not.toContain('quiet');
    expect(digestHtml(model)).not.toContain('Nothing since');
  });

  it('says first that nobody has to get up, in what a subject may hold', () => {
    for (const model of [full, empty, many]) {
      expect(headlineOf(model)).toMatch(/^NO ACTION: morning digest, [\x20-\x7e]+$/);
      expect(headlineOf(model).length).toBeLessThan(100);
    }
  });

  it('of any night fits with its HTML into one item of the table, and ends as it should', () => {
    const [text, html] = [digestText(longest), digestHtml(longest)];
    expect(Buffer.byteLength(text) + Buffer.byteLength(html)).toBeLessThan(250_000);
    expect(text.length).toBeLessThan(25_000);
    expect(text).toMatch(/From \S+ to \S+\.$/);
    expect(html).toContain('too long for here');
    expect(html).toMatch(/<\/html>\n$/);
  });

  it('names the command that answers', () => {
    expect(digestText(full)).toContain(`firebreak approve ${image('payments/ledger')} --stage prod --plan a1b2c3`);
    expect(digestText(full)).toContain(`firebreak incidents show ${host} --stage prod`);
  });

  it('shows the first of many, and how many more there are', () => {
    const [part] = partsOf({ ...empty, images: many.images });
    expect(part?.lines).toHaveLength(20);
    expect(part?.more).toBe(280);
    expect(digestText(many)).toContain('- and 280 more');
    expect(digestHtml(many)).toContain('<li>and 280 more</li>');
  });

  it.each([
    ['2026-11-21T06:00:00.000Z', '0 minutes'],
    ['2026-11-21T05:59:00.000Z', '1 minute'],
    ['2026-11-21T04:01:00.000Z', '119 minutes'],
    ['2026-11-21T04:00:00.000Z', '2 hours'],
    ['2026-11-19T06:00:00.000Z', '2 days'],
    ['2026-11-21T07:00:00.000Z', '0 minutes'],
  ])('says how long something has been so: since %s', (since, said) => {
    expect(age(since, at)).toBe(said);
  });
});

describe('the HTML', () => {
  it('holds nothing that a mail program takes out, or fetches', () => {
    const html = digestHtml(full);
    expect(html).not.toMatch(/<(script|style|link|img|svg|iframe|form|object|video)\b/i);
    expect(html).not.toMatch(/\b(src|href|on[a-z]+|class|id)=/i);
    expect(html).not.toMatch(/url\(|https?:|position:|flex|grid/i);
  });

  it('draws a bar for each number that is not 0, of at most its whole width', () => {
    const html = digestHtml(full);
    const widths = [...html.matchAll(/<td width="(\d+)%" bgcolor="#[0-9a-f]{6}"/g)].map(([, width]) => Number(width));
    // Incidents 2, 1, 2, 1; messages 1, 2, 15; rules 12, 1.
    expect(widths).toEqual([100, 50, 100, 50, 7, 13, 100, 100, 8]);
  });

  it('closes what it opens', () => {
    const open: string[] = [];
    for (const [, slash, name = ''] of digestHtml(full).matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)) {
      if (name === 'meta') continue;
      if (slash === '') open.push(name);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });
});

/** Where text of others comes in. */
const places: { readonly [place: string]: (text: string) => DigestModel } = {
  'the key of an incident': (text) => ({
    ...full,
    contained: [{ incident: image(text), since: at, outcome: 'contained', tiers: [] }],
    waiting: [{ incident: text, since: at, outcome: 'held', why: 'x', asks: null }],
  }),
  'why it waits': (text) => ({ ...full, waiting: full.waiting.map((one) => ({ ...one, why: text })) }),
  'an exemption': (text) => ({ ...full, exemptions: [{ name: text, owner: text, reason: text, expires: at }] }),
  'the name of a rule': (text) => ({ ...full, observed: [{ rule: text, times: 2 }] }),
  'a lease': (text) => ({ ...full, leases: [{ incident: text, target: text, expires: at }] }),
  'the subject of a message': (text) => ({ ...full, others: [{ incident: service, subject: text }] }),
  'a team and a stage': (text) => ({ ...full, team: text, stage: text }),
};

const obeyed = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Cs}]/u;
const tags = (html: string): readonly string[] =>
  [...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/ width="\d+%"/, ''));

describe.each(Object.entries(places))('hostile text in %s', (_place, model) => {
  const harmless = tags(digestHtml(model('harmless')));

  it.each(payloads)('stays text: %s', (_name, payload) => {
    const [text, html] = [digestText(model(payload)), digestHtml(model(payload))];
    for (const shown of [text, html]) {
      expect(shown).not.toMatch(obeyed);
      expect(shown.isWellFormed()).toBe(true);
      expect(shown).not.toMatch(/https?:\/\//);
    }
    expect(text).toContain(legible);
    expect(text.split('\n').length).toBe(digestText(model('harmless')).split('\n').length);
    expect(text.length).toBeLessThan(40_000);
    // The same elements in the same order, whatever the text is.
    expect(tags(html)).toEqual(harmless);
    expect(html.replace(/&(amp|lt|gt|quot|#39|nbsp);/g, '')).not.toContain('&');
  });
});

it('every character of HTML is written out', () => {
  expect(htmlText(`<a href="x" title='y'>&amp;`)).toBe('&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;');
});
