import { arnParts } from '../../sandbox/iam/matching.ts';

/** Where an ARN's own part may be cut. */
const ends = /[/:](?=[^/:]*$)/;

const hasWildcard = (text: string): boolean => /[*?]/.test(text);

/**
 * A narrower pattern that would have allowed everything that this one was used on, as far as a log can tell:
 * - `*`, where every call named an ARN: AWS can scope it (an action that it cannot scope asks with `*`);
 * - a wildcard in the service, Region or account: the responder role of a stack is for its own account and Region;
 * - a wildcard that leaves the type of the resource open, where one type was used;
 * - of what the stack itself made, a longer beginning that all had in common (`BUCKET/*`, used below `BUCKET/bodies/`).
 * How much of the customer's own names a pattern covers is not the log's to say: a few accounts have few of them.
 */
export function narrowerThan(pattern: string, used: ReadonlySet<string>): string | undefined {
  if (!hasWildcard(pattern) || used.size === 0 || used.has('*')) return undefined;
  const given = [...used].map(arnParts);
  const wanted = arnParts(pattern);
  const scope = [0, 1, 2, 3, 4].map((at) => {
    const [first = '', ...others] = new Set(given.map((parts) => parts[at] ?? ''));
    return others.length === 0 ? first : '*';
  });
  const name = `${beginningOf(given.map((parts) => parts[5] ?? ''))}*`;
  if (wanted.length < 6) return [...scope, name].join(':');
  const isWide = scope.some((part, at) => part !== '*' && hasWildcard(wanted[at] ?? ''));
  const written = wanted[5] ?? '';
  const ownName = isTold(pattern, written) && name.length > fixed(written).length + 1;
  if (!isWide && !ownName) return undefined;
  return [...scope, ownName ? name : written].join(':');
}

/** Whether what was used says something of the resource's part: its type is open, or its names are the stack's. */
const isTold = (pattern: string, written: string): boolean =>
  hasWildcard(written) && (!/[/:]/.test(fixed(written)) || /firebreak-/.test(pattern));

/** What stands before the first wildcard. */
const fixed = (text: string): string => text.slice(0, text.search(/[*?]|$/));

/** What all begin with, up to and with the last `/` or `:`: what follows is a name. */
function beginningOf([first = '', ...others]: readonly string[]): string {
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length -= 1;
  const common = first.slice(0, length);
  const cut = common.search(ends);
  return cut < 0 ? '' : common.slice(0, cut + 1);
}
