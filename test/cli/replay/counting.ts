import type { Came } from '../../../cli/replay/compare.ts';
import type { Totals } from '../../../cli/replay/result.ts';
import type { CountedStep, Decided, Played, Ran } from './bruteForce.ts';

const rank = ['ignore', 'observe', 'hold', 'approve', 'contain'];
const most = (runs: readonly Ran[]): Decided['decision'] =>
  rank.findLast((one) => runs.some(({ decided }) => decided.decision === one)) as Decided['decision'];

const counts = (names: readonly string[]): Record<string, number> => {
  const all: Record<string, number> = {};
  for (const name of names) all[name] = (all[name] ?? 0) + 1;
  return all;
};

const firsts = (steps: readonly CountedStep[]): readonly CountedStep[] => [
  ...new Map(steps.map((step) => [step.key, step])).values(),
];
const doneIn = (runs: readonly Ran[]): readonly CountedStep[] => firsts(runs.flatMap(({ decided }) => decided.steps));
const wouldIn = (runs: readonly Ran[]): readonly CountedStep[] => {
  const done = doneIn(runs).map(({ key }) => key);
  return firsts(runs.flatMap(({ decided }) => decided.proposed)).filter(({ key }) => !done.includes(key));
};
const atNight = (atMs: number): boolean => {
  const hour = new Date(atMs).getUTCHours();
  return hour >= 22 || hour < 7;
};

const rulesIn = (runs: readonly Ran[]): readonly string[] =>
  [...new Set(runs.flatMap(({ decided }) => decided.rules))].sort();

function openingsOf(runs: readonly Ran[]): readonly (readonly Ran[])[] {
  return [...Map.groupBy(runs, ({ incident, opening }) => `${incident} ${opening}`).values()];
}

function targets(steps: readonly CountedStep[]): Record<string, string[]> {
  const all: Record<string, string[]> = {};
  for (const { action, target } of steps) all[action] = [...(all[action] ?? []), target].sort();
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** All that was run and sent, counted by hand: once over everything, and nothing remembered on the way. */
export function totalsByHand({ runs, sent, records }: Played): Omit<Totals, never> {
  const openings = openingsOf(runs);
  const decided = openings.map(most);
  const tier = (wanted: string): number => sent.filter((one) => one.tier === wanted).length;
  const changed = openings.flatMap(doneIn).filter(({ changes }) => changes);
  return {
    incidents: decided.filter((decision) => decision !== 'ignore').length,
    decisions: counts(decided),
    pages: { page: tier('page'), notice: tier('notice'), digest: tier('digest') },
    pagesAtNight: sent.filter((one) => one.tier === 'page' && atNight(one.atMs)).length,
    actions: counts(openings.flatMap(doneIn).map(({ action }) => action)),
    proposed: counts(openings.flatMap(wouldIn).map(({ action }) => action)),
    targets: new Set(changed.map(({ target }) => target)).size,
    rules: counts(openings.flatMap(rulesIn)),
    accepted: records.get('accepted') ?? 0,
    duplicates: records.get('duplicate') ?? 0,
  };
}

/** What became of each incident, likewise. */
export function cameByHand({ runs, sent }: Played): ReadonlyMap<string, Came> {
  return new Map(
    [...Map.groupBy(runs, ({ incident }) => incident)].map(([incident, some]) => {
      const messages = sent.filter((one) => one.incident === incident);
      const tier = (wanted: string): number => messages.filter((one) => one.tier === wanted).length;
      const openings = openingsOf(some);
      return [
        incident,
        {
          opened: openings.filter((one) => most(one) !== 'ignore').length,
          decision: most(some),
          rules: rulesIn(some),
          actions: targets(firsts(openings.flatMap(doneIn))),
          proposed: targets(wouldIn(some)),
          pages: { page: tier('page'), notice: tier('notice'), digest: tier('digest') },
          pagesAtNight: messages.filter((one) => one.tier === 'page' && atNight(one.atMs)).length,
        },
      ];
    }),
  );
}
