import { type Account, slice } from '../../account.ts';

/** What a function has sent to a host outside AWS. */
export interface Post {
  /** Milliseconds since the epoch, virtual. */
  readonly at: number;
  readonly host: string;
  readonly path: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
  /** What was answered; `down`: the connection broke. */
  readonly answered: number | 'down';
}

/** How a host answers while it does not answer as it should. */
export interface Ailment {
  readonly host: string;
  /** A status of HTTP, or `down`: nobody is there. */
  readonly status: number | 'down';
  /** How late it answers, milliseconds. */
  readonly lateMs: number;
  /** Seconds for a `Retry-After`. */
  readonly retryAfter: number | undefined;
  /** Milliseconds since the epoch, virtual. */
  readonly until: number;
}

/** An alert of PagerDuty's, by its dedup key. */
export interface Alert {
  readonly key: string;
  status: 'triggered' | 'acknowledged' | 'resolved';
  /** Events that were taken for it, oldest first. */
  readonly events: string[];
  readonly severity: string;
  readonly summary: string;
}

interface Outside {
  readonly posts: Post[];
  readonly ailments: Ailment[];
  /** All that were opened, oldest first: a key whose alert is resolved opens another. */
  readonly alerts: Alert[];
}

/** The world outside AWS, as far as functions may reach it. */
export const outsideOf = slice('outside', (): Outside => ({ posts: [], ailments: [], alerts: [] }));

/** All that functions have sent there, oldest first; to one host, or to any. */
export const postsTo = (account: Account, host?: string): readonly Post[] =>
  outsideOf(account).posts.filter((post) => host === undefined || post.host === host);

/** From now on, for so many seconds, the host answers like this. */
export function ail(
  account: Account,
  ailment: Pick<Ailment, 'host' | 'status'> & {
    readonly seconds: number;
    readonly lateSeconds?: number | undefined;
    readonly retryAfter?: number | undefined;
  },
): void {
  const { host, status, seconds, lateSeconds = 0, retryAfter } = ailment;
  const until = account.clock.now() + seconds * 1000;
  outsideOf(account).ailments.unshift({ host, status, lateMs: lateSeconds * 1000, retryAfter, until });
}
