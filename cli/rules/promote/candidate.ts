import { catalogue } from '../../../shared/actions/catalogue.ts';
import { readPointer } from '../../../shared/incident/rulesets.ts';
import { InvalidRules } from '../../../shared/platform/errors.ts';
import { canonicalJson } from '../../../shared/platform/json.ts';
import { plain } from '../../../shared/report/text.ts';
import { sentencesBetween } from '../../../shared/rules/changes.ts';
import { closest } from '../../../shared/rules/closest.ts';
import { compileRuleSet } from '../../../shared/rules/compile.ts';
import type { Mode, Problem, RuleSet, RuleSource } from '../../../shared/rules/rule.ts';
import { parseRuleSet } from '../../../shared/rules/storedSet.ts';
import type { StageConnection } from '../../stage.ts';
import { alwaysPages } from '../lintCommand.ts';
import { prefixOf, readStored } from '../stored.ts';
import { enforcingText } from './modeEdit.ts';

/** A rule that observes, as it stands in Parameter Store, and what would be written in its place. */
export interface Candidate {
  readonly kind: 'candidate';
  readonly rule: string;
  readonly parameter: string;
  readonly version: number;
  readonly text: string;
  readonly next: string;
  /** All that is in Parameter Store, compiled. */
  readonly set: RuleSet;
  /** What is different with it, as sentences. */
  readonly changes: readonly string[];
}

/** Why nothing is to be switched. */
export type NoCandidate =
  | { readonly kind: 'nothing'; readonly reason: string }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

const nothing = (reason: string): NoCandidate => ({ kind: 'nothing', reason });

const nameOf = (path: string): string | undefined =>
  path.startsWith('rules/') ? path.slice('rules/'.length).replace(/\.(ya?ml|json)$/, '') : undefined;

/** The mode that a rule without one has, where the settings in Parameter Store say nothing of it: the deployment's. */
async function defaultModeOf({ effects: { bodies } }: StageConnection, hash: string | undefined): Promise<Mode> {
  if (hash === undefined) return 'observe';
  try {
    return parseRuleSet(await bodies.get(hash), catalogue).settings.defaultMode;
  } catch (error) {
    if (error instanceof InvalidRules) return 'observe';
    throw error;
  }
}

/** A set that compiled, as it is stored and read back. */
type Linted =
  | { readonly set: RuleSet }
  | { readonly set?: undefined; readonly refused: Extract<NoCandidate, { kind: 'refused' }> };

/** As the guard compiles it. */
function linted(sources: readonly RuleSource[], defaultMode: Mode, now: Date): Linted {
  const { set, problems } = compileRuleSet(sources, catalogue, { defaultMode, now, alwaysPages });
  if (set !== null) return { set: parseRuleSet(canonicalJson(set), catalogue) };
  return { refused: { kind: 'refused', problems: problems.filter(({ level }) => level === 'error') } };
}

/** Looks for a rule that observes and could enforce. Throws what AWS answers. */
export async function candidateOf(connection: StageConnection, rule: string): Promise<Candidate | NoCandidate> {
  const { stage, effects } = connection;
  const pointer = await readPointer(effects.table);
  if (pointer?.restores === true) return nothing('A rollback is putting the parameters back: look again in a minute.');
  const { sources, versions } = await readStored(connection);
  const source = sources.find(({ path }) => nameOf(path) === rule);
  if (source === undefined) {
    const there = sources.flatMap(({ path }) => nameOf(path) ?? []);
    const hint = there.length === 0 ? 'it has none at all' : closest(rule, there);
    return nothing(`There is no rule "${plain(rule, 100)}" in stage ${stage}; ${hint}`);
  }
  const [defaultMode, now] = [await defaultModeOf(connection, pointer?.hash), effects.clock.now()];
  const before = linted(sources, defaultMode, now);
  if (before.set === undefined) return before.refused;
  if (before.set.rules.find(({ name }) => name === rule)?.mode === 'enforce')
    return nothing(`Rule ${plain(rule, 100)} enforces already.`);
  const next = enforcingText(source.text);
  const parameter = `${prefixOf(stage)}${source.path}`;
  if (next === null)
    return nothing(`${parameter} is written so that its mode cannot be changed alone: write "mode: enforce" by hand.`);
  const after = linted(
    sources.map((one) => (one === source ? { ...one, text: next } : one)),
    defaultMode,
    now,
  );
  if (after.set === undefined) return after.refused;
  return {
    kind: 'candidate',
    rule,
    parameter,
    version: versions[parameter] ?? 0,
    text: source.text,
    next,
    set: before.set,
    changes: sentencesBetween(before.set, after.set),
  };
}
