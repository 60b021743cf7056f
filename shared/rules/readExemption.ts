import type { Json } from '../platform/json.ts';
import { closest } from './closest.ts';
import { complaintsOf } from './complaints.ts';
import type { Complaint } from './document.ts';
import { ABOUT_FINDINGS, lintPattern } from './lint/lintPattern.ts';
import type { Exemption } from './rule.ts';
import { exemption, type RuleAction } from './schema.ts';
import { memberOf, textOf } from './written.ts';

export interface ReadExemption {
  readonly value: Exemption | null;
  /** As written, also when something else is wrong; null when there is none. */
  readonly name: string | null;
  readonly complaints: readonly Complaint[];
}

/** What is done, or who is woken: an exemption that means both is two. */
const bothScopes = (written: Json): readonly Complaint[] =>
  memberOf(written, 'scope') === undefined || memberOf(written, 'actions') === undefined
    ? []
    : [
        {
          code: 'scope',
          path: 'scope',
          message: '"scope: paging" leaves everything to be done, and "actions" says what is not',
          suggestion: 'write two exemptions',
        },
      ];

/** An exemption from its parsed file. */
export function readExemption(written: Json, actions: readonly RuleAction[]): ReadExemption {
  const parsed = exemption.safeParse(written, { reportInput: true });
  const shape = parsed.success ? [] : complaintsOf(parsed.error, '', exemption);
  const known = actions.map((action) => action.name);
  const named = memberOf(written, 'actions');
  const unknown = (Array.isArray(named) ? named : []).flatMap((name: Json, at) =>
    typeof name !== 'string' || known.includes(name)
      ? []
      : [
          {
            code: 'unknown-action' as const,
            path: `actions[${at}]`,
            message: `there is no action "${name}"`,
            suggestion: closest(name, known),
          },
        ],
  );
  const complaints = [
    ...shape,
    ...lintPattern(memberOf(written, 'when'), ABOUT_FINDINGS, 'when'),
    ...unknown,
    ...bothScopes(written),
  ];
  return { value: parsed.data ?? null, name: textOf(written, 'name'), complaints };
}
