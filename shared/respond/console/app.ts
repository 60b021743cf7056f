import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import { readIncident } from '../../incident/incidentRecord.ts';
import { incidentHash } from '../../incident/keys.ts';
import { listed } from '../../incident/listed.ts';
import { openHeads } from '../../incident/openHeads.ts';
import { lasting, readPauses } from '../../incident/pauses.ts';
import { type May, pausePiece } from '../../report/console/forms.ts';
import { incidentPage } from '../../report/console/incident.ts';
import { listPage } from '../../report/console/list.ts';
import { sentencePage, type Visitor } from '../../report/console/page.ts';
import { incidentPath } from '../../report/console/shown.ts';
import { style } from '../../report/console/style.ts';
import { pause, resume } from '../pause.ts';
import { stillActive } from '../stillActive.ts';
import { acts, type By, type Done } from './acts.ts';
import type { ConsoleEffects } from './effects.ts';
import { hoursOf, reasonOf } from './form.ts';
import { type Back, nobody, refuse } from './refuse.ts';
import { comeBack, goToSignIn, signOut } from './signIn.ts';
import { type Holder, holderOf, isExpired, isOurForm, type Person, personOf } from './visitor.ts';

const mostFormBytes = 20_000;

const visitorOf = ({ session, csrf }: Person): Visitor => ({ name: session.name, csrf });

const byPerson = ({ session }: Person): By => ({ by: session.name, caller: session.subject });
const byLink = ({ link }: Holder): By => ({ by: `link holder, topic ${link.tier}` });

const toSignIn = (to: string): Back => ({ href: `/sign-in?to=${encodeURIComponent(to)}`, text: 'Sign in' });
const signInSentence = 'Sign in to see incidents. The link of a page opens its incident without.';

const formOf = async (c: Context): Promise<URLSearchParams> => new URLSearchParams(await c.req.text());

/** The web page: GET shows, POST decides. Nothing that a mail scanner or a link preview opens changes anything. */
export function consoleApp(effects: ConsoleEffects): Hono {
  const { stage, log } = effects;
  const app = new Hono();
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
      // `no-referrer` would take the Origin from our own forms; this sends nothing to anybody else.
      referrerPolicy: 'same-origin',
      xFrameOptions: 'DENY',
      strictTransportSecurity: 'max-age=31536000',
    }),
  );
  app.use(async (c, next) => {
    await next();
    if (c.req.path !== '/style.css') c.header('cache-control', 'no-store');
  });
  app.use(
    bodyLimit({
      maxSize: mostFormBytes,
      onError: (c) => refuse(effects, c, 'bad-form', 'That is more than a form of this page can hold.'),
    }),
  );
  app.onError((error, c) => {
    log('Console failed', { error: error.name, reason: error.message });
    return c.html(
      sentencePage(stage, nobody, {
        title: 'Not now',
        sentences: ['This could not be done or shown now; nothing else is known. Try again, or use the command.'],
      }),
      500,
    );
  });
  app.notFound((c) =>
    refuse(effects, c, 'not-found', 'There is no such page here.', { back: { href: '/incidents', text: 'Incidents' } }),
  );

  app.get('/style.css', (c) =>
    c.body(style, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'max-age=3600' }),
  );
  app.get('/', (c) => c.redirect('/incidents', 302));
  app.get('/sign-in', (c) => goToSignIn(effects, c));
  app.get('/signed-in', (c) => comeBack(effects, c));
  app.get('/incidents', (c) => list(effects, c));
  app.get('/incident', (c) => one(effects, c));
  app.get('/l/:secret', (c) => opened(effects, c));
  app.post('/l/:secret/:act', (c) => decideByLink(effects, c));
  app.post('/incident/:act', (c) => decideSignedIn(effects, c));
  for (const what of ['pause', 'resume', 'sign-out'] as const) app.post(`/${what}`, (c) => aboutAll(effects, c, what));
  return app;
}

/** Whoever is signed in, or the page that says to. */
async function signedIn(effects: ConsoleEffects, c: Context, to: string): Promise<Person | Response> {
  const person = await personOf(effects, c);
  return person ?? refuse(effects, c, 'not-signed-in', signInSentence, { back: toSignIn(to) });
}

