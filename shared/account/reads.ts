import type { Aws } from '../platform/sdk/aws.ts';
import { failureOf, mayPass, whyOf } from './awsFailure.ts';

/** How the account is read: the clients, and a signal that ends calls which take too long. */
export interface Reads {
  readonly aws: Aws;
  readonly call: { readonly abortSignal?: AbortSignal };
}

export const readsWith = (aws: Aws, abortSignal?: AbortSignal): Reads => ({
  aws,
  call: abortSignal === undefined ? {} : { abortSignal },
});

/** A place that could not be read: what it was, and why, for people; and whether it may be readable a little later. */
export type Unread = {
  readonly place: string;
  readonly why: string;
  readonly mayPass?: boolean;
  /** A task that has not pulled its images yet: it is known once it has. */
  readonly pulling?: true;
};

/**
 * Reads one place. When AWS refuses, the place is added to `unread` and the answer is null: whoever decides must not take
 * it for empty. Anything else that is thrown goes on.
 */
export async function attempt<T>(unread: Unread[], place: string, read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    const failure = failureOf(error);
    if (failure === null) throw error;
    unread.push({ place, why: whyOf(failure), mayPass: mayPass(failure) });
    return null;
  }
}

/** All pages: asks with the token of the page before until there is none. A page may be empty and still have a next. */
export const everyPage = async <Page>(
  ask: (token: string | undefined) => Promise<Page>,
  next: (page: Page) => string | undefined,
): Promise<Page[]> => (await pagesUpTo(Number.POSITIVE_INFINITY, ask, next)).pages;

/** The same, of at most so many pages. `more`: there are others, which whoever decides must not take for empty. */
export async function pagesUpTo<Page>(
  most: number,
  ask: (token: string | undefined) => Promise<Page>,
  next: (page: Page) => string | undefined,
): Promise<{ readonly pages: Page[]; readonly more: boolean }> {
  const pages: Page[] = [];
  let token: string | undefined;
  do {
    if (pages.length >= most) return { pages, more: true };
    const page = await ask(token);
    pages.push(page);
    token = next(page);
  } while (token !== undefined && token !== '');
  return { pages, more: false };
}

/** Cuts a list into parts of at most `size`, which is a limit of the call that takes them. */
export function inPartsOf<T>(size: number, items: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < items.length; at += size) parts.push(items.slice(at, at + size));
  return parts;
}
