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

/** Of an approval likewise: nobody can give one yet, so that what is asked for is held and told. */
const APPROVAL_NOT_YET: Readonly<Record<string, string>> = {
  timeout: 'approval.timeout is not available in this version: what waits for approval is held until somebody does it',
  onTimeout: 'approval.onTimeout is not available in this version: nothing is done without the person',
};

const without = (written: JsonObject, keys: Readonly<Record<string, string>>): JsonObject =>
  Object.fromEntries(Object.entries(written).filter(([key]) => !Object.hasOwn(keys, key)));

/** What is not obeyed yet gets its own sentence, and must not be called an unknown key as well. */
function obeyed(written: Json): Json {
  if (!isObject(written)) return written;
  const rest = without(written, NOT_YET);
  const approval = memberOf(rest, 'approval');
  return isObject(approval) ? { ...rest, approval: without(approval, APPROVAL_NOT_YET) } : rest;
}

const notYetIn = (
  written: Json | undefined,
  keys: Readonly<Record<string, string>>,
  at: string,
): readonly Complaint[] =>
  Object.entries(keys).flatMap(([key, message]) =>
    isObject(written) && Object.hasOwn(written, key)
      ? [{ code: 'not-available', path: `${at}${key}`, message, suggestion: `remove ${key}` }]
      : [],
  );

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
  const parsed = writtenRule.safeParse(obeyed(written), { reportInput: true });
  const steps = memberOf(written, 'do');
  const listed = readDo(Array.isArray(steps) ? steps : [], actions);
  const wrong = [
    ...notYetIn(written, NOT_YET, ''),
    ...notYetIn(memberOf(written, 'approval'), APPROVAL_NOT_YET, 'approval.'),
    ...(parsed.success ? [] : complaintsOf(parsed.error, '', writtenRule)),
    ...lintPattern(memberOf(written, 'when'), FINDING_FIELDS, 'when'),
    ...listed.complaints,
  ];
  if (wrong.length > 0 || !parsed.success || listed.value === null) return { draft: null, name, complaints: wrong };
  const { description = '', order = 100, when, mode = null, page = {}, approval } = parsed.data;
  const asks = approval === undefined ? {} : { approval };
  const draft = { name: parsed.data.name, description, order, when, do: listed.value, mode, page, ...asks };
  return { draft, name, complaints: [...lintTargets(draft, actions), ...quietFailure(page)] };
}
