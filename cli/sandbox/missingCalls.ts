import type { TrailEntry } from '../../sandbox/account.ts';
import { printable } from '../output.ts';

/** More than these are counted, and not named. */
const MOST_NAMED = 20;

/** What the door answers for an operation that no service here has. */
const MISSING = 'UnknownOperationException';

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

/** One sentence on what clients asked for and the sandbox does not have, most often first; undefined where there was nothing. */
export function missingCalls(trail: readonly TrailEntry[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { action, result } of trail) if (result === MISSING) counts.set(action, (counts.get(action) ?? 0) + 1);
  if (counts.size === 0) return undefined;
  const named = [...counts]
    .toSorted(([a, most], [b, fewer]) => fewer - most || (a < b ? -1 : 1))
    .slice(0, MOST_NAMED)
    .map(([action, count]) => `${printable(action)} ${times(count)}`);
  const others = counts.size - named.length;
  return `Calls that the sandbox does not have: ${named.join(', ')}${others > 0 ? `, and ${others} ${others === 1 ? 'other' : 'others'}` : ''}.`;
}
