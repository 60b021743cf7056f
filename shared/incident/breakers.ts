import type { Breaker } from '../rules/rule.ts';
import { untilWritten } from './contention.ts';
import { keys } from './keys.ts';
import type { Item, Table } from './table.ts';

const ineffectivePrefix = 'ineffective:';

interface Noted {
  readonly attribute: string;
  /** When it was noted, ms. */
  readonly atMs: number;
}

/** What is known of one rule's containments that did not hold. Throws when it is not what was written. */
function notedIn(item: Item | undefined): readonly Noted[] {
  const entries = Object.entries(item ?? {}).filter(([name]) => name.startsWith(ineffectivePrefix));
  const noted = entries.map(([attribute, at]) => ({ attribute, atMs: Date.parse(String(at)) }));
  const resumed = item?.['resumedAt'];
  const isSound = resumed === undefined || !Number.isNaN(Date.parse(String(resumed)));
  if (!isSound || noted.some(({ atMs }) => Number.isNaN(atMs))) {
    throw new Error(`The breaker "${item?.pk}" in the incident table is not readable.`);
  }
  return noted;
}

const hourMs = 3_600_000;
/** The settings look no further back. */
const longestMs = 720 * hourMs;

/** Those that count: noted since a person has started the rule again last, and within the hours that the settings look back. */
function counting(item: Item | undefined, { withinHours }: Pick<Breaker, 'withinHours'>, now: Date): readonly Noted[] {
  const resumed = Date.parse(String(item?.['resumedAt'] ?? new Date(0).toISOString()));
  const since = Math.max(resumed, now.getTime() - withinHours * hourMs);
  return notedIn(item).filter(({ atMs }) => atMs > since);
}

/** Of a rule that is stopped, how many of its containments were ineffective; undefined where it is not. */
export async function stoppedAfter(
  table: Table,
  rule: string,
  breaker: Breaker,
  now: Date,
): Promise<number | undefined> {
  const { length } = counting(await table.get(keys.breaker(rule)), breaker, now);
  return length >= breaker.ineffective ? length : undefined;
}

/** Notes that a containment of a rule did not hold. `what` names it, so that a repeat is noted once, at the time of the first. */
export async function noteIneffective(table: Table, rule: string, what: string, at: string): Promise<void> {
  const attribute = `${ineffectivePrefix}${what}`;
  const key = keys.breaker(rule);
  if (await table.putIfAbsent({ ...key, rule, [attribute]: at })) return;
  await table.update(key, { [attribute]: null }, { set: { [attribute]: at } });
}

/**
 * Starts a rule again: what was noted so far does not count any more, and is kept for a while, so that a late repeat of it is none that is
 * new. Answers how many counted.
 */
export async function resetBreaker(
  table: Table,
  rule: string,
  { by, now }: { readonly by: string; readonly now: Date },
): Promise<number> {
  const key = keys.breaker(rule);
  return untilWritten(async () => {
    const item = await table.get(key);
    const { length } = counting(item, { withinHours: longestMs / hourMs }, now);
    if (length === 0) return 0;
    const old = notedIn(item).filter(({ atMs }) => atMs < now.getTime() - longestMs);
    const set = { resumedBy: by, resumedAt: now.toISOString() };
    const written = await table.update(key, {}, { set, remove: old.map(({ attribute }) => attribute) });
    return written === undefined ? undefined : length;
  });
}
