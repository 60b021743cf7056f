import type { Decision } from '../../shared/plan/plan.ts';
import type { ByTier, Deed, Sum } from './tally.ts';

/** How one incident differs from the first set of rules to the second. */
export type Difference =
  | 'new containment'
  | 'lost containment'
  | 'other targets'
  | 'other decision'
  | 'other rule'
  | 'would do otherwise'
  | 'opened more often'
  | 'opened less often'
  | 'more pages'
  | 'fewer pages'
  | 'more pages at night'
  | 'fewer pages at night'
  | 'other messages';

/** What an incident came to under one set of rules, as it is printed. */
export interface Came {
  readonly opened: number;
  readonly decision: Decision;
  readonly rules: readonly string[];
  /** By action, its targets. */
  readonly actions: Readonly<Record<string, readonly string[]>>;
  /** What would be done but for a rule that observes, or a person who is wanted. */
  readonly proposed: Readonly<Record<string, readonly string[]>>;
  readonly pages: Readonly<ByTier>;
  readonly pagesAtNight: number;
}

export interface Changed {
  readonly incident: string;
  readonly what: readonly Difference[];
  readonly a: Came;
  readonly b: Came;
}

function byAction(deeds: Iterable<Deed>): Readonly<Record<string, readonly string[]>> {
  const grouped = Map.groupBy(deeds, ({ action }) => action);
  const sorted = [...grouped].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([action, some]) => [action, some.map(({ target }) => target).sort()]));
}

const nothing: Came = {
  opened: 0,
  decision: 'ignore',
  rules: [],
  actions: {},
  proposed: {},
  pages: { page: 0, notice: 0, digest: 0 },
  pagesAtNight: 0,
};

const cameTo = (sum: Sum | undefined): Came =>
  sum === undefined
    ? nothing
    : {
        opened: sum.opened,
        decision: sum.decision,
        rules: [...sum.rules].sort(),
        actions: byAction(sum.done.values()),
        proposed: byAction(sum.would.values()),
        pages: sum.told,
        pagesAtNight: sum.pagesAtNight,
      };

const contains = (sum: Sum | undefined): boolean => [...(sum?.done.values() ?? [])].some((deed) => deed.contains);

const equal = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function differences(a: Came, b: Came, contained: readonly [boolean, boolean]): readonly Difference[] {
  const [before, after] = contained;
  const all: readonly (readonly [Difference, boolean])[] = [
    ['new containment', !before && after],
    ['lost containment', before && !after],
    ['other targets', before === after && !equal(a.actions, b.actions)],
    ['other decision', before === after && a.decision !== b.decision],
    // What is done now is no longer what would be done: one of the two says it.
    ['would do otherwise', equal(a.actions, b.actions) && !equal(a.proposed, b.proposed)],
    ['other rule', !equal(a.rules, b.rules)],
    ['opened more often', b.opened > a.opened],
    ['opened less often', b.opened < a.opened],
    ['more pages', b.pages.page > a.pages.page],
    ['fewer pages', b.pages.page < a.pages.page],
    ['more pages at night', b.pagesAtNight > a.pagesAtNight],
    ['fewer pages at night', b.pagesAtNight < a.pagesAtNight],
    ['other messages', b.pages.notice !== a.pages.notice || b.pages.digest !== a.pages.digest],
  ];
  return all.flatMap(([what, is]) => (is ? [what] : []));
}

/** Loudest first: what is contained or not any more, then who is woken. */
const weight = ({ what, a, b }: Changed): number =>
  (what.includes('lost containment') ? 8 : 0) +
  (what.includes('new containment') ? 4 : 0) +
  (a.pages.page === b.pages.page ? 0 : 2) +
  (what.includes('other targets') ? 1 : 0);

/** The incidents that differ between two sides of a replay, the weightiest first. Pure. */
export function changedBetween(a: ReadonlyMap<string, Sum>, b: ReadonlyMap<string, Sum>): readonly Changed[] {
  const changed: Changed[] = [];
  for (const incident of new Set([...a.keys(), ...b.keys()])) {
    const [one, other] = [a.get(incident), b.get(incident)];
    const [before, after] = [cameTo(one), cameTo(other)];
    if (equal(before, after)) continue;
    const what = differences(before, after, [contains(one), contains(other)]);
    changed.push({ incident, what, a: before, b: after });
  }
  return changed.sort((x, y) => weight(y) - weight(x) || (x.incident < y.incident ? -1 : 1));
}
