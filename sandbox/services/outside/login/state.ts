import { type Account, slice } from '../../../account.ts';

/** The provider as functions see it; below `example.com`, which nobody owns (RFC 2606). */
export const LOGIN_HOST = 'login.example.com';
export const LOGIN_ISSUER = `https://${LOGIN_HOST}`;

/** A client that it knows. */
export const LOGIN_CLIENT = { id: 'firebreak', secret: 'sandbox-login-this-opens-only-a-loopback' } as const;
/** Another, which has no secret: PKCE alone says that it is the one. */
export const PUBLIC_CLIENT = { id: 'firebreak-public' } as const;

export const isClientId = (id: string | null): boolean => id === LOGIN_CLIENT.id || id === PUBLIC_CLIENT.id;

const BROWSER_HOST = /^login\.localhost(?::\d+)?$/i;

/** Its host as a browser on this machine sees it. */
export const isLoginHost = (host: string): boolean => BROWSER_HOST.test(host);

/**
 * A redirect to the provider, for a browser on this machine, which has neither the name nor TLS on the way: led here as functions' HTTPS is,
 * so that whoever sends somebody there need not allow plain HTTP.
 */
export const ledHere = ({ endpoint }: Account, location: string): string =>
  location.startsWith(`${LOGIN_ISSUER}/`)
    ? `http://login.localhost:${new URL(endpoint).port}${location.slice(LOGIN_ISSUER.length)}`
    : location;

/** What a person has agreed to, for the one who brings the code of it. */
export interface Grant {
  readonly clientId: string;
  readonly user: string;
  readonly groups: readonly string[];
  readonly redirectUri: string;
  readonly scope: string;
  readonly nonce: string | undefined;
  /** Of the verifier, by S256. */
  readonly challenge: string;
  /** Milliseconds since the epoch, virtual. */
  readonly signedInAt: number;
}

/** Grants whose code was not redeemed, by code. */
export const grantsOf = slice('outside.login', () => new Map<string, Grant>());
