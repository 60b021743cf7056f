import { invalidParameter } from '../limits.ts';

/** Topics and subscriptions are listed 100 at a time. */
const PAGE = 100;

/** The page that a token names: the token is where it begins. */
export function pageOf<T>(
  all: readonly T[],
  token: string | undefined,
): { readonly items: readonly T[]; readonly next: { NextToken?: string } } {
  const from = Number(token ?? 0);
  if (!Number.isInteger(from) || from < 0) throw invalidParameter('NextToken');
  return {
    items: all.slice(from, from + PAGE),
    next: from + PAGE < all.length ? { NextToken: String(from + PAGE) } : {},
  };
}
