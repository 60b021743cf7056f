import type { Json } from '../platform/json.ts';
import { closest } from './closest.ts';
import { complaintsOf } from './complaints.ts';
import type { Complaint } from './document.ts';
import { FINDING_FIELDS } from './fields.ts';
import { lintPattern } from './lintPattern.ts';
import type { Exemption } from './rule.ts';
import { exemption, type RuleAction } from './schema.ts';
import { memberOf, textOf } from './written.ts';

export interface ReadExemption {
  readonly value: Exemption | null;
  /** As written, also when something else is wrong; null when there is none. */
  readonly name: string | null;
  readonly complaints: readonly Complaint[];
}

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
            code: 'unknown-action',
            path: `actions[${at}]`,
            message: `there is no action "${name}"`,
            suggestion: closest(name, known),
          },
        ],
  );
  const complaints = [...shape, ...lintPattern(memberOf(written, 'when'), FINDING_FIELDS, 'when'), ...unknown];
  return { value: parsed.data ?? null, name: textOf(written, 'name'), complaints };
}
