import type { Finding } from '../shared/finding/finding.ts';
import { decideFinding } from '../shared/plan/match.ts';
import { considered } from '../shared/rules/decide.ts';
import type { Figure } from './figure.ts';
import { findingsFor, setOf, setOfOneKind } from './ruleSets.ts';

const GOAL_PER_SECOND = 50_000;
const ROUNDS = 9;
const ROUND_CPU_MS = 100;
const now = new Date('2026-11-20T10:00:00.000Z');

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

interface Asked {
  readonly findings: readonly Finding[];
  readonly decide: (finding: Finding) => unknown;
}

/** Microseconds of processor time for each finding, what Node does beside it included. */
function round({ findings, decide }: Asked): number {
  const from = cpuMs();
  let done = 0;
  while (cpuMs() - from < ROUND_CPU_MS) {
    for (const finding of findings) decide(finding);
    done += findings.length;
  }
  return ((cpuMs() - from) * 1000) / done;
}

/** The median of each, taken in turn, so that what else the machine does hits all alike. The first round is the compiler's. */
function measured<K extends string>(all: Readonly<Record<K, Asked>>): Readonly<Record<K, number>> {
  const names = Object.keys(all) as K[];
  const rounds = Array.from({ length: ROUNDS + 1 }, () => names.map((name) => round(all[name]))).slice(1);
  const medians = names.map((name, at) => [name, median(rounds.map((one) => one[at] ?? Number.NaN))] as const);
  return Object.fromEntries(medians) as Record<K, number>;
}

export function matchingFigures(eventsFolder: string): readonly Figure[] {
  /** The decision as production makes it, the sentence why included. */
  const decided = (size: number): Asked => {
    const set = setOf(size);
    return { findings: findingsFor(eventsFolder, size), decide: (finding) => decideFinding(finding, set, now) };
  };
  const set = setOf(500);
  const shared = setOfOneKind(500);
  const findings = findingsFor(eventsFolder, 500);
  const each = measured({
    five: decided(5),
    many: decided(500),
    most: decided(5000),
    // One rule after the other, each with why not.
    inTurn: { findings: findings.slice(0, 20), decide: (finding) => considered(finding, set, now) },
    shared: {
      findings: findings.filter(({ type }) => type === 'ImageScan'),
      decide: (finding) => decideFinding(finding, shared, now),
    },
  });
  const perSecond = (name: string, microseconds: number, goal?: Figure['goal']): Figure => ({
    ...{ name, value: 1e6 / microseconds, unit: 'events/s' },
    ...(goal === undefined ? {} : { goal }),
  });
  return [
    perSecond('decisions with 5 rules, one core', each.five),
    perSecond('decisions with 500 rules, one core', each.many, { at: 'least', value: GOAL_PER_SECOND }),
    perSecond('decisions with 5,000 rules, one core', each.most),
    { name: 'time of a decision, 500 rules to 5', value: each.many / each.five, unit: 'times' },
    { name: 'time of a decision, 5,000 rules to 500', value: each.most / each.many, unit: 'times' },
    {
      name: 'asking 500 rules in turn, each with why not, to a decision',
      value: each.inTurn / each.many,
      unit: 'times',
    },
    perSecond('decisions with 500 rules that all share a value with the event', each.shared),
  ];
}
