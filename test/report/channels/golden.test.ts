import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Message, Outcome, Receipt } from '../../../shared/incident/items.ts';
import type { OpenPage } from '../../../shared/incident/openPage.ts';
import type { FindingClass, Plan } from '../../../shared/plan/plan.ts';
import { chatNotification } from '../../../shared/report/channels/chat.ts';
import type { ChannelMessage } from '../../../shared/report/channels/message.ts';
import { eventAction, pagerDutyEvent } from '../../../shared/report/channels/pagerDuty.ts';
import { webhookRequest } from '../../../shared/report/channels/webhook.ts';
import type { MessageInput } from '../../../shared/report/compose.ts';
import { composeAcknowledged, composeGoneOn } from '../../../shared/report/escalation.ts';
import { now } from '../../plan/fakes.ts';
import { incident, message, planFor, receipt, unverified } from '../runs.ts';
import { notified, published, type Sent, throughSns } from './throughSns.ts';

/**
 * The bodies of every outcome and class, as each receiver gets them. Compared by default; `vitest run --project unit
 * test/report/channels/golden.test.ts -u` writes them anew, and the difference is read before it is committed.
 */
const folder = './golden';

const plan = planFor();
const failed: Partial<Receipt> = { state: 'failed', failed: 'AccessDenied: not authorized to perform it' };
const undoing: Plan = { ...plan, steps: plan.steps.map((step) => ({ ...step, direction: 'undo' as const })) };
const held: Plan = {
  ...plan,
  decision: 'hold',
  reason: 'The service prod/ledger runs it.',
  steps: [],
  proposed: plan.steps,
};

/** How a run comes to each outcome of which somebody is told. Joined is told by the incident that was joined, ignored by nobody. */
const runs: { readonly [O in Exclude<Outcome, 'joined' | 'ignored'>]: Partial<MessageInput> } = {
  contained: {},
  degraded: { receipts: [receipt(plan, 'image.archive'), unverified(plan, 'evidence.take', failed)] },
  'not-contained': { receipts: [unverified(plan, 'image.archive', failed), receipt(plan, 'evidence.take')] },
  held: { plan: held, receipts: [] },
  observed: { plan: { ...held, decision: 'observe', reason: 'The rule observes.' }, receipts: [] },
  undone: {
    plan: undoing,
    direction: 'undo',
    heldUntil: '2026-11-21T10:00:05.000Z',
    decided: {
      kind: 'undo',
      run: 'run0',
      plan: null,
      by: 'arn:aws:iam::123456789012:user/ann',
      reason: 'a false alarm',
      at: '2026-11-20T10:00:00.000Z',
    },
  },
  released: { plan: undoing, direction: 'undo' },
};
const outcomes = Object.keys(runs) as readonly (keyof typeof runs)[];
const classes: readonly FindingClass[] = ['A', 'B', 'C'];
const cells = outcomes.flatMap((outcome) => classes.map((known) => [outcome, known] as const));

const key = 'k'.repeat(32);

/** A page of all formats, one under the other. */
function pageOf({ subject, email, sms, channels }: Omit<Sent, 'tier' | 'sms'> & { readonly sms?: string }): string {
  const action = eventAction(channels, ['page']);
  const { headers, body } = webhookRequest(channels, key, now);
  const json = (value: unknown): string => JSON.stringify(value, null, 2);
  const parts = [
    ['email', `Subject: ${subject}\n\n${email}`],
    ...(sms === undefined ? [] : [['SMS', `${sms}\n(${sms.length} characters)`] as const]),
    ['chat', json(JSON.parse(chatNotification(channels)))],
    [
      'PagerDuty, tiers: [page]',
      action === null ? 'nothing: it opens no alert, and ends none' : json(pagerDutyEvent(channels, action, key)),
    ],
    ['webhook', `${json(headers)}\n${json(JSON.parse(body))}`],
  ];
  return `${parts.map(([name, text]) => `=== ${name}\n${text}`).join('\n\n')}\n`;
}

function sent(outcome: keyof typeof runs, known: FindingClass): Promise<Sent> {
  const run = runs[outcome];
  const about = { ...(run.plan ?? plan), class: known };
  const { tier, subject, body } = message({ ...run, outcome, plan: about });
  if (tier === 'none') throw new Error(`nobody is told of ${outcome}`);
  return throughSns({ tier, subject, body, incident, outcome, class: known });
}

