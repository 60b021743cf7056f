import { AwsError } from '../../../account.ts';

/** A page of at most `Limit` (100 unless it is said); the token is where the next begins. */
export function pageOf<T>(
  all: readonly T[],
  { Limit = 100, NextToken }: { readonly Limit?: number | undefined; readonly NextToken?: string | undefined },
): { readonly items: readonly T[]; readonly next: { NextToken?: string } } {
  const from = Number(NextToken ?? 0);
  if (!Number.isInteger(from) || from < 0 || Limit < 1 || Limit > 100) {
    throw new AwsError('ValidationException', 'Limit or NextToken is not valid.');
  }
  const end = from + Limit;
  return { items: all.slice(from, end), next: end < all.length ? { NextToken: String(end) } : {} };
}
