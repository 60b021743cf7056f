import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { newSecret } from '../../incident/links.ts';
import { endSession, putSession } from '../../incident/sessions.ts';
import type { Going, IdentityProvider } from '../../platform/oidc.ts';
import { plain } from '../../report/text.ts';
import type { SignIn } from '../../rules/rule.ts';
import { type ConsoleEffects, ownAddress, type Reply } from './effects.ts';
import { refuse } from './refuse.ts';

const sessionCookie = 'firebreak';
const goingCookie = 'firebreak-sign-in';
/** A working day. */
const sessionHours = 12;
/** For a password, and a second factor. */
const signInMinutes = 15;

/** Only this host, only over TLS, never for a script; and not with what another site sends. */
const guarded = { prefix: 'host', httpOnly: true, secure: true, sameSite: 'Lax', path: '/' } as const;

export const sessionSecret = (c: Context): string => getCookie(c, sessionCookie, 'host') ?? '';

/** How people sign in; undefined: the settings do not say, or cannot be read. */
export async function signInOf({
  ruleSets,
  log,
}: Pick<ConsoleEffects, 'ruleSets' | 'log'>): Promise<SignIn | undefined> {
  try {
    return (await ruleSets.current()).set.settings.signIn;
  } catch (error) {
    log('Rules cannot be read: nobody can sign in', { error: error instanceof Error ? error.name : 'unknown' });
    return undefined;
  }
}

/** Where the client's secret is, where it has one: beside the stage's path, so that nobody who reads rules reads it. */
const secretName = (stage: string): string => `/firebreak-keys/${stage}/sign-in`;

async function providerOf({ secrets, stage }: ConsoleEffects, { issuer, clientId }: SignIn): Promise<IdentityProvider> {
  const secret = await secrets.readSecret(secretName(stage));
  if (secret === undefined) return { issuer, clientId };
  if (!secret.isSealed) throw new Error(`${secretName(stage)} is no SecureString`);
  return { issuer, clientId, clientSecret: secret.value.trim() };
}

const noSignIn =
  'Nobody can sign in here: the settings of this stage say no signIn, or cannot be read. What a link of a page cannot do is done with the command, which uses AWS credentials.';

/** Only a path of ours: a link to here must not lead elsewhere. */
const pathOnly = (to: string | undefined): string =>
  to !== undefined && /^\/incidents?(\?[\x21-\x7e]*)?$/.test(to) && to.length < 3000 ? to : '/incidents';

interface Kept extends Going {
  readonly to: string;
}

const encoded = (kept: Kept): string => Buffer.from(JSON.stringify(kept)).toString('base64url');

function decoded(text: string | undefined): Kept | undefined {
  try {
    const kept: unknown = JSON.parse(Buffer.from(text ?? '', 'base64url').toString());
    const { state, nonce, verifier, to } = kept as { readonly [name: string]: unknown };
    if (typeof state !== 'string' || typeof nonce !== 'string' || typeof verifier !== 'string') return undefined;
    return { state, nonce, verifier, to: pathOnly(typeof to === 'string' ? to : undefined) };
  } catch {
    return undefined;
  }
}

const redirectUri = (c: Context): string => `${ownAddress(c)}signed-in`;

/** Sends the browser to the identity provider. Nothing is written but a cookie. */
export async function goToSignIn(effects: ConsoleEffects, c: Context): Promise<Response> {
  const signIn = await signInOf(effects);
  if (signIn === undefined) return refuse(effects, c, 'no-sign-in', noSignIn);
  try {
    const { url, going } = await effects.oidc.begin(await providerOf(effects, signIn), redirectUri(c));
    const kept = { ...going, to: pathOnly(c.req.query('to')) };
    setCookie(c, goingCookie, encoded(kept), { ...guarded, maxAge: signInMinutes * 60 });
    return c.redirect(url, 302);
  } catch (error) {
    return failed(effects, c, error, 'The identity provider cannot be asked now; try again.');
  }
}

function failed(effects: ConsoleEffects, c: Context, error: unknown, sentence: string): Reply {
  const { name, message } = error instanceof Error ? error : new Error('unknown');
  effects.log('Sign-in failed', { error: name, reason: plain(message, 300) });
  return refuse(effects, c, 'sign-in-failed', sentence, { back: { href: '/sign-in', text: 'Sign in again' } });
}

/** Values of the claim that says who may come in. */
function groupsIn(claims: { readonly [name: string]: unknown }, { claim }: SignIn): readonly string[] {
  const value = claims[claim];
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((one) => typeof one === 'string').slice(0, 200);
}

export const isAllowed = (groups: readonly string[], { groups: allowed }: SignIn): boolean =>
  groups.some((one) => allowed.includes(one));

/** A name for the record, or the subject where the provider says none. */
function nameIn(claims: { readonly [name: string]: unknown }): string {
  const named = [claims['email'], claims['preferred_username'], claims['name'], claims['sub']];
  return plain(String(named.find((one) => typeof one === 'string' && one.trim() !== '') ?? 'unknown'), 100);
}

/** The browser is back from the identity provider: what it brings is checked, and a session begins. */
export async function comeBack(effects: ConsoleEffects, c: Context): Promise<Response> {
  const { table, clock, newId, log } = effects;
  const signIn = await signInOf(effects);
  if (signIn === undefined) return refuse(effects, c, 'no-sign-in', noSignIn);
  const kept = decoded(getCookie(c, goingCookie, 'host'));
  if (kept === undefined)
    return refuse(effects, c, 'sign-in-failed', 'This sign-in was not begun here, or took too long: begin again.', {
      back: { href: '/sign-in', text: 'Sign in' },
    });
  deleteCookie(c, goingCookie, guarded);
  try {
    const cameBackTo = `${redirectUri(c)}${new URL(c.req.url).search}`;
    const { subject, claims } = await effects.oidc.finish(await providerOf(effects, signIn), cameBackTo, kept);
    const groups = groupsIn(claims, signIn);
    if (!isAllowed(groups, signIn))
      return refuse(effects, c, 'not-allowed', `${nameIn(claims)} is in none of the groups that may come in here.`);
    const secret = newSecret(newId);
    const now = clock.now();
    const until = new Date(now.getTime() + sessionHours * 3_600_000).toISOString();
    const csrf = newSecret(newId);
    await putSession(table, secret, {
      issuer: signIn.issuer,
      subject,
      name: nameIn(claims),
      groups,
      csrf,
      at: now.toISOString(),
      until,
    });
    setCookie(c, sessionCookie, secret, { ...guarded, maxAge: sessionHours * 3600 });
    log('Signed in', { subject: plain(subject, 300) });
    return c.redirect(kept.to, 303);
  } catch (error) {
    return failed(
      effects,
      c,
      error,
      'What the identity provider said cannot be trusted, or was used before: begin again.',
    );
  }
}

export async function signOut(effects: ConsoleEffects, c: Context): Promise<void> {
  await endSession(effects.table, sessionSecret(c), effects.clock.now());
  deleteCookie(c, sessionCookie, guarded);
}
