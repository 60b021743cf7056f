import { AwsError } from '../../account.ts';

export interface Page<T> {
  readonly items: readonly T[];
  readonly NextToken?: string;
}

/** One page of at most `maxResults`; the token is the position, opaque to the caller. */
export function pageOf<T>(all: readonly T[], token: string | undefined, maxResults: number): Page<T> {
  const start = token === undefined ? 0 : positionOf(token);
  const end = start + maxResults;
  return { items: all.slice(start, end), ...(end < all.length ? { NextToken: tokenFor(end) } : {}) };
}

/** No items, and the token of the page that was asked for: AWS may answer so. */
export const emptyPage = <T>(token: string | undefined): Page<T> => ({
  items: [],
  NextToken: token ?? tokenFor(0),
});

const tokenFor = (position: number): string => Buffer.from(`at ${position}`).toString('base64');

function positionOf(token: string): number {
  const [, position] = /^at (\d+)$/.exec(Buffer.from(token, 'base64').toString()) ?? [];
  if (position === undefined) throw new AwsError('InvalidNextToken', 'The specified token is not valid.');
  return Number(position);
}
