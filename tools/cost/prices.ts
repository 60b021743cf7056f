import type { Usage } from './usage.ts';

/** What has a price, by the names of the table in docs/cost.md. */
export const priced = [
  'transitions',
  'invocations',
  'gbSeconds',
  'writeUnits',
  'readUnits',
  's3Puts',
  's3Gets',
  'queueRequests',
  'published',
  'mails',
  'logGb',
  'tableGb',
  'backupGb',
  'bucketGb',
  'alarms',
  'metrics',
  'kmsRequests',
] as const;
export type Priced = (typeof priced)[number];
export type Quantities = Readonly<Record<Priced, number>>;

export interface Price {
  readonly what: string;
  /** Dollars for `per` of it. */
  readonly dollars: number;
  readonly per: number;
  /** So many a month cost nothing, for good (no twelve-month offers). */
  readonly free: number;
}
export type Prices = Readonly<Record<Priced, Price>>;

const isPriced = (key: string): key is Priced => (priced as readonly string[]).includes(key);

function numberIn(text: string, key: string): number {
  const value = Number(text.replaceAll(/[\s,$]/g, ''));
  if (text === '' || !Number.isFinite(value) || value < 0)
    throw new Error(`The price of ${key} has "${text}", no number.`);
  return value;
}

/** The price table of docs/cost.md: rows of what, `key`, dollars, per, free, source and date. Throws when one is missing, twice or unknown. */
export function readPrices(page: string): Prices {
  const found = new Map<Priced, Price>();
  for (const [, what = '', key = '', dollars = '', per = '', free = '', source = '', date = ''] of page.matchAll(
    /^\| ([^|]+) \| `(\w+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm,
  )) {
    if (!isPriced(key)) throw new Error(`docs/cost.md has a price for "${key}", which nothing counts.`);
    if (found.has(key)) throw new Error(`docs/cost.md has two prices for "${key}".`);
    if (!/^\[.+\]/.test(source) || !/^\d{4}-\d{2}-\d{2}$/.test(date)) {
      throw new Error(`docs/cost.md: the price of ${key} needs a source mark and a date.`);
    }
    found.set(key, {
      what,
      dollars: numberIn(dollars, key),
      per: numberIn(per, key),
      free: numberIn(free, key),
    });
  }
  const missing = priced.filter((key) => !found.has(key));
  if (missing.length > 0) throw new Error(`docs/cost.md has no price for ${missing.join(', ')}.`);
  return Object.fromEntries(found) as Prices;
}

const GIB = 2 ** 30;

/** What usage comes to, in the units that are priced. What it stores is taken for a month. */
export const quantitiesOf = (usage: Usage, more: Partial<Quantities> = {}): Quantities => {
  const { transitions, invocations, gbSeconds, writeUnits, readUnits, s3Puts, s3Gets, queueRequests } = usage;
  const { published, mails, logBytes, tableBytes, bucketBytes } = usage;
  const table = tableBytes / GIB;
  return {
    ...{ transitions, invocations, gbSeconds, writeUnits, readUnits, s3Puts, s3Gets, queueRequests, published, mails },
    ...{
      logGb: logBytes / GIB,
      tableGb: table,
      backupGb: table,
      bucketGb: bucketBytes / GIB,
      alarms: 0,
      metrics: 0,
      kmsRequests: 0,
    },
    ...more,
  };
};

export interface Bill {
  readonly total: number;
  readonly lines: Readonly<Record<Priced, number>>;
}

/** In dollars; with `free`, less what costs nothing each month. */
export function bill(quantities: Quantities, prices: Prices, { free }: { readonly free: boolean }): Bill {
  const dollarsOf = (key: Priced): number => {
    const { dollars, per, free: given } = prices[key];
    return (Math.max(0, quantities[key] - (free ? given : 0)) / per) * dollars;
  };
  const lines = Object.fromEntries(priced.map((key) => [key, dollarsOf(key)])) as Bill['lines'];
  return { lines, total: priced.reduce((sum, key) => sum + lines[key], 0) };
}

/** What most of a bill goes to, largest first, with its share. */
export const dominant = (
  { lines, total }: Bill,
  most = 3,
): readonly { readonly key: Priced; readonly share: number }[] =>
  priced
    .map((key) => ({ key, share: total === 0 ? 0 : lines[key] / total }))
    .toSorted((a, b) => b.share - a.share)
    .slice(0, most)
    .filter(({ share }) => share > 0);
