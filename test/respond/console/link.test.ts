import { beforeEach, describe, expect, it } from 'vitest';
import { readIncident } from '../../../shared/incident/incidentRecord.ts';
import { askedLab, type ConsoleLab, containedLab, fieldsOf } from './consoleLab.ts';

let lab: ConsoleLab;
const hour = 3_600_000;

/** Everything that the account and the table hold. */
const all = (): string => JSON.stringify([[...lab.world.items], lab.thing.calls, lab.world.published.length]);

describe('the link of a page', () => {
  beforeEach(async () => {
    lab = await askedLab();
  });

  it('opens its incident for whoever has it, and says what is asked', async () => {
    const answer = await lab.get(lab.link());
    expect(answer.status).toBe(200);
    const text = await answer.text();
    expect(text).toContain('It asks you');
    expect(text).toContain('Approve: do it');
    expect(text).not.toMatch(/action="[^"]*(undo|reject|hold|contain)/);
  });

  it('is kept as a hash alone once the message is sent, and shown by no command', async () => {
    const secret = lab.link().slice(3);
    expect(secret).toHaveLength(64);
    expect(all()).not.toContain(secret);
    expect(JSON.stringify(await readIncident(lab.effects, lab.incident))).not.toContain(secret);
  });

  it('is the same when a crash has the message sent again', async () => {
    const again = await askedLabThatCrashes();
    const links = again.map((body) => /\/l\/([0-9a-f]{64})/.exec(body)?.[1]);
    expect(links).toHaveLength(2);
    expect(new Set(links).size).toBe(1);
    expect(again[0]).toBe(again[1]);
  });

  it('approves what it was sent with', async () => {
    const { status, text } = await lab.send(lab.link(), 'approve', { reason: 'agreed' });
    expect([status, text]).toEqual([200, expect.stringContaining('It is approved.')]);
    await lab.playPlan();
    await lab.report();
    expect(lab.thing.calls).toEqual(['shut']);
    const record = await readIncident(lab.effects, lab.incident);
    expect(record?.decisions).toMatchObject([{ kind: 'approve', by: 'link holder, topic page', reason: 'agreed' }]);
  });

  it('approves once, however often the button is pressed', async () => {
    const { action, fields } = fieldsOf(await lab.text(lab.link()), 'approve');
    const both = await Promise.all([lab.post(action, fields), lab.post(action, fields)]);
    const texts = await Promise.all(both.map((one) => one.text()));
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect(texts.join()).toMatch(/It is approved|It was approved before/);
    await lab.playPlan();
    await lab.report();
    expect(lab.thing.calls).toEqual(['shut']);
  });

  it('does not approve another question than its own', async () => {
    const { action, fields } = fieldsOf(await lab.text(lab.link()), 'approve');
    const answer = await lab.post(action, { ...fields, plan: 'f'.repeat(12) });
    expect([answer.status, await answer.text()]).toEqual([409, expect.stringContaining('another question')]);
    expect(lab.refusals).toContain('other-question');
    expect((await lab.head()).state).toBe('resting');
  });

  it('rejects, undoes, holds and pauses nothing', async () => {
    const { fields } = fieldsOf(await lab.text(lab.link()), 'approve');
    const before = all();
    for (const act of ['reject', 'undo', 'hold', 'contain', 'pause', 'constructor', 'toString']) {
      const answer = await lab.post(`${lab.link()}/${act}`, { ...fields, reason: 'because', hours: '4' });
      expect([act, answer.status]).toEqual([act, 403]);
    }
    expect(all()).toBe(before);
    expect(lab.counted).toHaveLength(7);
  });

  it('acknowledges', async () => {
    expect(await lab.send(lab.link(), 'acknowledge')).toMatchObject({
      status: 200,
      text: expect.stringContaining('You have it'),
    });
    expect((await lab.head()).page?.acknowledged).toMatchObject({ by: 'link holder, topic page' });
  });

  it('acknowledges the page that was seen, and no other that came since', async () => {
    const { action, fields } = fieldsOf(await lab.text(lab.link()), 'acknowledge');
    const answer = await lab.post(action, { ...fields, page: 'another' });
    expect([answer.status, await answer.text()]).toEqual([409, expect.stringContaining('look again')]);
    expect((await lab.post(action, { csrf: fields['csrf'] ?? '' })).status).toBe(409);
    expect((await lab.head()).page?.acknowledged).toBeUndefined();
  });

  it('opens nothing after twelve hours, and decides nothing', async () => {
    const { action, fields } = fieldsOf(await lab.text(lab.link()), 'approve');
    lab.pass(12 * hour - 120_000);
    expect((await lab.get(lab.link())).status).toBe(200);
    lab.pass(240_000);
    const shown = await lab.get(lab.link());
    expect([shown.status, await shown.text()]).toEqual([410, expect.stringContaining('This link was good until')]);
    const before = all();
    expect((await lab.post(action, fields)).status).toBe(410);
    expect(all()).toBe(before);
    expect(lab.refusals.slice(-2)).toEqual(['expired-link', 'expired-link']);
  });

  it.each(['0'.repeat(64), 'x', '../incidents', '%00', `${'0'.repeat(63)}g`])('is not guessed: %s', async (secret) => {
    const answer = await lab.get(`/l/${encodeURIComponent(secret)}`);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('not one of ours');
    expect(lab.counted).toEqual(['ConsoleRefused']);
  });

  it('answers nothing once it is decided, and says whose decision stands', async () => {
    const { action, fields } = fieldsOf(await lab.text(lab.link()), 'approve');
    const page = lab.link();
    await lab.signIn();
    await lab.send(lab.page, 'reject', { reason: 'a test of ours' });
    const answer = await lab.post(action, fields, { cookie: '' });
    expect([answer.status, await answer.text()]).toEqual([
      409,
      expect.stringContaining('It was rejected already, by ana@example.com'),
    ]);
    expect(lab.thing.calls).toEqual([]);
    expect((await lab.get(page)).status).toBe(200);
  });
});