/** GSM-7's basic table, as far as it is ASCII: each of these is one of 160 characters. */
const gsmBasic = /^[\w @$!"#%&'()*+,\-./:;<=>?]*$/;

function expectGlance(text: string, { tier }: Pick<ChannelMessage, 'tier'>): void {
  expect(text.slice(0, 40)).toMatch(tier === 'page' ? /^GET UP: \S/ : /^NO ACTION: \S/);
}

describe('what is told', () => {
  it.each(cells)('of %s, class %s, is as it is kept', async (outcome, known) => {
    await expect(pageOf(await sent(outcome, known))).toMatchFileSnapshot(`${folder}/${outcome}-${known}.txt`);
  });

  it.each(cells)(
    'of %s, class %s, says within 40 characters whether to get up, in every format',
    async (outcome, known) => {
      const { subject, email, sms, channels } = await sent(outcome, known);
      const { content } = JSON.parse(chatNotification(channels));
      const trigger = pagerDutyEvent(channels, 'trigger', key);
      const summary = trigger.event_action === 'trigger' ? trigger.payload.summary : '';
      for (const text of [subject, email, sms, content.title, summary, channels.headline]) expectGlance(text, channels);
    },
  );

  it.each(cells)('of %s, class %s, is one text message of GSM-7', async (outcome, known) => {
    const { sms } = await sent(outcome, known);
    expect(sms.length).toBeLessThanOrEqual(160);
    expect(sms).toMatch(gsmBasic);
  });
});

const escalates = { afterSeconds: 900, times: 2 };
const page: OpenPage = {
  id: 'page1',
  at: '2026-11-20T10:00:05.000Z',
  run: 'run1',
  level: 1,
  next: '2026-11-20T10:30:05.000Z',
  escalates,
};

/** A page that nobody acknowledges, from its first time to somebody who has it. */
function ofPage(name: 'goes-on' | 'gone-on' | 'acknowledged'): Promise<Sent> {
  const first = message({ ...runs['not-contained'], outcome: 'not-contained', escalates });
  const stored: Omit<Message, 'subject' | 'body'> = {
    id: 'page1',
    tier: 'page',
    outcome: 'not-contained',
    class: 'C',
    sent: false,
    at: page.at,
  };
  if (name === 'goes-on') return published(incident, { ...stored, subject: first.subject, body: first.body });
  if (name === 'gone-on')
    return published(incident, {
      ...stored,
      ...composeGoneOn(first, page, incident, 'prod'),
      id: 'page1/again-1',
      level: 1,
    });
  const who = { by: 'arn:aws:iam::123456789012:user/ann', at: '2026-11-20T10:16:00.000Z', reason: 'looking at it' };
  const text = composeAcknowledged(who, page, incident, 'prod');
  return published(incident, { ...stored, ...text, id: 'page1/acknowledged', tier: 'notice', outcome: 'acknowledged' });
}
const ofPages = ['goes-on', 'gone-on', 'acknowledged'] as const;

describe('a page that nobody acknowledges', () => {
  it.each(ofPages)('%s: is as it is kept, and says first whether to get up, in one text message', async (name) => {
    const told = await ofPage(name);
    for (const text of [told.subject, told.email, told.sms, told.channels.headline]) expectGlance(text, told.channels);
    expect(told.sms.length).toBeLessThanOrEqual(160);
    expect(told.sms).toMatch(gsmBasic);
    await expect(pageOf(told)).toMatchFileSnapshot(`${folder}/page-${name}.txt`);
  });
});

/** What is published without the help of any function, and therefore without attributes. */
const others: readonly (readonly [string, { readonly Subject?: string; readonly Message: string }])[] = [
  [
    'the-machine',
    {
      Subject: 'GET UP: Firebreak could not finish',
      Message: `GET UP: Firebreak could not finish.\nIncident: ${incident}\nRun: run1\nThe remediation machinery itself failed (Lambda.Unknown). It is tried once more within five minutes; do not wait for it.\nWhat was and was not done: firebreak incidents show ${incident} --stage prod`,
    },
  ],
  [
    'eventbridge',
    {
      Message: JSON.stringify({
        'GET UP: Firebreak could not finish': JSON.stringify({ incident, run: 'run1' }),
        status: 'ABORTED',
        execution: 'e1',
        'what was and was not done': 'firebreak incidents list --stage prod',
      }),
    },
  ],
  [
    'an-alarm',
    {
      Subject: 'ALARM: "firebreak-prod-undelivered" in US East (N. Virginia)',
      Message: JSON.stringify({ AlarmName: 'firebreak-prod-undelivered', NewStateValue: 'ALARM', Region: 'US East' }),
    },
  ],
];

describe('what is published without attributes', () => {
  it.each(others)('by %s, is as it is kept, and says first that somebody must get up', async (name, fields) => {
    const channels = notified(fields, 'page');
    expectGlance(channels.headline, channels);
    const page = pageOf({ subject: fields.Subject ?? '', email: fields.Message, channels });
    await expect(page).toMatchFileSnapshot(`${folder}/by-${name}.txt`);
  });
});

it('no file is kept of what is not told any more', () => {
  const files = readdirSync(new URL('./golden/', import.meta.url)).toSorted();
  const told = [
    ...cells.map(([outcome, known]) => `${outcome}-${known}.txt`),
    ...others.map(([name]) => `by-${name}.txt`),
    ...ofPages.map((name) => `page-${name}.txt`),
  ];
  expect(files).toEqual(told.toSorted());
});
