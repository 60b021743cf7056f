import { expect } from 'vitest';
import { pack } from '../../functions/guard/pack.generated.ts';
import { catalogue } from '../../shared/actions/catalogue.ts';
import { dangersOf, lessOf } from '../../shared/plan/dangers.ts';
import { threatClass } from '../../shared/plan/threatTypes.ts';
import { compileRuleSet } from '../../shared/rules/compile.ts';
import type { RuleSet, RuleSource } from '../../shared/rules/rule.ts';
import { now } from './fakes.ts';

/** Rules as people have them in Parameter Store, by path; null is one that is not there. */
export type Texts = { readonly [path: string]: string | null };

export const shipped: Texts = Object.fromEntries(pack.map(({ path, text }) => [path, text]));

export const textOf = (path: string): string => shipped[path] ?? '';

/** Throws what lint says of a set that it refuses. */
export function compiled(texts: Texts): RuleSet {
  const sources = Object.entries(texts).flatMap(([path, text]): readonly RuleSource[] =>
    text === null ? [] : [{ path, text }],
  );
  const { set, problems } = compileRuleSet(sources, catalogue, {
    now,
    alwaysPages: (type) => threatClass({ type, severity: null }) === 'A',
  });
  if (set === null) throw new Error(problems.map(({ file, message }) => `${file}: ${message}`).join('\n'));
  return set;
}

/** What of an edit waits for a person, and what is told of one that does not. */
export const dangersBetween = (before: Texts, after: Texts): readonly string[] =>
  dangersOf(compiled(before), compiled(after), catalogue, now);
export const toldBetween = (before: Texts, after: Texts): readonly string[] =>
  lessOf(compiled(before), compiled(after), catalogue, now);

export const exemptionOf = (when: string, more = '', expires = '2027-01-01'): Texts => ({
  'exemptions/e': `name: e\nwhen: ${when}\nowner: x\nreason: y\nexpires: ${expires}\n${more}`,
});

export const ruleOf = (name: string, when: string, does: readonly string[], more = 'mode: enforce\n'): Texts => ({
  [`rules/${name}`]: `name: ${name}\nwhen: ${when}\ndo:\n${does.map((one) => `  - ${one}\n`).join('')}${more}`,
});

/** An edit of a shipped parameter. */
export const edited = (path: string, from: string | RegExp, to: string): Texts => {
  const text = textOf(path).replace(from, to);
  if (text === textOf(path)) throw new Error(`${path} has no ${from}`);
  return { [path]: text };
};

export const evidence = 'evidence.capture';
export const replace = 'ecs.contain-service: { strategy: replace-task }';
export const zero = 'ecs.contain-service: { strategy: by-cause, allowZero: true }';
export const narrow = '{ source: [guardduty], resource: { kind: [ecs-task], cluster: [test] } }';
export const wide = '{ source: [guardduty], resource: { kind: [ecs-task] } }';
export const anything = '{ source: [{ exists: true }] }';
export const threatEcs = 'rules/threat-ecs';
/** The shipped settings with lines added, and with a word changed. */
export const settings = (text: string): Texts => ({ settings: `${textOf('settings')}\n${text}\n` });
export const said = (from: string, to: string): Texts => edited('settings', from, to);
export const gone = (...names: readonly string[]): Texts =>
  Object.fromEntries(names.map((name) => [`rules/${name}`, null]));
export const all = Object.keys(shipped).flatMap((path) =>
  path.startsWith('rules/') ? [path.slice('rules/'.length)] : [],
);

export const watched = ruleOf('mine', wide, [evidence, replace], 'order: 9\nmode: observe\n');
export const mine = (when: string, does = [evidence, replace], more = '') =>
  ruleOf('mine', when, does, `order: 9\nmode: enforce\n${more}`);

export type Case = readonly [what: string, before: Texts, after: Texts, said: string | RegExp];

/** That the edit waits, and why, in few sentences. */
export function expectWaits(...[, before, after, sentence]: Case): void {
  const found = dangersBetween({ ...shipped, ...before }, { ...shipped, ...before, ...after });
  expect(found).toContainEqual(typeof sentence === 'string' ? sentence : expect.stringMatching(sentence));
  expect(found.length).toBeLessThanOrEqual(4);
}