describe('a form', () => {
  beforeEach(async () => {
    lab = await askedLab();
  });

  it.each([
    ['without its field', { csrf: '' }, {}],
    ['with a wrong one', { csrf: '0'.repeat(64) }, {}],
    ['with one that no text is', { csrf: '\ud800'.repeat(64) }, {}],
    ['from another site', {}, { origin: 'https://evil.example' }],
    ['from a page without an origin', {}, { origin: 'null' }],
    ['that a browser says came from elsewhere', {}, { 'sec-fetch-site': 'cross-site' }],
  ] as const)('%s does nothing', async (_how, changed, headers) => {
    const { action, fields } = fieldsOf(await lab.text(lab.link()), 'approve');
    const before = all();
    const answer = await lab.post(action, { ...fields, ...changed }, headers);
    expect([answer.status, await answer.text()]).toEqual([
      403,
      expect.stringContaining('did not come from a page of ours'),
    ]);
    expect(all()).toBe(before);
    expect(lab.refusals.at(-1)).toBe('forged-form');
  });

  it('larger than any of ours is not read', async () => {
    const { action, fields } = fieldsOf(await lab.text(lab.link()), 'approve');
    const answer = await lab.post(action, { ...fields, more: 'x'.repeat(30_000) }, { 'content-length': '31000' });
    expect(answer.status).toBe(400);
    expect((await lab.head()).state).toBe('resting');
  });
});

it('GET of every link, as a crawler or a mail scanner does it, changes nothing', async () => {
  lab = await askedLab();
  const before = all();
  const seen = new Set<string>();
  const left = [lab.link(), '/', '/sign-in', '/signed-in?code=good&state=s', lab.page];
  for (let path = left.pop(); path !== undefined; path = left.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    for (const method of ['GET', 'HEAD', 'OPTIONS']) {
      const answer = await lab.app.request(path, { method, headers: { host: 'console.example', cookie: lab.cookie } });
      const text = await answer.text();
      const found = [...text.matchAll(/(?:href|action)="(\/[^"]*)"/g)].map(([, href = '']) =>
        href.replaceAll('&amp;', '&'),
      );
      left.push(...found);
    }
  }
  expect([...seen].filter((path) => /approve|acknowledge/.test(path)).length).toBeGreaterThan(1);
  expect(all()).toBe(before);
});

it('no link goes out where there is no console', async () => {
  lab = await containedLab();
  expect(lab.link()).not.toBe('');
  const without = await containedLabWithout();
  expect(without.every((body) => !body.includes('http'))).toBe(true);
});

async function containedLabWithout(): Promise<readonly string[]> {
  const { ConsoleLab: Fresh } = await import('./consoleLab.ts');
  const fresh = new Fresh();
  const { consoleUrl: _none, ...rest } = fresh.effects;
  fresh.effects = rest;
  await fresh.takeIn();
  await fresh.playPlan();
  await fresh.report();
  const links = [...fresh.world.items.values()].filter(({ pk }) => pk.startsWith('link#'));
  return [...fresh.world.published.map(({ body }) => body), ...links.map(() => 'http')];
}

/** Bodies of a page whose sender died before it could say that it was sent. */
async function askedLabThatCrashes(): Promise<readonly string[]> {
  const { asking, ConsoleLab: Fresh } = await import('./consoleLab.ts');
  const fresh = new Fresh(asking);
  const { publisher } = fresh.effects;
  let died = false;
  fresh.with({
    publisher: {
      publish: async (...message) => {
        await publisher.publish(...message);
        if (!died) {
          died = true;
          throw new Error('died');
        }
      },
    },
  });
  await fresh.takeIn();
  await fresh.run().catch(() => undefined);
  await fresh.report();
  return fresh.world.published.filter(({ tier }) => tier === 'page').map(({ body }) => body);
}
