import { timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { type Link, readLink } from '../../incident/links.ts';
import { readSession, type Session } from '../../incident/sessions.ts';
import { sha256Hex } from '../../platform/hash.ts';
import { type ConsoleEffects, ownAddress } from './effects.ts';
import { isAllowed, sessionSecret, signInOf } from './signIn.ts';

/** Whoever has the link of a message. */
export interface Holder {
  readonly kind: 'link';
  readonly link: Link;
  /** `/l/<secret>`. */
  readonly path: string;
  readonly csrf: string;
}

export interface Person {
  readonly kind: 'person';
  readonly session: Session;
  readonly csrf: string;
}

/** Who is signed in, if that person may still come in; undefined: nobody. */
export async function personOf(effects: ConsoleEffects, c: Context): Promise<Person | undefined> {
  const session = await readSession(effects.table, sessionSecret(c), effects.clock.now());
  if (session === undefined) return undefined;
  const signIn = await signInOf(effects);
  // A session of another provider, or of a group that was taken out since, is over.
  if (signIn === undefined || session.issuer !== signIn.issuer || !isAllowed(session.groups, signIn)) return undefined;
  return { kind: 'person', session, csrf: session.csrf };
}

/** Undefined: the link is none of ours. */
export async function holderOf({ table }: ConsoleEffects, secret: string): Promise<Holder | undefined> {
  const link = await readLink(table, secret);
  return link === undefined
    ? undefined
    : { kind: 'link', link, path: `/l/${secret}`, csrf: sha256Hex(`form of the link ${secret}`) };
}

export const isExpired = ({ link }: Holder, now: Date): boolean => link.until <= now.toISOString();

/** In equal time, however much of it fits, and whatever it is. */
const isSame = (given: string, wanted: string): boolean =>
  timingSafeEqual(Buffer.from(sha256Hex(given)), Buffer.from(sha256Hex(wanted)));

/** Whether a form was sent by a page of ours: its field fits, and no browser says that it comes from elsewhere. */
export function isOurForm(c: Context, form: URLSearchParams, csrf: string): boolean {
  const origin = c.req.header('origin');
  const site = c.req.header('sec-fetch-site');
  return (
    csrf !== '' &&
    isSame(form.get('csrf') ?? '', csrf) &&
    (origin === undefined || `${origin}/` === ownAddress(c)) &&
    (site === undefined || site === 'same-origin')
  );
}
