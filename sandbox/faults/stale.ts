import { type Account, slice } from '../account.ts';
import { copyState } from '../kernel/copyState.ts';
import { isWorker } from '../kernel/worker.ts';

interface Stale {
  readonly until: number;
  /** The account as it was before the change that is not seen yet. */
  readonly before: Account;
}

/** By service. */
const staleOf = slice('faults.stale', () => new Map<string, Stale>());

/** What a read is called (API references): everything else may change something. */
const READ = /^(?:Describe|List|Get|BatchGet|Query|Scan|Lookup|Filter)/;

/** Reads of this service show the account as it is now, for so long. */
export function beginStale(account: Account, service: string, ms: number): void {
  const stale = staleOf(account);
  const slices = new Map<string, unknown>();
  const known = new Map<object, object>();
  for (const [name, value] of account.slices) {
    const lives = name === 'kernel' || name.startsWith('faults');
    slices.set(name, lives ? value : copyState(value as object, known, isWorker));
  }
  stale.set(service, { until: account.clock.now() + ms, before: { ...account, slices } });
}

/** The account that an operation is done to: for a read that is stale, the one of before. */
export function seenBy(account: Account, service: string, operation: string): Account {
  const stale = staleOf(account).get(service);
  if (stale === undefined || !READ.test(operation)) return account;
  if (stale.until > account.clock.now()) return stale.before;
  staleOf(account).delete(service);
  return account;
}
