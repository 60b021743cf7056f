import type { Json, JsonObject } from '../platform/json.ts';
import { complaintsOf } from './complaints.ts';
import type { Complaint } from './document.ts';
import { FINDING_FIELDS } from './fields.ts';
import { lintPattern } from './lintPattern.ts';
import { lintTargets } from './lintTargets.ts';
import { readDo } from './readDo.ts';
import type { Mode, Rule } from './rule.ts';
import { type RuleAction, writtenRule } from './schema.ts';
import { isObject, memberOf, textOf } from './written.ts';

/** Keys that a later version obeys. Until then they are refused: a limit that nobody keeps is worse than none. */
const NOT_YET: Readonly<Record<string, string>> = {
  approval: 'approval is not available in this version: where a person would be needed, the incident is held and told',
  limits: 'limits is not available in this version: nothing would keep them',
  lease: 'lease is not available in this version: a containment stands until it is undone',
};

/** A rule without the settings' part in it: `mode` is null where the file says none. */
export type RuleDraft = Omit<Rule, 'mode'> & { readonly mode: Mode | null };

export interface ReadRule {
  /** Null when there is any error. */
  readonly draft: RuleDraft | null;
  /** As written, also when something else is wrong; null when there is none. */
  readonly name: string | null;
  readonly complaints: readonly Complaint[];
}

function notYet(written: JsonObject): readonly Complaint[] {
  return Object.entries(NOT_YET).flatMap(([key, message]) =>
    Object.hasOwn(written, key) ? [{ code: 'not-available', path: key, message, suggestion: `remove ${key}` }] : [],
  );
}

const quietFailure = (page: Rule['page']): readonly Complaint[] =>
  page['not-contained'] === undefined || page['not-contained'] === 'page'
    ? []
    : [
        {
          code: 'quiet-failure',
          level: 'warning',
          path: 'page.not-contained',
          message: 'a containment that failed would wake nobody',
          suggestion: 'leave it out, or write page',
        },
      ];

/** A rule from its parsed file, with all that is wrong with it. */
export function readRule(written: Json, actions: readonly RuleAction[]): ReadRule {
  const name = textOf(written, 'name');
  // What is not obeyed yet gets its own sentence, and must not be called an unknown key as well.
  const rest = isObject(written)
    ? Object.fromEntries(Object.entries(written).filter(([key]) => !Object.hasOwn(NOT_YET, key)))
    : written;
  const parsed = writtenRule.safeParse(rest, { reportInput: true });
  const steps = memberOf(written, 'do');
  const listed = readDo(Array.isArray(steps) ? steps : [], actions);
  const wrong = [
    ...(isObject(written) ? notYet(written) : []),
    ...(parsed.success ? [] : complaintsOf(parsed.error, '', writtenRule)),
    ...lintPattern(memberOf(written, 'when'), FINDING_FIELDS, 'when'),
    ...listed.complaints,
  ];
  if (wrong.length > 0 || !parsed.success || listed.value === null) return { draft: null, name, complaints: wrong };
  const { description = '', order = 100, when, mode = null, page = {} } = parsed.data;
  const draft = { name: parsed.data.name, description, order, when, do: listed.value, mode, page };
  return { draft, name, complaints: [...lintTargets(draft, actions), ...quietFailure(page)] };
}
