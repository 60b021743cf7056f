import { beforeEach, describe, expect, it } from 'vitest';
import { readIncident } from '../../../shared/incident/incidentRecord.ts';
import { readPauses } from '../../../shared/incident/pauses.ts';
import { askedLab, type ConsoleLab, containedLab, fieldsOf, signIn } from './consoleLab.ts';

let lab: ConsoleLab;
const hour = 3_600_000;

beforeEach(async () => {
  lab = await containedLab();
});

const decisions = async () => (await readIncident(lab.effects, lab.incident))?.decisions ?? [];

describe('without signing in', () => {
  it.each(['/incidents', '/incident?key=x'])('%s shows nothing, and says how', async (path) => {
    const answer = await lab.get(path);
    expect(answer.status).toBe(401);
    const text = await answer.text();
    expect(text).toContain('href="/sign-in?to=');
    expect(text).not.toContain(lab.incident);
  });

  it('nothing is decided', async () => {
    const answer = await lab.post(`/incident/undo?key=${encodeURIComponent(lab.incident)}`, { reason: 'x', csrf: '' });
    expect(answer.status).toBe(401);
    for (const path of ['/pause', '/resume', '/sign-out'])
      expect((await lab.post(path, { hours: '4', reason: 'x' })).status).toBe(401);
    expect((await lab.head()).direction).toBe('do');
    expect(await readPauses(lab.effects.table)).toEqual([]);
  });
});

describe('signing in', () => {
  it('goes to the provider of the settings, and comes back to the page that was asked for', async () => {
    const to = lab.page;
    const gone = await lab.get(`/sign-in?to=${encodeURIComponent(to)}`);
    expect(gone.status).toBe(302);
    expect(gone.headers.get('location')).toBe(
      'https://login.example.com/authorize?redirect_uri=https://console.example/signed-in',
    );
    const [cookie = ''] = gone.headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-firebreak-sign-in=.*; Max-Age=900; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    const came = await lab.get('/signed-in?code=good&state=s', { cookie: cookie.split(';')[0] ?? '' });
    expect([came.status, came.headers.get('location')]).toEqual([303, to]);
    const session = came.headers.getSetCookie().find((one) => one.startsWith('__Host-firebreak='));
    expect(session).toMatch(/=[0-9a-f]{64}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    expect(lab.came[0]).toMatchObject({
      going: { state: 's', nonce: 'n', verifier: 'v' },
      to: 'https://console.example/signed-in?code=good&state=s',
    });
  });

  it.each([
    'https://evil.example/',
    '/incident?key=x\r\nset-cookie: a=b',
    '//evil.example',
    '/sign-out',
    '/incidents\\@evil.example',
    '/l/x',
  ])('leads nowhere else: %s', async (to) => {
    const gone = await lab.get(`/sign-in?to=${encodeURIComponent(to)}`);
    const cookie = gone.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const came = await lab.get('/signed-in?code=good&state=s', { cookie });
    expect(came.headers.get('location')).toBe('/incidents');
  });

  it.each(['/signed-in?code=bad&state=s', '/signed-in?code=good&state=t', '/signed-in'])(
    'fails with one sentence: %s',
    async (back) => {
      const answer = await lab.signIn(back);
      expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('cannot be trusted')]);
      expect(lab.cookie).toBe('');
      expect(lab.refusals).toContain('sign-in-failed');
    },
  );

  it('that was not begun here is refused, before anybody is asked', async () => {
    const answer = await lab.get('/signed-in?code=good&state=s');
    expect(answer.status).toBe(403);
    expect(lab.came).toEqual([]);
  });

  it.each([{ groups: ['developers'] }, { groups: 'on-calling' }, {}, { groups: [{}] }, { groups: ['ON-CALL'] }])(
    'of somebody who may not is refused: %j',
    async (claims) => {
      lab.claims = { sub: 'u2', email: 'ben@example.com', ...claims };
      const answer = await lab.signIn();
      expect([answer.status, await answer.text()]).toEqual([
        403,
        expect.stringContaining('ben@example.com is in none of the groups'),
      ]);
      expect(lab.cookie).toBe('');
    },
  );

  it('is not offered where the settings say nothing of it, or cannot be read', async () => {
    const none = await containedLab({});
    expect([(await none.get('/sign-in')).status, none.refusals.at(-1)]).toEqual([404, 'no-sign-in']);
    lab.world.rulesUnreadable = true;
    expect((await lab.get('/sign-in')).status).toBe(404);
  });

  it('sends the secret only where it is sealed', async () => {
    lab.secret = { value: 'hush\n', isSealed: true };
    await lab.signIn();
    expect(lab.came[0]?.provider).toEqual({ issuer: signIn.issuer, clientId: 'firebreak', clientSecret: 'hush' });
    lab.secret = { value: 'hush', isSealed: false };
    expect((await lab.get('/sign-in')).status).toBe(403);
  });
});

