import type { Account } from '../../../account.ts';
import { statesOf } from '../store.ts';

/** Every token begins like this, so that what was never a token can be told from one that is over. */
const PREFIX = 'AQCAAAAAKgAAAAMAAAAAAAAAA';
const FORM = new RegExp(`^${PREFIX}[A-Za-z0-9+/=]+$`);

export const isTokenShaped = (text: string): boolean => FORM.test(text);

export function newToken(account: Account): string {
  const token = `${PREFIX}${Buffer.from(account.random.hex(96)).toString('base64')}`;
  statesOf(account).tokens.set(token, undefined);
  return token;
}

/** From now on the token is known, but its task is over. */
export function closeToken(account: Account, token: string): void {
  statesOf(account).tokens.set(token, undefined);
}
