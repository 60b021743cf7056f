import type { Finding } from '../finding/finding.ts';
import type { ResourceKind } from '../finding/resource.ts';
import { canonicalJson } from '../platform/json.ts';
import type { Exempted } from '../rules/decide.ts';
import { indexPatterns } from '../rules/pattern/patternIndex.ts';
import { compiledOf } from '../rules/patterns.ts';
import { asksFirst, type Exemption, type Rule, type RuleSet } from '../rules/rule.ts';
import type { DangerAction } from './acting.ts';
import { type Fate, fateOf } from './fate.ts';
import { worstNamed } from './worstIn.ts';
import { worstProbes } from './worstProbes.ts';

type Part = Rule | Exemption;

/** Those of either side that the other does not have as they are. */
function differing(before: readonly Part[], after: readonly Part[]): readonly Part[] {
  const byText = (parts: readonly Part[]) => new Map(parts.map((part) => [canonicalJson(part), part]));
  const [was, is] = [byText(before), byText(after)];
  const only = (some: ReadonlyMap<string, Part>, others: ReadonlyMap<string, Part>) =>
    [...some].flatMap(([text, part]) => (others.has(text) ? [] : [part]));
  return [...only(was, is), ...only(is, was)];
}

/** Exemptions that take something now which they did not take before. */
const newlyExempted = (was: Fate, is: Fate): readonly Exempted[] =>
  is.exempted.filter(
    (one) =>
      !was.exempted.some(({ name, takes, rule }) => name === one.name && takes === one.takes && rule === one.rule),
  );

/** Why less, or more, becomes of a finding than before: which exemption or rule brings it about. */
function because(was: Fate, is: Fate): string {
  const names = [...new Set(newlyExempted(was, is).map(({ name }) => name))];
  if (names.length > 0) return `by exemption ${names.join(', ')}`;
  if (is.rule === null) return 'no rule takes them';
  const { name, mode } = is.rule;
  if (name !== was.rule?.name) return `rule ${name} takes them now`;
  if (mode === 'observe') return `rule ${name} observes`;
  return asksFirst(is.rule) ? `rule ${name} waits for an approval` : `rule ${name} does otherwise`;
}

const quieter = (was: Fate, is: Fate): boolean => is.told < was.told;

/** A service starts another task in the place of one that is stopped: where it was stopped as well, that is what counts. */
const mainOf = ({ workloads }: Fate): ResourceKind | undefined =>
  workloads.find((kind) => kind === 'ecs-service') ?? workloads[0];

function lessOf(was: Fate, is: Fate): string | undefined {
  if (was.changing.length > 0 && is.changing.length === 0) return 'are not contained any more';
  const main = mainOf(was);
  return main === undefined || is.workloads.includes(main) ? undefined : `are contained less, without ${main}`;
}

/** An action that another rule does as well, or a parameter that it switches on. The same rule says so itself. */
function moreOf(was: Fate, is: Fate): string | undefined {
  if (was.changing.length === 0 || was.rule?.name === is.rule?.name) return undefined;
  for (const { action, params } of is.changing) {
    const known = was.changing.find((one) => one.action === action);
    if (known === undefined) return `get ${action} as well`;
    const on = Object.keys(params).find((key) => params[key] === true && known.params[key] !== true);
    if (on !== undefined) return `get ${action} with ${on}`;
  }
  return undefined;
}

interface Group {
  readonly what: string;
  readonly because: string;
  readonly findings: Set<string>;
  /** The rules that took them before, where another does now. */
  readonly rules: Set<string>;
}

const mostRules = 3;

/** How many findings with names are looked at: of one part, and, where many parts differ, about so many of all. */
const mostOfOne = 12;
const fewestOfPart = 2;
const mostNamed = 1200;

const isAnyone: ReadonlySet<Finding> = new Set(worstProbes);

function sentenceOf({ what, because: why, findings, rules }: Group): string {
  const [first = '', ...more] = findings;
  const which = more.length === 0 ? first : `${first} and ${more.length} more`;
  const others = rules.size > mostRules ? ` and ${rules.size - mostRules} more` : '';
  const did = rules.size === 0 ? '' : `, as ${[...rules].slice(0, mostRules).join(', ')}${others} did`;
  return `findings of the worst class (${which}) ${what}: ${why}${did}`;
}

/**
 * What of the worst class is contained less or wakes nobody any more, or is contained harder by another rule: a corpus of findings, and those
 * that the parts which differ name, run through what decides. One sentence for each rule or exemption that brings it about. Pure.
 */
export function ofWorst(
  before: RuleSet,
  after: RuleSet,
  actions: readonly DangerAction[],
  now: Date,
): readonly string[] {
  const parts = [...differing(before.rules, after.rules), ...differing(before.exemptions, after.exemptions)];
  const mostOfPart = Math.max(fewestOfPart, Math.min(mostOfOne, Math.floor(mostNamed / Math.max(1, parts.length))));
  const named = new Map(
    parts
      .flatMap((part) => worstNamed(part.when, { mostProbes: mostOfPart, byName: 'do' in part }))
      .map((probe) => [JSON.stringify(probe), probe]),
  );
  const groups = new Map<string, Group>();
  const changesNothing = before.settings.observeOnly && after.settings.observeOnly;
  // What no part takes that differs is decided as before.
  const index = indexPatterns(parts.map(({ when }) => compiledOf(when)));
  const concerned = worstProbes.filter((probe) => !index.hits(probe)[Symbol.iterator]().next().done);
  for (const probe of [...concerned, ...named.values()]) {
    const [was, is] = [fateOf(probe, before, actions, now), fateOf(probe, after, actions, now)];
    const said = [
      changesNothing ? undefined : lessOf(was, is),
      quieter(was, is) ? 'wake nobody any more' : undefined,
      changesNothing || !isAnyone.has(probe) ? undefined : moreOf(was, is),
    ].filter((what) => what !== undefined);
    for (const what of said) {
      const why = because(was, is);
      const key = JSON.stringify([what, why]);
      const group = groups.get(key) ?? { what, because: why, findings: new Set(), rules: new Set() };
      group.findings.add(`${probe.type} on ${probe.resource.kind}`);
      if (was.rule !== null && was.rule.name !== is.rule?.name && !why.startsWith('by '))
        group.rules.add(was.rule.name);
      groups.set(key, group);
    }
  }
  return [...groups.values()].map(sentenceOf);
}
