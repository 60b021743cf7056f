import { catalogue } from '../../shared/actions/catalogue.ts';
import { edited } from '../../shared/respond/guardSources.ts';
import { sentencesBetween } from '../../shared/rules/changes.ts';
import { compileRuleSet } from '../../shared/rules/compile.ts';
import type { Problem, RuleSource } from '../../shared/rules/rule.ts';
import type { StageConnection } from '../stage.ts';

export interface Stored {
  readonly sources: readonly RuleSource[];
  /** Parameter name -> version. */
  readonly versions: { readonly [parameter: string]: number };
}

export const prefixOf = (stage: string): string => `/firebreak/${stage}/`;

/** What people have written into a stage's parameters. */
export async function readStored({ stage, effects }: StageConnection): Promise<Stored> {
  const prefix = prefixOf(stage);
  return edited(prefix, await effects.parameters.below(prefix.slice(0, -1)));
}

/** How two lists of sources differ, by path. */
export interface Difference {
  /** In the second with another text, or in it alone. */
  readonly put: readonly RuleSource[];
  /** In the first alone. */
  readonly gone: readonly string[];
}

export function differenceOf(from: readonly RuleSource[], to: readonly RuleSource[]): Difference {
  const texts = new Map(from.map(({ path, text }) => [path, text]));
  const kept = new Set(to.map(({ path }) => path));
  return {
    put: to.filter(({ path, text }) => texts.get(path) !== text),
    gone: from.map(({ path }) => path).filter((path) => !kept.has(path)),
  };
}

/** What is there once files are put over it: what they do not have stays. */
export function withFiles(stored: readonly RuleSource[], files: readonly RuleSource[]): readonly RuleSource[] {
  const put = new Set(files.map(({ path }) => path));
  return [...files, ...stored.filter(({ path }) => !put.has(path))];
}

/** What keeps sources from being published. */
export const errorsIn = (sources: readonly RuleSource[]): readonly Problem[] =>
  compileRuleSet(sources, catalogue).problems.filter(({ level }) => level === 'error');

/** What would be different, as sentences: of the rules where both sides compile, else of the files. */
export function differenceSentences(from: readonly RuleSource[], to: readonly RuleSource[]): readonly string[] {
  const [before, after] = [from, to].map((sources) => compileRuleSet(sources, catalogue).set);
  if (before !== null && before !== undefined && after !== null && after !== undefined) {
    return sentencesBetween(before, after);
  }
  const { put, gone } = differenceOf(from, to);
  const known = new Set(from.map(({ path }) => path));
  return [
    ...put.map(({ path }) => (known.has(path) ? `${path} has another text` : `${path} is new`)),
    ...gone.map((path) => `${path} is gone`),
  ];
}
