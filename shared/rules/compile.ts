import type { Json } from '../platform/json.ts';
import { type Complaint, type Document, readDocument } from './document.ts';
import { unknownFrozen } from './freezeRules.ts';
import { lintExemption } from './lint/exempted.ts';
import { lintEnd } from './lint/exemptionEnds.ts';
import { fullBudget } from './lint/meets.ts';
import { lintProtected } from './lint/protects.ts';
import { type AlwaysPages, quietThreat } from './lint/quietThreat.ts';
import { unreached } from './lint/reach.ts';
import { lintEffects } from './lint/ruleEffects.ts';
import { readExemption } from './readExemption.ts';
import { type RuleDraft, readRule } from './readRule.ts';
import { readSettings } from './readSettings.ts';
import type { Exemption, Mode, Problem, Rule, RuleSet, RuleSource, Settings } from './rule.ts';
import { type RuleAction, settings } from './schema.ts';
import { memberOf } from './written.ts';

/** What a source is, from its path; its base name is the name that it must carry. */
function kindOf(path: string): { readonly kind: 'rule' | 'exemption' | 'settings' | 'unknown'; readonly base: string } {
  const [, folder = '', base = ''] = /^(?:(rules|exemptions)\/)?([^/]+?)(?:\.ya?ml|\.json)?$/.exec(path) ?? [];
  if (folder === 'rules') return { kind: 'rule', base };
  if (folder === 'exemptions') return { kind: 'exemption', base };
  return { kind: base === 'settings' ? 'settings' : 'unknown', base };
}

/** A part of a set with the file that it was read from. */
interface Read<T> {
  readonly value: T;
  readonly document: Document;
}

/** Refuses a name that is not the file's: the name is what people search for, and what the parameter is called. */
const misnamed = (name: string | null, base: string): readonly Complaint[] =>
  name === null || name === base
    ? []
    : [
        {
          code: 'name',
          path: 'name',
          message: `is "${name}", but the file is called "${base}"`,
          suggestion: `name: ${base}`,
        },
      ];

/** Keys that tell the kinds of files apart, whatever else is wrong in them. */
const MARKS = { rule: ['do'], exemption: ['expires', 'owner'], settings: Object.keys(settings.shape) } as const;
type Kind = keyof typeof MARKS;
const PLACES: Readonly<Record<Kind, string>> = { rule: 'rules/', exemption: 'exemptions/', settings: 'settings' };

/** A complaint when a file is of another kind than its place says: one sentence instead of one for each of its keys. */
function misplaced(value: Json, kind: Kind): readonly Complaint[] {
  const marked = (of: Kind): string | undefined => MARKS[of].find((key) => memberOf(value, key) !== undefined);
  if (marked(kind) !== undefined) return [];
  const other = (['rule', 'exemption', 'settings'] as const).find((of) => of !== kind && marked(of) !== undefined);
  if (other === undefined) return [];
  const message = `looks like ${other === 'settings' ? 'the settings' : `a${other === 'rule' ? '' : 'n'} ${other}`}, which has another place`;
  return [{ code: 'misplaced', path: marked(other) ?? '', message, suggestion: `move it to ${PLACES[other]}` }];
}

/** What is to be said of a file before its keys are looked at. */
function wholeFile(value: Json, kind: Kind): readonly Complaint[] {
  if (value !== null) return misplaced(value, kind);
  const message = `the file says nothing, so that there is no such ${kind}`;
  return kind === 'settings' ? [] : [{ code: 'empty', path: '', message, suggestion: 'remove it, or write it' }];
}

class Collected {
  readonly problems: Problem[] = [];
  readonly drafts: Read<RuleDraft>[] = [];
  readonly exemptions: Read<Exemption>[] = [];
  /** Of all rules, also of those that cannot be used: what names one of them has its name right. */
  readonly ruleNames = new Set<string>();
  settings: Read<Settings> | null = null;
  readonly #seen = new Set<string>();

  /** Notes the problems of a file; answers whether it may be used. */
  note(document: Document, complaints: readonly Complaint[]): boolean {
    const problems = complaints.map(document.problem);
    this.problems.push(...problems);
    return problems.every(({ level }) => level === 'warning');
  }

  /** A complaint when this kind and name came before: two parameters cannot have one name, but two files can. */
  repeated(kind: string, base: string): readonly Complaint[] {
    const key = `${kind}/${base}`;
    const again = this.#seen.has(key);
    this.#seen.add(key);
    const message = `there is another ${kind} called "${base}"`;
    return again
      ? [{ code: 'duplicate-name', path: 'name', message, suggestion: 'rename or remove one of the two' }]
      : [];
  }
}

