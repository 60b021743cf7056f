import type { RemovedCheck } from '../../removedCheck.ts';

const check =
  (test: string) =>
  (file: string, text: string, replacement: string, name: string, why: string): RemovedCheck => ({
    ...{ file, text, replacement, test, name, why },
  });

const link = check('test/respond/console/link.test.ts');
const person = check('test/respond/console/person.test.ts');
const hostile = check('test/report/console/hostile.test.ts');
const app = 'shared/respond/console/app.ts';
const visitor = 'shared/respond/console/visitor.ts';
const signIn = 'shared/respond/console/signIn.ts';

/** Who sees and decides what in a browser, and that what others wrote stays text there. */
export const consoleChecks: readonly RemovedCheck[] = [
  link(
    app,
    'known === undefined || !known.byLink',
    'known === undefined',
    'rejects, undoes, holds',
    'whoever gets a forwarded mail undoes a containment',
  ),
  link(
    app,
    "form.has('plan') && form.get('plan') !== link.plan",
    "form.has('no')",
    'another question than its own',
    'a link answers what it was not sent with',
  ),
  link(
    app,
    'if (isExpired(holder, effects.clock.now()))',
    'if (isExpired(holder, new Date(0)))',
    'after twelve hours',
    'a link in an old mail decides for ever',
  ),
  link(
    'shared/incident/outbox.ts',
    'const kept = { ...withoutLink(message), sent: true }',
    'const kept = { ...message, sent: true }',
    'as a hash alone',
    'whoever may read the table may approve',
  ),
  link(
    'shared/incident/links.ts',
    '...keys.link(sha256Hex(secret)) });',
    '...keys.link(secret) });',
    'as a hash alone',
    'whoever may read the table may approve',
  ),
  link(
    'shared/respond/link.ts',
    "consoleUrl === undefined || message.tier !== 'page'",
    "message.tier !== 'page'",
    'where there is no console',
    'a message has a link to nowhere',
  ),
  link(
    'shared/respond/publish.ts',
    '  await putLink(effects.table, head.incident, message);\n',
    '',
    'opens its incident',
    'a link opens nothing',
  ),
  link(
    visitor,
    "isSame(form.get('csrf') ?? '', csrf) &&",
    "form.get('csrf') !== null &&",
    'with a wrong one does nothing',
    'another site has a browser approve',
  ),
  link(
    visitor,
    '(origin === undefined || `${origin}/` === ownAddress(c)) &&',
    '',
    'from another site does nothing',
    'another site that has got hold of a link approves',
  ),
  link(
    visitor,
    "(site === undefined || site === 'same-origin')",
    "(site === undefined || site !== 'none')",
    'came from elsewhere does nothing',
    'what a browser says of a form is not heard',
  ),
  link(
    app,
    "const page = await shownTo(effects, c, link.incident, nobody, { as: 'link'",
    "await acts.get('acknowledge')?.act(effects, { incident: link.incident, form: new URLSearchParams(), by: byLink(holder) });\n  const page = await shownTo(effects, c, link.incident, nobody, { as: 'link'",
    'GET of every link',
    'a mail scanner decides',
  ),
  link(
    app,
    'maxSize: mostFormBytes',
    'maxSize: 10_000_000',
    'is not read',
    'megabytes are read from whoever sends them',
  ),
  person(
    app,
    "return person ?? refuse(effects, c, 'not-signed-in'",
    "return person ?? (({ csrf: '', session: { name: 'x', subject: 'x' } }) as never) ?? refuse(effects, c, 'not-signed-in'",
    'shows nothing, and says how',
    'anybody sees the incidents',
  ),
  person(
    visitor,
    '!isAllowed(session.groups, signIn)',
    'false',
    'is over when its group',
    'whoever was taken out of a group goes on for half a day',
  ),
  person(
    visitor,
    'session.issuer !== signIn.issuer ||',
    '',
    'is over when its group',
    'a session of a provider that is trusted no more goes on',
  ),
  person(
    signIn,
    'if (!isAllowed(groups, signIn))',
    'if (groups.length < 0)',
    'of somebody who may not is refused',
    'everybody whom the provider knows may undo',
  ),
  person(
    signIn,
    'if (kept === undefined)\n',
    'if (kept === undefined && c.req.path === undefined)\n',
    'that was not begun here',
    'somebody is signed in as another by a link',
  ),
  person(
    signIn,
    '/^\\/incidents?(\\?[\\x21-\\x7e]*)?$/.test(to)',
    "to !== ''",
    'leads nowhere else',
    'a link to the sign-in leads to another site',
  ),
  person(
    signIn,
    'if (!secret.isSealed) throw',
    'if (secret.value === undefined) throw',
    'only where it is sealed',
    'a secret that everybody can read is used',
  ),
  person(
    signIn,
    "secure: true, sameSite: 'Lax'",
    "secure: true, sameSite: 'None'",
    'goes to the provider of the settings',
    'a cookie goes along with what another site sends',
  ),
  person(
    'shared/incident/sessions.ts',
    "item['endedAt'] !== undefined",
    'item === null',
    'when its person signs out',
    'a kept cookie outlives its sign-out',
  ),
  person(
    'shared/incident/sessions.ts',
    'session.until > now.toISOString() ?',
    "session.until !== '' ?",
    'is over after twelve hours',
    'a session never ends',
  ),
  person(
    'shared/incident/sessions.ts',
    '...keys.session(sha256Hex(secret)) });',
    '...keys.session(secret) });',
    'is kept as a hash alone',
    'whoever may read the table is signed in',
  ),
  person(
    'shared/respond/console/acts.ts',
    "against.length > 0 && form.get('despite') !== 'yes'",
    "against.length > 0 && form.get('despite') === 'no'",
    'undoes, with a reason',
    'an attack that goes on is undone without a warning',
  ),
  person(
    'shared/respond/console/form.ts',
    'needed === undefined ?',
    'needed !== null ?',
    'rejects with a reason',
    'nobody knows why it was decided',
  ),
  person(
    'shared/respond/console/form.ts',
    'hours >= 1 && hours <= mostHours',
    'hours >= 0',
    'does not hold for',
    'a hold lasts for years',
  ),
  person(
    app,
    'frameAncestors: ["\'none\'"],',
    '',
    'framed by nobody',
    'a page of ours is a frame of another, and its buttons are pressed by mistake',
  ),
  person(
    app,
    "c.header('cache-control', 'no-store');",
    "c.header('cache-control', 'private');",
    'framed by nobody',
    'what was seen stays on a machine that others use',
  ),
  person(app, 'defaultSrc: ["\'none\'"],', 'defaultSrc: ["\'self\'"],', 'framed by nobody', 'a script runs'),
  person(
    'shared/respond/console/form.ts',
    'days >= 1 && days <= mostDays',
    'days >= 0',
    'does not extend for',
    'a lease is extended for as long as somebody likes',
  ),
  person(
    'shared/respond/console/form.ts',
    'return isVersion(text)',
    'return text !== null',
    'keeps what is contained',
    'a service is released onto what is no version',
  ),
  hostile(
    'shared/report/console/shown.ts',
    'plain(text, max);',
    'text.slice(0, max);',
    'right to left',
    'a name hides, runs backwards, or is as long as an attacker likes',
  ),
  hostile(
    'shared/report/console/incident.ts',
    '<h1>${shown(record.incident)}</h1>',
    '<h1>${Object.assign(new String(record.incident), { isEscaped: true })}</h1>',
    'a script',
    'a name of an attacker is markup',
  ),
];