async function list(effects: ConsoleEffects, c: Context): Promise<Response> {
  const query = new URL(c.req.url).search;
  const person = await signedIn(effects, c, `/incidents${query}`);
  if (person instanceof Response) return person;
  const { table, clock, stage } = effects;
  const now = clock.now();
  const all = (await openHeads(table)).map((head) => listed(head, now));
  const filter = {
    text: (c.req.query('q') ?? '').slice(0, 200),
    outcome: c.req.query('outcome') ?? '',
    waits: c.req.query('waits') ?? '',
  };
  const about = [pausePiece(person.csrf, lasting(await readPauses(table), now))];
  return c.html(listPage({ stage, visitor: visitorOf(person), all, filter, about, now }));
}

/** All about an incident, for whoever may see it; undefined: there is none. */
async function shownTo(
  effects: ConsoleEffects,
  c: Context,
  incident: string,
  visitor: Visitor,
  may: Omit<May, 'warnings'>,
): Promise<Response | undefined> {
  const { stage, bucket, region, clock } = effects;
  const record = await readIncident(effects, incident);
  if (record === undefined) return undefined;
  const head = { ...record, outbox: [], plan: null };
  const warnings = may.as === 'person' ? await stillActive(effects, head) : [];
  const folder = `evidence/${incidentHash(incident)}/`;
  const evidence = {
    place: `s3://${bucket}/${folder}`,
    href: `https://${region}.console.aws.amazon.com/s3/buckets/${bucket}?prefix=${folder}`,
  };
  return c.html(
    incidentPage({ stage, visitor, record, may: { ...may, warnings }, evidence, now: clock.now().toISOString() }),
  );
}

/** No item has a longer one: what DynamoDB would refuse is no incident. */
const mostKey = 1500;
const keyIn = (c: Context): string => {
  const key = c.req.query('key') ?? '';
  return key.length <= mostKey ? key : '';
};

async function one(effects: ConsoleEffects, c: Context): Promise<Response> {
  const incident = keyIn(c);
  const person = await signedIn(effects, c, incidentPath(incident));
  if (person instanceof Response) return person;
  const visitor = visitorOf(person);
  const page = await shownTo(effects, c, incident, visitor, { as: 'person', csrf: person.csrf });
  return page ?? unknownIncident(effects, c, visitor);
}

const unknownIncident = (effects: ConsoleEffects, c: Context, visitor: Visitor) =>
  refuse(effects, c, 'not-found', 'There is no such incident in this stage.', {
    visitor,
    back: { href: '/incidents', text: 'Incidents' },
  });

/** Whose link it is, or the page that says why it opens nothing. */
async function holding(effects: ConsoleEffects, c: Context): Promise<Holder | Response> {
  const holder = await holderOf(effects, c.req.param('secret') ?? '');
  if (holder === undefined)
    return refuse(
      effects,
      c,
      'unknown-link',
      'This link is not one of ours: copy all of it from the message, or sign in.',
      {
        back: toSignIn('/incidents'),
      },
    );
  if (isExpired(holder, effects.clock.now()))
    return refuse(
      effects,
      c,
      'expired-link',
      `This link was good until ${holder.link.until}: open that of a newer message, or sign in.`,
      {
        back: toSignIn(incidentPath(holder.link.incident)),
      },
    );
  return holder;
}

async function opened(effects: ConsoleEffects, c: Context): Promise<Response> {
  const holder = await holding(effects, c);
  if (holder instanceof Response) return holder;
  const { link, path, csrf } = holder;
  const page = await shownTo(effects, c, link.incident, nobody, { as: 'link', csrf, path, plan: link.plan });
  return page ?? unknownIncident(effects, c, nobody);
}

const forged = (effects: ConsoleEffects, c: Context) =>
  refuse(
    effects,
    c,
    'forged-form',
    'This did not come from a page of ours, or the page is too old: open it again. Nothing was done.',
  );

