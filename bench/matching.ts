import type { Finding } from '../shared/finding/finding.ts';
import { decideFinding } from '../shared/plan/match.ts';
import { considered } from '../shared/rules/decide.ts';
import type { RuleSet } from '../shared/rules/rule.ts';
import type { Figure } from './figure.ts';
import { findingsFor, setOf, setOfOneKind } from './ruleSets.ts';

const GOAL_PER_SECOND = 50_000;
const SIZES = [5, 500, 5000] as const;
const ROUNDS = 7;
const ROUND_CPU_MS = 300;
const now = new Date('2026-11-20T10:00:00.000Z');

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Microseconds of processor time for each finding, the garbage collector's included: what else runs on the machine does not count. */
function microsecondsEach(findings: readonly Finding[], decide: (finding: Finding) => unknown): number {
  const rounds: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const from = cpuMs();
    let done = 0;
    while (cpuMs() - from < ROUND_CPU_MS) {
      for (const finding of findings) decide(finding);
      done += findings.length;
    }
    // The first one is for the compiler.
    if (round > 0) rounds.push(((cpuMs() - from) * 1000) / done);
  }
  return median(rounds);
}

/** The decision as production makes it, the sentence why included; and the same by asking each rule in turn. */
const decided = (set: RuleSet) => (finding: Finding) => decideFinding(finding, set, now);
const inTurn = (set: RuleSet) => (finding: Finding) => considered(finding, set, now);

export function matchingFigures(eventsFolder: string): readonly Figure[] {
  const bySize = new Map<number, number>();
  const figures: Figure[] = [];
  for (const size of SIZES) {
    const each = microsecondsEach(findingsFor(eventsFolder, size), decided(setOf(size)));
    bySize.set(size, each);
    figures.push({
      name: `decisions with ${size} rules, one core`,
      value: 1e6 / each,
      unit: 'events/s',
      ...(size === 500 ? { goal: { at: 'least', value: GOAL_PER_SECOND } } : {}),
    });
  }
  const of = (size: number): number => bySize.get(size) ?? Number.NaN;
  const images = findingsFor(eventsFolder, 500).filter(({ type }) => type === 'ImageScan');
  const loop = microsecondsEach(findingsFor(eventsFolder, 500).slice(0, 20), inTurn(setOf(500)));
  return [
    ...figures,
    { name: 'time of a decision, 500 rules to 5', value: of(500) / of(5), unit: 'times' },
    { name: 'time of a decision, 5,000 rules to 500', value: of(5000) / of(500), unit: 'times' },
    { name: 'asking 500 rules in turn, each with why not, to a decision', value: loop / of(500), unit: 'times' },
    {
      name: 'decisions with 500 rules that all share a value with the event',
      value: 1e6 / microsecondsEach(images, decided(setOfOneKind(500))),
      unit: 'events/s',
    },
  ];
}
