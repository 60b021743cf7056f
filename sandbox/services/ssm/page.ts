import { AwsError } from '../../account.ts';

export interface Page<T> {
  readonly items: readonly T[];
  readonly NextToken?: string;
}

/** One page of at most `maxResults`; the token is the position, opaque to the caller. */
export function pageOf<T>(all: readonly T[], token: string | undefined, maxResults: number): Page<T> {
  const start = token === undefined ? 0 : read(token).position;
  const end = start + maxResults;
  return { items: all.slice(start, end), ...(end < all.length ? { NextToken: tokenFor(end) } : {}) };
}

/** No items, and a token of the page that was asked for: AWS may answer so. It is another one, because botocore ends where a token comes twice in a row. */
export function emptyPage<T>(token: string | undefined): Page<T> {
  const { position, tries } = token === undefined ? { position: 0, tries: 0 } : read(token);
  return { items: [], NextToken: tokenFor(position, tries + 1) };
}

const tokenFor = (position: number, tries = 0): string => Buffer.from(`at ${position} try ${tries}`).toString('base64');

function read(token: string): { readonly position: number; readonly tries: number } {
  const [, position, tries] = /^at (\d{1,9}) try (\d{1,9})$/.exec(Buffer.from(token, 'base64').toString()) ?? [];
  if (position === undefined) throw new AwsError('InvalidNextToken', 'The specified token is not valid.');
  return { position: Number(position), tries: Number(tries) };
}