const said = (effects: ConsoleEffects, c: Context, done: Done, visitor: Visitor, back: Back) =>
  'refusal' in done
    ? refuse(effects, c, done.refusal, done.sentence, { visitor, back })
    : c.html(sentencePage(effects.stage, visitor, { title: 'Done', sentences: done.said, back }));

async function decideByLink(effects: ConsoleEffects, c: Context): Promise<Response> {
  const holder = await holding(effects, c);
  if (holder instanceof Response) return holder;
  const { link, path, csrf } = holder;
  const form = await formOf(c);
  if (!isOurForm(c, form, csrf)) return forged(effects, c);
  const back = { href: path, text: 'Back to the incident' };
  const known = acts.get(c.req.param('act') ?? '');
  if (known === undefined || !known.byLink)
    return refuse(
      effects,
      c,
      'not-by-link',
      'A link can acknowledge, and approve what it was sent with: sign in for anything else.',
      {
        back: toSignIn(incidentPath(link.incident)),
      },
    );
  if (form.has('plan') && form.get('plan') !== link.plan)
    return refuse(
      effects,
      c,
      'other-question',
      'This link was sent with another question than the one that you answer. Nothing was decided.',
      { back },
    );
  const done = await known.act(effects, { incident: link.incident, form, by: byLink(holder) });
  return said(effects, c, done, nobody, back);
}

async function decideSignedIn(effects: ConsoleEffects, c: Context): Promise<Response> {
  const incident = keyIn(c);
  const person = await signedIn(effects, c, incidentPath(incident));
  if (person instanceof Response) return person;
  const form = await formOf(c);
  if (!isOurForm(c, form, person.csrf)) return forged(effects, c);
  const known = acts.get(c.req.param('act') ?? '');
  if (known === undefined) return c.notFound();
  const done = await known.act(effects, { incident, form, by: byPerson(person) });
  return said(effects, c, done, visitorOf(person), { href: incidentPath(incident), text: 'Back to the incident' });
}

async function aboutAll(effects: ConsoleEffects, c: Context, what: 'pause' | 'resume' | 'sign-out'): Promise<Response> {
  const person = await signedIn(effects, c, '/incidents');
  if (person instanceof Response) return person;
  const form = await formOf(c);
  if (!isOurForm(c, form, person.csrf)) return forged(effects, c);
  if (what === 'sign-out') {
    await signOut(effects, c);
    return c.redirect('/incidents', 303);
  }
  const done =
    what === 'pause' ? await pauses(effects, form, byPerson(person)) : await resumes(effects, form, byPerson(person));
  return said(effects, c, done, visitorOf(person), { href: '/incidents', text: 'Incidents' });
}

async function pauses(effects: ConsoleEffects, form: URLSearchParams, by: By): Promise<Done> {
  const forMs = hoursOf(form);
  if ('wrong' in forMs) return { refusal: 'bad-form', sentence: forMs.wrong };
  const reason = reasonOf(form, 'for whoever is woken meanwhile');
  if ('wrong' in reason) return { refusal: 'bad-form', sentence: reason.wrong };
  const came = await pause(effects, { target: null, forMs: forMs.value, reason: reason.value, ...by });
  return came.kind === 'paused'
    ? { said: [`Nothing is changed until ${came.pause.until}.`] }
    : {
        refusal: 'decided',
        sentence: `A pause until ${came.pause.until} by ${came.pause.by} stands, which lasts longer.`,
      };
}

/** Undefined: no text of ours. */
function decoded(text: string): string | null | undefined {
  try {
    return decodeURIComponent(text) || null;
  } catch {
    return undefined;
  }
}

async function resumes(effects: ConsoleEffects, form: URLSearchParams, { by }: By): Promise<Done> {
  const target = decoded(form.get('target') ?? '');
  if (target === undefined)
    return { refusal: 'bad-form', sentence: 'Which pause is to end is not said as our page says it.' };
  const ended = await resume(effects, { target, by });
  return ended === undefined
    ? { refusal: 'nothing', sentence: 'There is no such pause any more.' }
    : { said: ['The pause is over. What it held is decided again within minutes.'] };
}
