import type { Json } from '../platform/json.ts';
import { complaintsOf } from './complaints.ts';
import type { Complaint } from './document.ts';
import { ABOUT_FINDINGS, lintPattern } from './lint/lintPattern.ts';
import { lintTargets } from './lint/lintTargets.ts';
import { readDo } from './readDo.ts';
import type { DoEntry, Mode, Rule } from './rule.ts';
import { type RuleAction, writtenRule } from './schema.ts';
import { memberOf, textOf } from './written.ts';

/** A rule without the settings' part in it: `mode` is null where the file says none. */
export type RuleDraft = Omit<Rule, 'mode'> & { readonly mode: Mode | null };

export interface ReadRule {
  /** Null when there is any error. */
  readonly draft: RuleDraft | null;
  /** As written, also when something else is wrong; null when there is none. */
  readonly name: string | null;
  readonly complaints: readonly Complaint[];
}

const quietFailure = (page: Rule['page']): readonly Complaint[] =>
  page['not-contained'] === undefined || page['not-contained'] === 'page'
    ? []
    : [
        {
          code: 'quiet-failure',
          path: 'page.not-contained',
          message: 'a containment that failed would wake nobody',
          suggestion: 'leave it out, or write page',
        },
      ];

/** What is to happen when nobody answers in time, where no time is said. */
const neverLate = ({ approval }: Pick<Rule, 'approval'>): readonly Complaint[] =>
  approval?.onTimeout === undefined || approval.timeout !== undefined
    ? []
    : [
        {
          code: 'never-late',
          path: 'approval.onTimeout',
          message: `what is to be done when nobody answers in time ("${approval.onTimeout}") is never done: no time is said`,
          suggestion: 'add timeout: PT10M, or leave onTimeout out',
        },
      ];

/**
 * Zero tasks are no percent of anything: whoever allows them and wants a minimum, of the action or of the whole rule, has said two things
 * of which one is not obeyed.
 */
function zeroAndMinimum(written: Json, steps: readonly DoEntry[]): readonly Complaint[] {
  const ofRule = memberOf(memberOf(written, 'limits') ?? null, 'minHealthyPercent');
  return steps.flatMap(({ action, params }, at) => {
    const least = [params['minHealthyPercent'], ofRule].find((percent) => typeof percent === 'number' && percent > 0);
    if (params['allowZero'] !== true || least === undefined) return [];
    const message = `"${action}" may set a service to zero tasks, and may not have fewer than ${least} % of them healthy`;
    const suggestion = 'leave allowZero out, or the minimum';
    return [{ code: 'zero-and-minimum' as const, path: `do[${at}].${action}.allowZero`, message, suggestion }];
  });
}

/** A rule from its parsed file, with all that is wrong with it. */
export function readRule(written: Json, actions: readonly RuleAction[]): ReadRule {
  const name = textOf(written, 'name');
  const parsed = writtenRule.safeParse(written, { reportInput: true });
  const steps = memberOf(written, 'do');
  const listed = readDo(Array.isArray(steps) ? steps : [], actions);
  const wrong = [
    ...(parsed.success ? [] : complaintsOf(parsed.error, '', writtenRule)),
    ...lintPattern(memberOf(written, 'when'), ABOUT_FINDINGS, 'when'),
    ...listed.complaints,
    ...zeroAndMinimum(written, listed.value ?? []),
  ];
  if (wrong.length > 0 || !parsed.success || listed.value === null) return { draft: null, name, complaints: wrong };
  const {
    description = '',
    order = 100,
    when,
    mode = null,
    page = {},
    escalate,
    approval,
    limits,
    lease,
  } = parsed.data;
  const asks = {
    ...(escalate === undefined ? {} : { escalate }),
    ...(approval === undefined ? {} : { approval }),
    ...(limits === undefined ? {} : { limits }),
    ...(lease === undefined ? {} : { lease }),
  };
  const draft = { name: parsed.data.name, description, order, when, do: listed.value, mode, page, ...asks };
  return { draft, name, complaints: [...lintTargets(draft, actions), ...quietFailure(page), ...neverLate(draft)] };
}