describe('a session', () => {
  it('shows the incidents, and whose it is', async () => {
    await lab.signIn();
    const text = await lab.text('/incidents');
    expect(text).toContain('1 open');
    expect(text).toContain('ana@example.com');
    expect(await lab.text('/incidents?q=nothing-like-it')).toContain('0 of 1 open');
    expect(await lab.text('/incidents?outcome=contained&waits=unacknowledged')).toContain('1 open');
    expect(await lab.text('/incidents?waits=answer')).toContain('0 of 1 open');
  });

  it('is over after twelve hours', async () => {
    await lab.signIn();
    lab.pass(12 * hour - 1000);
    expect((await lab.get('/incidents')).status).toBe(200);
    lab.pass(2000);
    expect((await lab.get('/incidents')).status).toBe(401);
  });

  it('is over when its person signs out, whoever kept the cookie', async () => {
    await lab.signIn();
    const { status } = await lab.send('/incidents', 'sign-out');
    expect(status).toBe(303);
    expect((await lab.get('/incidents')).status).toBe(401);
  });

  it('is over when its group may not come in any more, or the provider is another', async () => {
    await lab.signIn();
    const items = [...lab.world.items.values()];
    for (const changed of [{ groups: ['security'] }, { issuer: 'https://other.example.com' }]) {
      const other = await containedLab({ signIn: { ...signIn, ...changed } });
      for (const item of items) if (item.pk.startsWith('session#')) await other.effects.table.putIfAbsent(item);
      other.cookie = lab.cookie;
      expect((await other.get('/incidents')).status).toBe(401);
    }
  });

  it('is not made up', async () => {
    lab.cookie = `__Host-firebreak=${'0'.repeat(64)}`;
    expect((await lab.get('/incidents')).status).toBe(401);
  });

  it('is kept as a hash alone', async () => {
    await lab.signIn();
    expect(JSON.stringify([...lab.world.items])).not.toContain(lab.cookie.split('=')[1]);
  });
});

