import { type Account, slice } from '../../../account.ts';

/** The provider as functions see it; below `example.com`, which nobody owns (RFC 2606). */
export const LOGIN_HOST = 'login.example.com';
export const LOGIN_ISSUER = `https://${LOGIN_HOST}`;

/** The one client that it knows. */
export const LOGIN_CLIENT = { id: 'firebreak', secret: 'sandbox-login-this-opens-only-a-loopback' } as const;

const BROWSER_HOST = /^login\.localhost(?::\d+)?$/i;

/** Its host as a browser on this machine sees it. */
export const isLoginHost = (host: string): boolean => BROWSER_HOST.test(host);

/** Where a person signs in. */
export const authorizationEndpoint = ({ endpoint }: Account): string =>
  `http://login.localhost:${new URL(endpoint).port}/authorize`;

/** What a person has agreed to, for the one who brings the code of it. */
export interface Grant {
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
