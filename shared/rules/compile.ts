import { type Complaint, type Document, readDocument } from './document.ts';
import { readExemption } from './readExemption.ts';
import { type RuleDraft, readRule } from './readRule.ts';
import { readSettings } from './readSettings.ts';
import type { Exemption, Mode, Problem, RuleSet, RuleSource, Settings } from './rule.ts';
import type { RuleAction } from './schema.ts';

/** What a source is, from its path; its base name is the name that it must carry. */
function kindOf(path: string): { readonly kind: 'rule' | 'exemption' | 'settings' | 'unknown'; readonly base: string } {
  const [, folder = '', base = ''] = /^(?:(rules|exemptions)\/)?([^/]+?)(?:\.ya?ml|\.json)?$/.exec(path) ?? [];
  if (folder === 'rules') return { kind: 'rule', base };
  if (folder === 'exemptions') return { kind: 'exemption', base };
  return { kind: base === 'settings' ? 'settings' : 'unknown', base };
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

class Collected {
  readonly problems: Problem[] = [];
  readonly drafts: RuleDraft[] = [];
  readonly exemptions: Exemption[] = [];
  settings: Settings | null = null;
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
    return again
      ? [{ code: 'duplicate-name', path: 'name', message: `there is another ${kind} called "${base}"` }]
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
  const repeated = into.repeated(kind, base);
  if (kind === 'rule') {
    const { draft, name, complaints } = readRule(document.value, actions);
    const usable = into.note(document, [...complaints, ...misnamed(name, base), ...repeated]);
    if (usable && draft !== null) into.drafts.push(draft);
  } else if (kind === 'exemption') {
    const { value, name, complaints } = readExemption(document.value, actions);
    const usable = into.note(document, [...complaints, ...misnamed(name, base), ...repeated]);
    if (usable && value !== null) into.exemptions.push(value);
  } else if (kind === 'settings') {
    const { value, complaints } = readSettings(document.value, defaultMode);
    if (into.note(document, [...complaints, ...repeated]) && value !== null) into.settings = value;
  } else {
    const message = 'is neither a rule, an exemption nor the settings';
    into.note(document, [{ code: 'path', path: '', message, suggestion: 'rules/…, exemptions/… or settings' }]);
  }
}

const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : 0;

export interface CompileDefaults {
  /** For rules without a mode, where the settings name no default: what the stage was deployed with. */
  readonly defaultMode?: Mode;
}

/**
 * Compiles the files of a rule set. `set` is null when any has an error: a set is used whole or not at all. The same
 * files give the same set, whatever their order.
 */
export function compileRuleSet(
  sources: readonly RuleSource[],
  actions: readonly RuleAction[],
  { defaultMode = 'observe' }: CompileDefaults = {},
): { readonly set: RuleSet | null; readonly problems: readonly Problem[] } {
  const collected = new Collected();
  for (const source of sources) collect(source, actions, defaultMode, collected);
  const { problems } = collected;
  const settings = collected.settings ?? readSettings(null, defaultMode).value;
  if (settings === null || problems.some(({ level }) => level === 'error')) return { set: null, problems };
  const rules = collected.drafts.map((draft) => ({ ...draft, mode: draft.mode ?? settings.defaultMode })).sort(byName);
  return { set: { rules, exemptions: collected.exemptions.sort(byName), settings }, problems };
}
