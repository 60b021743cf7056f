import type { Principal } from '../account.ts';
import { conditionHolds, expand } from './conditions.ts';
import type { Context } from './context.ts';
import { actionMatches, resourceMatches } from './matching.ts';
import type { Matcher, Policy, Statement } from './policy.ts';
import { type Named, namedBy } from './principals.ts';

/** One question: may this caller do this to that? */
export interface Asked {
  readonly caller: Principal;
  readonly accountId: string;
  /** The role behind the caller's session. */
  readonly roleArn: string | undefined;
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
}

export type Verdict = 'deny' | 'allow' | 'silent';

/** The verdict of policies that belong to the caller (identity or session): an explicit deny wins over any allow. */
export function verdictOf(policies: readonly Policy[], asked: Asked): Verdict {
  const applying = policies.flatMap((policy) => policy.statements).filter((each) => applies(each, asked));
  if (applying.some((each) => each.effect === 'Deny')) return 'deny';
  return applying.length > 0 ? 'allow' : 'silent';
}

/** The verdict of policies on a resource or role, with the widest way in which an allowing statement names the caller. */
export function grantOf(policies: readonly Policy[], asked: Asked): 'deny' | Named {
  let widest: Named = 'no';
  for (const statement of policies.flatMap((policy) => policy.statements)) {
    if (!statement.principals || !applies(statement, asked)) continue;
    const named = namedBy(statement.principals, asked.caller, asked.accountId, asked.roleArn);
    if (named === 'no') continue;
    if (statement.effect === 'Deny') return 'deny';
    if (WIDTH[named] > WIDTH[widest]) widest = named;
  }
  return widest;
}

const WIDTH: Readonly<Record<Named, number>> = { no: 0, account: 1, role: 2, session: 3, service: 3 };

/** Whether a statement speaks of what is asked; whom it names is not looked at. */
export function applies(statement: Statement, asked: Asked): boolean {
  return (
    covers(statement.actions, (pattern) => actionMatches(pattern, asked.action)) &&
    covers(statement.resources, (pattern) => resourceMatches(expand(pattern, asked.context), asked.resource)) &&
    statement.conditions.every((condition) => conditionHolds(condition, asked.context))
  );
}

const covers = (matcher: Matcher, matches: (pattern: string) => boolean): boolean =>
  matcher.patterns.some(matches) !== matcher.not;
