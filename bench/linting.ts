import { stringify } from 'yaml';
import { catalogue } from '../shared/actions/catalogue.ts';
import { compileRuleSet } from '../shared/rules/compile.ts';
import type { RuleSet, RuleSource } from '../shared/rules/rule.ts';
import type { Figure } from './figure.ts';
import { setOf, setOfOneKind } from './ruleSets.ts';

const GOAL_SECONDS = 1;
const ROUNDS = 5;

const now = new Date('2026-11-20T10:00:00.000Z');

/** The rules of a set as the files that people write. */
const filesOf = ({ rules }: RuleSet): readonly RuleSource[] =>
  rules.map(({ name, order, when }) => ({
    path: `rules/${name}`,
    text: `# Why it is there, and what it costs if it is wrong.\n${stringify({ name, order, when, do: ['evidence.capture', 'ecr.quarantine-image'], mode: 'observe' })}`,
  }));

/** Seconds of processor time for one lint, the fastest of some: what else the machine does only adds. */
function seconds(sources: readonly RuleSource[]): number {
  const all = Array.from({ length: ROUNDS }, () => {
    const from = process.cpuUsage();
    compileRuleSet(sources, catalogue, { now });
    const { user, system } = process.cpuUsage(from);
    return (user + system) / 1e6;
  });
  return Math.min(...all);
}

/** How long lint takes, in the command and in the guard alike. */
export function lintingFigures(): readonly Figure[] {
  const [few, many, shared] = [setOf(50), setOf(500), setOfOneKind(500)].map((set) => seconds(filesOf(set)));
  return [
    {
      name: 'lint of 500 rules, one core',
      value: many ?? Number.NaN,
      unit: 's',
      goal: { at: 'most', value: GOAL_SECONDS },
    },
    { name: 'time of a lint, 500 rules to 50', value: (many ?? Number.NaN) / (few ?? Number.NaN), unit: 'times' },
    { name: 'lint of 500 rules that all ask about the same two fields', value: shared ?? Number.NaN, unit: 's' },
  ];
}