function collect(source: RuleSource, actions: readonly RuleAction[], defaultMode: Mode, into: Collected): void {
  const document = readDocument(source);
  if (!('value' in document)) {
    into.problems.push(...document);
    return;
  }
  const { kind, base } = kindOf(source.path);
  if (kind === 'unknown') {
    const message = 'is neither a rule, an exemption nor the settings';
    into.note(document, [{ code: 'path', path: '', message, suggestion: 'rules/…, exemptions/… or settings' }]);
    return;
  }
  const repeated = into.repeated(kind, base);
  if (kind === 'rule') into.ruleNames.add(base);
  const whole = wholeFile(document.value, kind);
  if (whole.length > 0) {
    into.note(document, [...whole, ...repeated]);
  } else if (kind === 'rule') {
    const { draft: value, name, complaints } = readRule(document.value, actions);
    const usable = into.note(document, [...complaints, ...misnamed(name, base), ...repeated]);
    if (usable && value !== null) into.drafts.push({ value, document });
  } else if (kind === 'exemption') {
    const { value, name, complaints } = readExemption(document.value, actions);
    const usable = into.note(document, [...complaints, ...misnamed(name, base), ...repeated]);
    if (usable && value !== null) into.exemptions.push({ value, document });
  } else {
    const { value, complaints } = readSettings(document.value, defaultMode);
    if (into.note(document, [...complaints, ...repeated]) && value !== null) into.settings = { value, document };
  }
}

interface Around {
  readonly now: Date | undefined;
  readonly alwaysPages: AlwaysPages | undefined;
  readonly standing: readonly string[];
  /** Null where the settings cannot be read. */
  readonly chosen: Settings | null;
}

/** What is wrong with the parts of a set beside each other, and what they would do. */
function lintTogether(
  { drafts, exemptions, ruleNames, settings: read, problems }: Collected,
  rules: readonly Rule[],
  actions: readonly RuleAction[],
  { now, alwaysPages, standing, chosen }: Around,
): readonly Problem[] {
  const complete = problems.every(({ level }) => level === 'warning');
  const unreachable = new Map(unreached(rules).map(({ rule, complaint }) => [rule, complaint]));
  const ofRules = rules.flatMap((rule, at) => {
    const never = unreachable.get(rule);
    const complaints = [
      ...(never === undefined ? [] : [never]),
      ...lintEffects(rule, actions),
      ...quietThreat(rule, alwaysPages),
    ];
    return complaints.flatMap((complaint) => drafts[at]?.document.problem(complaint) ?? []);
  });
  const known = { rules: [...ruleNames, ...standing], longestDays: chosen?.longestExemptionDays, now };
  const beside = complete ? { rules, budget: fullBudget() } : null;
  const ofExemptions = exemptions.flatMap(({ value, document }) =>
    [...lintExemption(value, beside), ...lintEnd(value, known)].map(document.problem),
  );
  // Only of a set that is whole: a rule that is refused is there all the same.
  const names = complete ? [...ruleNames, ...standing] : null;
  const ofSettings =
    read === null
      ? []
      : [...lintProtected(read.value), ...(names === null ? [] : unknownFrozen(read.value.freezes ?? [], names))].map(
          read.document.problem,
        );
  return [...ofRules, ...ofExemptions, ...ofSettings];
}

const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : 0;

export interface CompileDefaults {
  /** For rules without a mode, where the settings name no default: what the stage was deployed with. */
  readonly defaultMode?: Mode;
  /** With it, tiers that have no effect are warned of. */
  readonly alwaysPages?: AlwaysPages;
  /** The moment at which the files are looked at; without it, nothing is said of when exemptions end. */
  readonly now?: Date;
  /** Rules that decide though they are not among the files. */
  readonly standing?: readonly string[];
}

/**
 * Compiles the files of a rule set. `set` is null when any has an error: a set is used whole or not at all. The same
 * files give the same set, whatever their order.
 */
export function compileRuleSet(
  sources: readonly RuleSource[],
  actions: readonly RuleAction[],
  { defaultMode = 'observe', now, alwaysPages, standing = [] }: CompileDefaults = {},
): { readonly set: RuleSet | null; readonly problems: readonly Problem[] } {
  const collected = new Collected();
  for (const source of sources) collect(source, actions, defaultMode, collected);
  const chosen = collected.settings?.value ?? readSettings(null, defaultMode).value;
  const modeLeft = chosen?.defaultMode ?? defaultMode;
  const rules = collected.drafts.map(({ value }) => ({ ...value, mode: value.mode ?? modeLeft }));
  const problems = [
    ...collected.problems,
    ...lintTogether(collected, rules, actions, { now, alwaysPages, standing, chosen }),
  ];
  if (chosen === null || problems.some(({ level }) => level === 'error')) return { set: null, problems };
  const exemptions = collected.exemptions.map(({ value }) => value);
  return { set: { rules: rules.sort(byName), exemptions: exemptions.sort(byName), settings: chosen }, problems };
}
