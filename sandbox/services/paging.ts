import { AwsError } from '../account.ts';

/** The page size that a caller asked for, or the usual one. Throws AwsError (`code`) outside 1 to `most`. */
export function pageSize(
  asked: number | undefined,
  usual: number,
  most: number,
  code = 'InvalidParameterException',
): number {
  if (asked === undefined) return usual;
  if (Number.isInteger(asked) && asked >= 1 && asked <= most) return asked;
  throw new AwsError(code, `Invalid parameter at 'maxResults': it must be a whole number from 1 to ${most}`);
}

/** One page of a list. Tokens are opaque to clients; ours hold the offset. Throws AwsError (`code`) for any other token. */
export function pageOf<T>(
  items: readonly T[],
  size: number,
  token: string | undefined,
  code = 'InvalidParameterException',
): { readonly items: readonly T[]; readonly nextToken: string | undefined } {
  const offset = token === undefined ? '0' : Buffer.from(token, 'base64url').toString();
  if (!/^\d{1,9}$/.test(offset)) throw new AwsError(code, 'Invalid token.');
  const from = Number(offset);
  const to = from + size;
  const nextToken = to < items.length ? Buffer.from(String(to)).toString('base64url') : undefined;
  return { items: items.slice(from, to), nextToken };
}

/** `nextToken` as AWS writes it: left out on the last page. */
export const next = (nextToken: string | undefined): { nextToken?: string } =>
  nextToken === undefined ? {} : { nextToken };