describe('somebody who is signed in', () => {
  beforeEach(() => lab.signIn());

  it('undoes, with a reason, and with what speaks against it in sight', async () => {
    expect(await lab.text(lab.page)).toContain('What was found is still open');
    const { action, fields } = fieldsOf(await lab.text(lab.page), 'undo');
    const bare = await lab.post(action, { ...fields, reason: 'built by us' });
    expect([bare.status, await bare.text()]).toEqual([400, expect.stringContaining('Nothing was undone')]);
    const silent = await lab.post(action, { ...fields, despite: 'yes', reason: '  ' });
    expect([silent.status, await silent.text()]).toEqual([400, expect.stringContaining('Say why')]);
    expect((await lab.head()).direction).toBe('do');
    expect(await lab.send(lab.page, 'undo', { despite: 'yes', reason: 'built by us' })).toMatchObject({ status: 200 });
    expect(await lab.head()).toMatchObject({ direction: 'undo', state: 'running' });
    expect(await decisions()).toMatchObject([{ kind: 'undo', by: 'ana@example.com', reason: 'built by us' }]);
  });

  it('holds and has it contained again, under the name that the provider gave', async () => {
    expect(await lab.send(lab.page, 'hold', { hours: '4', reason: 'we look' })).toMatchObject({ status: 200 });
    expect((await lab.head()).hold).toMatchObject({
      by: 'ana@example.com',
      caller: 'https://login.example.com#u1',
      reason: 'we look',
    });
    expect(await lab.send(lab.page, 'contain', { reason: 'we have looked' })).toMatchObject({ status: 200 });
    expect((await lab.head()).hold).toBeNull();
  });

  it.each(['', '0', '169', '1.5', '4h', '-1', '999999999999'])('does not hold for "%s" hours', async (hours) => {
    expect(await lab.send(lab.page, 'hold', { hours, reason: 'we look' })).toMatchObject({ status: 400 });
    expect((await lab.head()).hold).toBeNull();
  });

  it('keeps what is contained, extends its lease, and releases it', async () => {
    expect(await lab.send(lab.page, 'extend', { days: '7', reason: 'still looking' })).toMatchObject({ status: 200 });
    expect((await lab.head()).lease).toMatchObject({ decided: { kind: 'extend', by: 'ana@example.com' } });
    expect(await lab.send(lab.page, 'keep', { reason: 'it is retired' })).toMatchObject({ status: 200 });
    expect((await lab.head()).lease).toMatchObject({ expiresAt: null, decided: { kind: 'keep' } });
    expect(await lab.send(lab.page, 'release', { to: 'checkout', reason: 'patched' })).toMatchObject({
      status: 400,
      text: expect.stringContaining('&quot;checkout&quot; is no version'),
    });
    expect((await lab.head()).direction).toBe('do');
    expect(await lab.send(lab.page, 'release', { reason: 'patched' })).toMatchObject({ status: 200 });
    expect(await lab.head()).toMatchObject({ direction: 'undo', state: 'running' });
    const all = await decisions();
    expect(all.map(({ kind, caller }) => `${kind} ${caller}`).sort()).toEqual(
      ['extend', 'keep', 'release'].map((kind) => `${kind} https://login.example.com#u1`),
    );
  });

  it.each(['', '0', '91', '7d', '1e1'])('does not extend for "%s" days', async (days) => {
    expect(await lab.send(lab.page, 'extend', { days, reason: 'still looking' })).toMatchObject({ status: 400 });
    expect((await lab.head()).lease?.decided).toBeUndefined();
  });

  it('pauses everything, and ends that', async () => {
    expect(await lab.send('/incidents', 'pause', { hours: '2', reason: 'a migration' })).toMatchObject({ status: 200 });
    expect(await readPauses(lab.effects.table)).toMatchObject([
      { target: null, by: 'ana@example.com', reason: 'a migration' },
    ]);
    expect(await lab.text('/incidents')).toContain('Everything is paused until');
    expect(await lab.send('/incidents', 'resume')).toMatchObject({ status: 200 });
    expect(await lab.text('/incidents')).not.toContain('Everything is paused');
  });

  it('may not do what there is no form for', async () => {
    const { fields } = fieldsOf(await lab.text(lab.page), 'undo');
    const answer = await lab.post(`/incident/constructor?key=${encodeURIComponent(lab.incident)}`, fields);
    expect(answer.status).toBe(404);
  });

  it('does nothing with the form of somebody else', async () => {
    const { action, fields } = fieldsOf(await lab.text(lab.page), 'undo');
    lab.claims = { sub: 'u3', email: 'eve@example.com', groups: ['on-call'] };
    await lab.signIn();
    expect((await lab.post(action, { ...fields, despite: 'yes', reason: 'x' })).status).toBe(403);
    expect((await lab.head()).direction).toBe('do');
  });

  it('reads of an incident that is not there', async () => {
    const answer = await lab.get('/incident?key=nothing');
    expect([answer.status, await answer.text()]).toEqual([404, expect.stringContaining('There is no such incident')]);
    const { fields } = fieldsOf(await lab.text(lab.page), 'hold');
    const long = `/incident/hold?key=${'x'.repeat(5000)}`;
    expect((await lab.get(long.replace('/hold', ''))).status).toBe(404);
    expect((await lab.post(long, { ...fields, hours: '4', reason: 'x' })).status).toBe(409);
  });

  it('rejects with a reason, which is on record', async () => {
    lab = await askedLab();
    await lab.signIn();
    expect(await lab.send(lab.page, 'reject', { reason: '' })).toMatchObject({ status: 400 });
    expect(await lab.send(lab.page, 'reject', { reason: 'a load test' })).toMatchObject({ status: 200 });
    expect(await decisions()).toMatchObject([
      { kind: 'reject', by: 'ana@example.com', caller: 'https://login.example.com#u1' },
    ]);
  });
});

describe('every page', () => {
  it('runs no script, loads nothing from elsewhere, and is framed by nobody', async () => {
    await lab.signIn();
    for (const path of ['/incidents', lab.page, lab.link(), '/nowhere', '/sign-in', '/l/x']) {
      const answer = await lab.get(path);
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy).toBe(
        "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
      );
      expect(answer.headers.get('referrer-policy')).toBe('same-origin');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(await answer.text()).not.toMatch(/<script|style="|javascript:|src=|\son[a-z]+=/i);
    }
  });

  it('says one sentence where something fails, and nothing of what failed', async () => {
    lab.with({});
    await lab.signIn();
    lab.world.table.query = async () => {
      throw new Error('secret of the table');
    };
    const answer = await lab.get(lab.page);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('secret of the table');
  });
});
